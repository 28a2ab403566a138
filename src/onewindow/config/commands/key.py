"""API keys. `onewindow key create --hall SLUG --all` prints the key, alone, once."""

import argparse

from onewindow.accounts.access import Can
from onewindow.accounts.actions import create_key
from onewindow.base.halls.models import Hall
from onewindow.base.trail import job
from onewindow.config.commands import Sorry, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One verb so far: create."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    create = verbs.add_parser("create", help="make a key and print it")
    create.add_argument("--hall", required=True, metavar="SLUG", help="the one hall it opens")
    create.add_argument("--label", default="command line", help="what it is for (%(default)s)")
    rights = create.add_mutually_exclusive_group(required=True)
    rights.add_argument("--all", action="store_true", help="it may do everything in that hall")
    rights.add_argument(
        "--can", nargs="+", metavar="RIGHT", help=f"it may do only this: {', '.join(Can)}"
    )


def run(args: argparse.Namespace) -> int:
    """Make the key and print it."""
    hall = hall_of(args.hall)
    unknown = sorted(set(args.can or ()) - set(Can))
    if unknown:
        raise Sorry(f"there is no right {', '.join(unknown)}. There are: {', '.join(Can)}", code=2)
    can = set(Can) if args.all else {Can(right) for right in args.can}
    _key, secret = create_key(hall=hall, label=args.label, can=can, by=job("onewindow key"))
    say(secret)
    return 0


def hall_of(slug: str) -> Hall:
    """Return a hall by its slug, or say which there are."""
    hall = Hall.objects.filter(slug=slug, archived_at=None).first()
    if hall is None:
        there = ", ".join(Hall.objects.filter(archived_at=None).values_list("slug", flat=True))
        raise Sorry(f"there is no hall {slug!r}. There is: {there or 'none yet (onewindow init)'}")
    return hall
