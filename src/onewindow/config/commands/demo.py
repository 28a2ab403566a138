"""A demonstration hall whose day goes on by itself, on http://127.0.0.1:8000."""

import argparse
from importlib import import_module

from onewindow.base.halls.models import Hall
from onewindow.config.actions import Founding, found
from onewindow.config.commands import leave
from onewindow.config.commands.migrate import migrate
from onewindow.config.commands.up import Listening, run_up
from onewindow.config.commands.web import add_arguments as add_listening
from onewindow.config.supervisor import ProcessSpec, onewindow
from onewindow.config.templates import TEMPLATES, usual

SIMULATOR = "onewindow.simulator.demo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and what the simulator adds."""
    add_listening(parser)
    more = getattr(import_module(SIMULATOR), "add_arguments", None)
    if more:
        more(parser)


def _found(slug: str) -> Hall:
    """Set the demonstration's hall up as ``onewindow init`` does."""
    template = TEMPLATES[0]
    names = usual(template)
    hall, _ = found(Founding(names.organisation, names.hall, slug, template, "admin", False))
    return hall


def run(args: argparse.Namespace) -> int:
    """Hand over to the simulator's demonstration, with what it needs of the roof above it."""
    args.listening = Listening
    args.run_up, args.process, args.onewindow = run_up, ProcessSpec, onewindow
    args.migrate, args.found = migrate, _found
    leave(int(import_module(SIMULATOR).run(args) or 0))
