"""What only the command line does: found a hall, and add the people who begin there."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.actions import create_user, give_role
from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.base.action import action
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.models import Hall, Organisation
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By, job
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.config.templates import load

FOUNDER = job("onewindow init")
# One person may be both where there are under 30 staff; the audit administrator is always another.
FIRST_ROLES = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
READABLE = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class SlugTaken(Refused):
    """Another hall has this short name."""

    sentence = _("There is a hall called {slug} already.")


class NotASlug(Refused):
    """A hall's short name stands in addresses."""

    sentence = _("A hall's short name has up to 40 letters, digits, - and _, and no blanks.")
    status = 422


@dataclass(frozen=True)
class Founding:
    """What `init` asks for."""

    organisation: dict[str, str]
    hall: dict[str, str]
    slug: str
    template: str
    administrator: str
    always_open: bool = False


@action
def found(asked: Founding) -> tuple[Hall, str | None]:
    """Make a hall from a template, with organisation and administrator where there are none.

    Return it with the administrator's one-time password; None when there was such a person.
    """
    hall = _make_hall(asked)
    load(asked.template, hall)
    if asked.always_open:
        set_policy(hall, HoursPolicy(always_open=True))
    password = _make_administrator(asked.administrator)
    record("hall.founded", hall, by=FOUNDER, hall=hall.pk, label=hall.slug, template=asked.template)
    return hall, password


@action
def add_person(
    *,
    staff_number: str,
    name: str,
    password: str,
    by: By,
    roles: Iterable[Role] = (),
    hall: Hall | None = None,
) -> User:
    """Add a person, with roles in a hall or in all of them, and a password that counts for once."""
    user = create_user(staff_number=staff_number, name=name, password=password, by=by)
    for role in roles:
        give_role(user=user, role=role, hall=hall, by=by)
    return user


def _make_hall(asked: Founding) -> Hall:
    try:
        validate_slug(asked.slug)
    except ValidationError as no:
        raise NotASlug from no
    if len(asked.slug) > 40:
        raise NotASlug
    if Hall.objects.filter(slug=asked.slug).exists():
        raise SlugTaken(slug=asked.slug)
    organisation = Organisation.objects.first() or Organisation.objects.create(
        name=asked.organisation
    )
    return Hall.objects.create(
        organisation=organisation, slug=asked.slug, name=asked.hall, languages=["zh-Hans", "en"]
    )


def _make_administrator(staff_number: str) -> str | None:
    if User.objects.filter(staff_number=staff_number).exists():
        return None
    password = one_time_password()
    add_person(
        staff_number=staff_number,
        name=staff_number,
        password=password,
        roles=FIRST_ROLES,
        by=FOUNDER,
    )
    return password


def one_time_password() -> str:
    """Return a password that can be read aloud and has letters of both cases and digits."""
    while True:
        groups = ["".join(secrets.choice(READABLE) for _i in range(4)) for _g in range(4)]
        made = "-".join(groups)
        if (
            any(c.islower() for c in made)
            and any(c.isupper() for c in made)
            and any(c.isdigit() for c in made)
        ):
            return made
