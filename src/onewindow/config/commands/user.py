"""People. `onewindow user create NUMBER --name NAME` adds one and prints a password for once."""

import argparse
import sys
from getpass import getpass

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from onewindow.accounts.actions import give_role, reset_second_factor, set_password
from onewindow.accounts.models import User
from onewindow.accounts.passwords import one_time_password
from onewindow.accounts.states import Role
from onewindow.base.halls.models import Hall
from onewindow.base.trail import job
from onewindow.base.web.refused import Refused
from onewindow.config.actions import add_person
from onewindow.config.commands import Sorry, say, warn
from onewindow.config.commands.key import hall_of

BY = job("onewindow user")
RESET = "reset-second-factor"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Four verbs: create, role, password, reset-second-factor."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    create = verbs.add_parser("create", help="add a person and print a password for once")
    role = verbs.add_parser("role", help="give a person more roles")
    password = verbs.add_parser("password", help="set a new password and open a locked number")
    factor = verbs.add_parser(RESET, help="when the phone with its codes is gone")
    for verb in (create, role, password, factor):
        verb.usage = f"{verb.prog} NUMBER [options]"  # a number behind --role would be a role
        verb.add_argument("number", metavar="NUMBER", help="the staff number, which signs in")
    create.add_argument("--name", help="what visitors read (the staff number)")
    create.add_argument("--role", nargs="+", default=[], metavar="ROLE", help=", ".join(Role))
    role.usage = f"{role.prog} NUMBER ROLE [ROLE ...] (--hall SLUG | --all-halls)"
    role.add_argument("role", nargs="+", metavar="ROLE", help=", ".join(Role))
    for verb in (create, role):
        where = verb.add_mutually_exclusive_group()
        where.add_argument("--hall", metavar="SLUG", help="the hall the roles are for")
        where.add_argument("--all-halls", action="store_true", help="the roles are for all halls")
    for verb in (create, password):
        verb.add_argument("--ask", action="store_true", help="type the password instead, twice")


def run(args: argparse.Namespace) -> int:
    """Do one of the verbs, or say why not."""
    verbs = {"create": _create, "role": _role, "password": _password, RESET: _reset}
    try:
        verbs[args.verb](args)
    except Refused as no:
        raise Sorry(str(no)) from no
    return 0


def _create(args: argparse.Namespace) -> None:
    user = User(staff_number=args.number, name=args.name or args.number)
    _must_be_valid(user)
    roles, hall = _roles(args.role), _hall(args)
    typed = _typed(user) if args.ask else ""
    password = typed or one_time_password()
    add_person(
        staff_number=user.staff_number,
        name=user.name,
        password=password,
        roles=roles,
        hall=hall,
        by=BY,
    )
    _tell(f"{user.staff_number} is added{_as(roles, hall)}.", "" if typed else password)


def _role(args: argparse.Namespace) -> None:
    user, roles, hall = _person(args.number), _roles(args.role), _hall(args)
    for role in roles:
        give_role(user=user, role=role, hall=hall, by=BY)
    say(f"{user.staff_number} now works{_as(roles, hall)}.")


def _password(args: argparse.Namespace) -> None:
    user = _person(args.number)
    typed = _typed(user) if args.ask else ""
    password = typed or one_time_password()
    set_password(user=user, password=password, for_once=True, by=BY)
    reset(username=user.staff_number)
    _tell(f"{user.staff_number} has a new password.", "" if typed else password)


def _reset(args: argparse.Namespace) -> None:
    user = _person(args.number)
    reset_second_factor(user=user, by=BY)
    say(f"{user.staff_number} signs in with the password alone until another one is set up.")


def _tell(sentence: str, password: str) -> None:
    """Say what was done beside the password, which stands alone on standard output."""
    warn(f"{sentence} The password counts for once: the first sign-in asks for another.")
    if password:
        say(password)


def _as(roles: list[Role], hall: Hall | None) -> str:
    where = f"in {hall.slug}" if hall else "in all halls"
    return f" as {', '.join(roles)} {where}" if roles else ""


def _person(number: str) -> User:
    """Return a person by the staff number, or say how one is added."""
    user = User.objects.filter(staff_number=number).first()
    if user is None:
        raise Sorry(f"nobody has the staff number {number!r}. Add: onewindow user create {number}")
    return user


def _roles(names: list[str]) -> list[Role]:
    """Return roles by their names, or say which there are."""
    unknown = sorted(set(names) - set(Role))
    if unknown:
        raise Sorry(f"there is no role {', '.join(unknown)}. There are: {', '.join(Role)}", code=2)
    return [Role(name) for name in names]


def _hall(args: argparse.Namespace) -> Hall | None:
    """Return where the roles count; None is everywhere."""
    if bool(args.role) != bool(args.hall or args.all_halls):
        raise Sorry("a role and its place go together: --hall SLUG or --all-halls.", code=2)
    return hall_of(args.hall) if args.hall else None


def _must_be_valid(user: User) -> None:
    """Look at staff number and name before anything is made."""
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as no:
        raise Sorry(" ".join(no.messages)) from no


def _typed(user: User) -> str:
    """Ask for a password on the terminal, twice."""
    if not sys.stdin.isatty():
        raise Sorry("there is nobody here to ask. Without --ask a password is made and printed.")
    password = getpass(f"New password of {user.staff_number}: ")
    try:
        validate_password(password, user)
    except ValidationError as no:
        raise Sorry(" ".join(no.messages)) from no
    if getpass("The same again: ") != password:
        raise Sorry("the two are not the same. Nothing was changed.")
    return password
