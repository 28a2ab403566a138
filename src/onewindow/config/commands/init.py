"""Set up a hall: organisation, hall from a template, first administrator. Asks five questions;
--no-input takes the defaults."""

import argparse
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from onewindow.base.halls.text import Spoken
from onewindow.base.web.refused import Refused
from onewindow.config import questions
from onewindow.config.actions import Founding, found
from onewindow.config.commands import Sorry, say, started_as
from onewindow.config.commands.migrate import migrate
from onewindow.config.questions import Check, NoAnswer
from onewindow.config.settings import FILE as SETTINGS
from onewindow.config.templates import TEMPLATES, TemplateError, usual

ADDRESS = "ONEWINDOW_PUBLIC_URL"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Every question has an option."""
    parser.add_argument("--template", choices=sorted(TEMPLATES), help="what the hall begins with")
    parser.add_argument("--organisation", help="whose hall it is")
    parser.add_argument("--name", help="what the hall is called")
    parser.add_argument("--speaks", metavar="LANGUAGE ZONE", help='such as "en Asia/Shanghai"')
    parser.add_argument("--address", metavar="URL", help="where screens and phones reach it")
    parser.add_argument("--hall", metavar="SLUG", default="main", help="its short name: main")
    parser.add_argument("--administrator", metavar="STAFF_NUMBER", default="admin", help="admin")
    parser.add_argument("--no-input", action="store_true", help="ask nothing, take the defaults")
    parser.add_argument("--always-open", action="store_true", help="open at any hour, for tests")


def run(args: argparse.Namespace) -> int:
    """Ask, found, and print the one-time password and what comes next."""
    spoken = "en" if args.no_input else questions.here_spoken().lower()
    with translation.override(spoken):
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    asked, address = _asked(args)
    if not args.no_input:
        say("\n" + _("The hall is being set up ..."))
    migrate()
    try:
        hall, password = found(asked)
    except (Refused, TemplateError) as no:
        raise Sorry(str(no)) from no
    if address:
        _keep(address)
    if args.no_input:
        _say_shortly(f"Hall {hall.slug} is set up: {hall}.", asked.administrator, password)
    else:
        _say_next(str(hall), asked.administrator, password, address)
    return 0


def texts(name: str) -> Spoken:
    """Keep a name as the language it is written in."""
    return {"en" if name.isascii() else "zh-Hans": name}


def _asked(args: argparse.Namespace) -> tuple[Founding, str]:
    """Return what was answered, and the address where the hall is reached."""
    names = ", ".join(f"{n} {name}" for n, name in enumerate(TEMPLATES, 1))
    which = _("1/5  What kind of hall is it? ({names})").format(names=names)
    template = _ask(args, "template", which, TEMPLATES[0], questions.one_of(TEMPLATES))
    offered = usual(template)
    mine = questions.here_spoken()
    owner, called = _("2/5  Whose hall is it?"), _("3/5  What is the hall called?")
    spoken = "zh-Hans" if args.no_input else mine
    organisation = _ask(args, "organisation", owner, offered.organisation[spoken], questions.a_name)
    name = _ask(args, "name", called, offered.hall[spoken], questions.a_name)
    usually = "zh-Hans Asia/Shanghai" if args.no_input else f"{mine} {questions.here_zone()}"
    speaks = _("4/5  Which language does it speak first, and in which time zone is it?")
    language, zone = _ask(args, "speaks", speaks, usually, questions.language_and_zone).split()
    reach = _("5/5  At which address do screens and visitors' phones reach it? (- for none yet)")
    here = questions.NOWHERE if args.no_input else questions.here_address()
    address = _ask(args, "address", reach, here, questions.an_address)
    given = Founding(
        organisation=_spoken(organisation, offered.organisation),
        hall=_spoken(name, offered.hall),
        slug=args.hall,
        template=template,
        administrator=args.administrator,
        always_open=args.always_open,
        language=language,
        timezone=zone,
    )
    return given, address


def _spoken(given: str, offered: Spoken) -> Spoken:
    """Keep a name in its language; the template's own comes in all its languages."""
    return offered if given in offered.values() else texts(given)


def _ask(args: argparse.Namespace, option: str, words: str, usually: str, check: Check) -> str:
    given = getattr(args, option)
    if given is None and not args.no_input:
        return questions.ask(words, usually, check)
    try:
        return check(given or usually)
    except NoAnswer as no:
        raise Sorry(f"--{option}: {no}", code=2) from no


def _keep(address: str) -> None:
    """Write the address into the settings of this installation, which the next start reads."""
    lines = SETTINGS.read_text().splitlines() if SETTINGS.exists() else []
    others = [line for line in lines if not line.startswith(f"{ADDRESS}=")]
    SETTINGS.touch(mode=0o600)
    SETTINGS.write_text("\n".join([*others, f"{ADDRESS}={address}", ""]))


def _say_shortly(done: str, administrator: str, password: str | None) -> None:
    say(done)
    if password is None:
        say(f"{administrator} was there before and keeps the password.")
    else:
        say(f"Administrator: {administrator}")
        say(f"One-time password: {password}")
    say(f"Next: {started_as()} up")


def _say_next(hall: str, administrator: str, password: str | None, address: str) -> None:
    """Say what to do now, in the order it is done."""
    parts = urlsplit(address)
    words = f"{started_as()} up" + (f" --host 0.0.0.0 --port {parts.port}" if parts.port else "")
    secret = password or _("the one you have already")
    say(_("{hall} is set up.").format(hall=hall))
    say("\n" + _("Next:"))
    say("  1. " + _("Start it:  {command}").format(command=words))
    say("  2. " + _("Open:  {address}").format(address=address or "http://127.0.0.1:8000"))
    say("  3. " + _("Staff number:  {number}").format(number=administrator))
    say("     " + _("One-time password:  {password}").format(password=secret))
    say("  4. " + _("Choose a password of your own. The set-up then leads on, step by step."))
    if address:
        say("\n" + _("The address is kept in {file}.").format(file=settings.DATA / SETTINGS.name))
