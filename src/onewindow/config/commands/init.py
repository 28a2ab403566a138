"""Set up a hall: organisation, hall from a template, first administrator. Asks five questions;
--no-input takes the defaults."""

import argparse

from onewindow.base.web.refused import Refused
from onewindow.config.actions import Founding, found
from onewindow.config.commands import Sorry, say
from onewindow.config.commands.migrate import migrate
from onewindow.config.templates import TEMPLATES, TemplateError

ORGANISATION = "政务服务中心"
HALL = "政务服务大厅"
IN_ENGLISH = {ORGANISATION: "Government Service Centre", HALL: "Government Service Hall"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Every question has an option."""
    parser.add_argument("--template", choices=sorted(TEMPLATES), help="what the hall begins with")
    parser.add_argument("--hall", metavar="SLUG", help="short name, stands in addresses")
    parser.add_argument("--name", help="what the hall is called")
    parser.add_argument("--organisation", help="whose hall it is")
    parser.add_argument("--administrator", metavar="STAFF_NUMBER", help="who sets it up")
    parser.add_argument("--no-input", action="store_true", help="ask nothing, take the defaults")
    parser.add_argument("--always-open", action="store_true", help="open at any hour, for tests")


def run(args: argparse.Namespace) -> int:
    """Ask, found, and print the one-time password."""
    organisation = _ask(args, "organisation", "Whose hall is it", ORGANISATION)
    name = _ask(args, "name", "What is the hall called", HALL)
    slug = _ask(args, "hall", "Its short name, for addresses", "main")
    template = _ask(args, "template", f"Begin with ({', '.join(TEMPLATES)})", "government")
    administrator = _ask(args, "administrator", "Staff number of the administrator", "admin")
    if template not in TEMPLATES:
        raise Sorry(f"there is no template {template!r}. There is: {', '.join(TEMPLATES)}", code=2)
    migrate()
    asked = Founding(
        _texts(organisation), _texts(name), slug, template, administrator, args.always_open
    )
    try:
        hall, password = found(asked)
    except (Refused, TemplateError) as no:
        raise Sorry(str(no)) from no
    say(f"Hall {hall.slug} is set up: {hall}.")
    if password is None:
        say(f"{administrator} was there before and keeps the password.")
    else:
        say(f"Administrator: {administrator}")
        say(f"One-time password: {password}")
    say("Next: onewindow up")
    return 0


def _texts(name: str) -> dict[str, str]:
    """Keep a name as the language it is written in; our own defaults come in both."""
    if name in IN_ENGLISH:
        return {"zh-Hans": name, "en": IN_ENGLISH[name]}
    return {"en" if name.isascii() else "zh-Hans": name}


def _ask(args: argparse.Namespace, option: str, question: str, default: str) -> str:
    given = getattr(args, option)
    if given or args.no_input:
        return str(given or default)
    try:
        return input(f"{question} [{default}]: ").strip() or default
    except EOFError:
        raise Sorry("there is nobody here to ask. Add --no-input to take the defaults.") from None
