"""Django's own commands: ``onewindow manage shell``, ``onewindow manage showmigrations``."""

import argparse

from django.core.management import execute_from_command_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything goes on to Django as it is."""
    parser.add_argument("words", nargs=argparse.REMAINDER, help="Django's command and its options")


def run(args: argparse.Namespace) -> int:
    """Pass the words on."""
    execute_from_command_line(["onewindow manage", *args.words])
    return 0
