"""Set up a hall: organisation, hall from a template, first administrator. Asks five questions;
--no-input takes the defaults."""

import argparse

from onewindow.base.halls.text import Spoken
from onewindow.base.web.refused import Refused
from onewindow.config.actions import Founding, found
from onewindow.config.commands import Sorry, say
from onewindow.config.commands.migrate import migrate
from onewindow.config.templates import TEMPLATES, TemplateError, usual


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
    template = _ask(args, "template", f"Begin with ({', '.join(TEMPLATES)})", TEMPLATES[0])
    if template not in TEMPLATES:
        raise Sorry(f"there is no template {template!r}. There is: {', '.join(TEMPLATES)}", code=2)
    names = usual(template)
    organisation = _name(args, "organisation", "Whose hall is it", names.organisation)
    name = _name(args, "name", "What is the hall called", names.hall)
    slug = _ask(args, "hall", "Its short name, for addresses", "main")
    administrator = _ask(args, "administrator", "Staff number of the administrator", "admin")
    migrate()
    asked = Founding(organisation, name, slug, template, administrator, args.always_open)
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


def texts(name: str) -> Spoken:
    """Keep a name as the language it is written in."""
    return {"en" if name.isascii() else "zh-Hans": name}


def _name(args: argparse.Namespace, option: str, question: str, usually: Spoken) -> Spoken:
    """Ask for a name; the template's own comes in all its languages."""
    given = _ask(args, option, question, usually["zh-Hans"])
    return usually if given in usually.values() else texts(given)


def _ask(args: argparse.Namespace, option: str, question: str, default: str) -> str:
    given = getattr(args, option)
    if given or args.no_input:
        return str(given or default)
    try:
        return input(f"{question} [{default}]: ").strip() or default
    except EOFError:
        raise Sorry("there is nobody here to ask. Add --no-input to take the defaults.") from None
