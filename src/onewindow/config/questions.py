"""What `onewindow init` asks a person: each question with what is usual, and what is no answer."""

import os
import socket
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from onewindow.config.commands import Sorry, say

LONGEST = 120
LANGUAGES = ("zh-Hans", "en")
PORT = 8000
NOWHERE = "-"
HOST = ".-:[]"  # beside letters and digits

Check = Callable[[str], str]


class NoAnswer(ValueError):
    """What was typed is no answer; the sentence says what is."""


def ask(words: str, usual: str, check: Check) -> str:
    """Ask until the answer is one; Enter takes what is usual. Raise Sorry when nobody is there."""
    while True:
        try:
            typed = input(f"{words}\n  [{usual}]: ").strip() or usual
            return check(typed)
        except NoAnswer as no:
            say(f"  ! {no}")
        except EOFError:
            raise Sorry(
                "there is nobody here to ask. Add --no-input to take the defaults."
            ) from None


def one_of(choices: tuple[str, ...]) -> Check:
    """Return the check of a choice: its word, or its place in the list."""

    def check(typed: str) -> str:
        if typed.isdecimal() and 0 < int(typed) <= len(choices):
            return choices[int(typed) - 1]
        if typed in choices:
            return typed
        raise NoAnswer(_("Please type one of: {choices}").format(choices=", ".join(choices)))

    return check


def a_name(typed: str) -> str:
    """Return a name that fits on a slip."""
    if len(typed) > LONGEST or not typed.isprintable():
        raise NoAnswer(_("A name has up to {most} characters.").format(most=LONGEST))
    return typed


def language_and_zone(typed: str) -> str:
    """Return ``zh-Hans Asia/Shanghai``; one of the two may be left out."""
    zones = available_timezones()
    given = typed.replace(",", " ").split()
    language = [one for one in LANGUAGES if one.lower() in {word.lower() for word in given}]
    zone = [word for word in given if word in zones]
    if len(given) > 2 or len(language) + len(zone) != len(given):
        example = "zh-Hans Asia/Shanghai"
        raise NoAnswer(
            _("Please type a language (zh-Hans or en) and a time zone, such as: {example}").format(
                example=example
            )
        )
    return f"{(language or [here_spoken()])[0]} {(zone or [here_zone()])[0]}"


def an_address(typed: str) -> str:
    """Return an address as visitors reach it, without a path; "" for none."""
    if typed == NOWHERE:
        return ""
    parts = urlsplit(typed if "://" in typed else f"http://{typed}")
    with suppress(ValueError):  # of a port that is none
        known = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
        sound = all(one.isalnum() or one in HOST for one in parts.netloc)
        if known and sound and parts.path in ("", "/") and not parts.query:
            return f"{parts.scheme}://{parts.netloc}"
    raise NoAnswer(_("Please type an address such as http://192.168.1.20:8000, or - for none."))


def here_spoken() -> str:
    """Return the language of the terminal, of those that OneWindow speaks."""
    asked = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh-Hans" if next(filter(None, asked), "").startswith("zh") else "en"


def here_zone() -> str:
    """Return the time zone of this machine where it says so, else that of China."""
    link = Path("/etc/localtime")
    name = str(link.resolve()).partition("zoneinfo/")[2] if link.is_symlink() else ""
    told = os.environ.get("TZ", "") or name
    return told if told in available_timezones() and "/" in told[1:-1] else "Asia/Shanghai"


def here_address() -> str:
    """Return the address of this machine in its network; ``-`` where it has none.

    Nothing is sent: the system is only asked which of its addresses would be used.
    """
    with suppress(OSError), closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asked:
        asked.connect(("192.0.2.1", 9))
        return f"http://{asked.getsockname()[0]}:{PORT}"
    return NOWHERE
