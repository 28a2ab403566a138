"""Halls. `onewindow hall add --from SLUG --hall SLUG --name NAME` makes one set up as another is:
its services, papers, windows, hours and settings; without its people, devices and tickets."""

import argparse

from onewindow.base.trail import job
from onewindow.base.web.refused import Refused
from onewindow.config.actions import add_hall
from onewindow.config.commands import Sorry, say
from onewindow.config.commands.init import texts
from onewindow.config.commands.key import hall_of

BY = job("onewindow hall")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb: add."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="make a second hall as another is set up")
    add.add_argument("--from", dest="like", metavar="SLUG", required=True, help="the hall to copy")
    add.add_argument("--hall", metavar="SLUG", required=True, help="short name of the new one")
    add.add_argument("--name", required=True, help="what the new one is called")


def run(args: argparse.Namespace) -> int:
    """Add the hall and say what is left to do."""
    like = hall_of(args.like)
    try:
        hall = add_hall(like=like, slug=args.hall, name=texts(args.name), by=BY)
    except Refused as no:
        raise Sorry(str(no)) from no
    say(f"Hall {hall.slug} is set up as {like.slug} is: {hall}.")
    say("Next: its address, its people (onewindow user role), its devices.")
    return 0
