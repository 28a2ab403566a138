"""``onewindow``: one command line for setting up, running and looking after an installation.

Exit codes: 0 done, 1 not done (a sentence says why), 2 not understood, 3 the database or the
disk does not serve.
"""

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from environ import FileAwareEnv

from onewindow import __version__
from onewindow.config.commands import Sorry, say, warn
from onewindow.config.supervisor import tie_to_parent

HERE = "onewindow.config.commands."
COMMANDS = {
    "init": ("set up a hall: organisation, hall, first administrator", HERE + "init"),
    "hall": ("halls: hall add --from SLUG --hall SLUG --name NAME", HERE + "hall"),
    "up": ("run everything: web, worker and clock, until Ctrl+C", HERE + "up"),
    "demo": ("run a demonstration hall whose day goes on by itself", HERE + "demo"),
    "simulate": ("let simulated visitors and clerks use a hall", HERE + "simulate"),
    "key": ("make an API key: key create --hall SLUG --all", HERE + "key"),
    "user": ("people: user create|role|password|reset-second-factor NUMBER", HERE + "user"),
    "trail": ("prove that the history is whole: trail verify", HERE + "trail"),
    "backup": ("write everything into one file, also while running", HERE + "backup"),
    "restore": ("bring back what backup wrote", HERE + "restore"),
    "cert": ("HTTPS without the internet: the hall's own authority", HERE + "cert"),
    "check": ("say whether this installation is well", HERE + "check"),
    "migrate": ("bring the database to this version", HERE + "migrate"),
    "manage": ("Django's own commands", HERE + "manage"),
    "web": ("the web server alone, for one service each", HERE + "web"),
    "plain": ("the door without HTTPS that leads to the one with it", HERE + "plain"),
    "worker": ("the worker alone", HERE + "worker"),
    "clock": ("the clock alone", HERE + "clock"),
}
# These make nothing where nothing is.
OF_A_HALL = ("hall", "key", "user", "trail", "backup", "cert", "check")
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    tie_to_parent()
    if not words or words[0] in ("-h", "--help", "help"):
        say(overview())
        return 0 if words else 2
    if words[0] == "--version":
        say(__version__)
        return 0
    if words[0] not in COMMANDS:
        warn(f"onewindow: there is no command {words[0]!r}. `onewindow help` lists them.")
        return 2
    return _guarded(words[0], words[1:])


def overview() -> str:
    """Return the list of commands."""
    rows = [f"  {name:<10}{what}" for name, (what, _module) in COMMANDS.items()]
    head = f"OneWindow {__version__}: runs a service hall.\n\nusage: onewindow COMMAND [...]\n"
    return "\n".join([head, *rows, "\n`onewindow COMMAND --help` tells more."])


def _guarded(name: str, words: list[str]) -> int:
    """Run a command; trouble that a person can cure becomes a sentence."""
    try:
        if name in OF_A_HALL and not {"-h", "--help"}.intersection(words):
            _needs_installation()
        module = _load(name)
        parser = argparse.ArgumentParser(f"onewindow {name}", description=module.__doc__)
        module.add_arguments(parser)
        return int(module.run(parser.parse_args(words)) or 0)
    except Sorry as no:
        warn(f"onewindow: {no}")
        return no.code
    except KeyboardInterrupt:
        return 130
    except Exception as failed:
        sentence = explained(failed)
        if sentence is None:
            raise
        warn(f"onewindow: {sentence}")
        return 3


def _needs_installation() -> None:
    """Refuse before the settings make a data directory and keys at a mistyped place."""
    data = Path(FileAwareEnv().str("ONEWINDOW_DATA", default="data")).resolve()
    if not (data / "trail.key").exists():
        raise Sorry(f"there is no hall in {data}. Look at ONEWINDOW_DATA, or run: onewindow init")


def _load(name: str) -> ModuleType:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    import_module("django").setup()
    return import_module(COMMANDS[name][1])


def explained(failed: BaseException) -> str | None:
    """Return what trouble with database, disk or settings means; None when the fault is ours."""
    kind, text = type(failed).__name__, str(failed).strip().split("\n")[0]
    full = isinstance(failed, OSError) and failed.errno in NO_ROOM
    if full or "database or disk is full" in text or kind == "DiskFull":
        return f"the disk is full ({text}). Nothing was changed; make room and try again."
    if (kind == "OperationalError" and "no such table" in text) or kind == "ProgrammingError":
        return f"the database has no tables of this version yet ({text}). Run: onewindow migrate"
    if kind in ("OperationalError", "InterfaceError", "PoolTimeout"):
        return f"the database does not answer ({text}). Look at DATABASE_URL."
    if kind in ("ImproperlyConfigured", "FileNotFoundError", "PermissionError", "WrongKey"):
        return f"{text}."
    return None


if __name__ == "__main__":
    sys.exit(main())
