"""The history. `onewindow trail verify` proves that no row was altered, removed or put in."""

import argparse

from onewindow.base.trail.verify import verify
from onewindow.config.commands import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb so far: verify."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("verify", help="name the first row that was altered, removed or put in")


def run(args: argparse.Namespace) -> int:
    """Verify; 1 when something is wrong."""
    problems = verify()
    for problem in problems:
        say(str(problem))
    if not problems:
        say("The history is whole: every sealed row is as it was sealed.")
    return 1 if problems else 0
