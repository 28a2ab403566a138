"""Bring the database to this version. Several machines may ask at once: one does it."""

import argparse
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from onewindow.base.vault.keys import WrongKey, ensure_same_key
from onewindow.config.commands import Sorry, say

MIGRATING = 7_231_001  # our number among PostgreSQL's advisory locks


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``onewindow migrate`` takes none."""


def run(args: argparse.Namespace) -> int:
    """Migrate, and say so."""
    migrate()
    say("The database is at this version.")
    return 0


def migrate() -> None:
    """Apply what is missing, alone. A new database learns its keys, another one's are refused."""
    with _alone():
        call_command("migrate", interactive=False, verbosity=0)
        try:
            ensure_same_key()
        except WrongKey as wrong:
            raise Sorry(str(wrong)) from wrong


@contextmanager
def _alone() -> Iterator[None]:
    """Hold a lock that all who migrate this database respect."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])
        return
    with (settings.DATA / "migrate.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
