"""The database's own guard: the trail grows and never changes.

Made after every migration, because a later ``ALTER`` on SQLite rebuilds a table and silently drops
its triggers; ``missing`` is asked by ``onewindow check`` and by ``verify``.
"""

from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "the trail is append-only"
NEWEST_PURGE = "COALESCE((SELECT MAX(below) FROM trail_purge), 0)"

# Of each table: what a row must be for DELETE to be refused.
GUARDED = {
    "trail_entry": f"OLD.id >= {NEWEST_PURGE}",
    "trail_seal": "1 = 1",
    "trail_purge": "1 = 1",
}

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_keeps_{verb} BEFORE {VERB} ON {table}
WHEN {refused} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_keeps_{verb}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {refused} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN {returned};
END $$;
CREATE OR REPLACE TRIGGER {table}_keeps_{verb} BEFORE {VERB} ON {table}
FOR EACH {each} EXECUTE FUNCTION {table}_keeps_{verb}()
"""


def make(using: BaseDatabaseWrapper | Any = connection) -> None:
    """Make all triggers that are not there."""
    with using.cursor() as cursor:
        for table, verb in _wanted(using):
            cursor.execute(_statement(using, table, verb))


def drop(using: BaseDatabaseWrapper | Any = connection) -> list[str]:
    """Return the statements that take the guard away, for tests that clear their database."""
    place = "" if using.vendor == "sqlite" else " ON {table}"
    return [
        f"DROP TRIGGER IF EXISTS {table}_keeps_{verb}" + place.format(table=table)
        for table, verb in _wanted(using)
    ]


def missing(using: BaseDatabaseWrapper | Any = connection) -> list[str]:
    """Return the names of triggers that should be there and are not (or are switched off)."""
    if using.vendor == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        asked = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with using.cursor() as cursor:
        cursor.execute(asked)
        there = {name for (name,) in cursor.fetchall()}
    return [
        name for table, verb in _wanted(using) if (name := f"{table}_keeps_{verb}") not in there
    ]


def _wanted(using: BaseDatabaseWrapper | Any) -> list[tuple[str, str]]:
    verbs = ("update", "delete") if using.vendor == "sqlite" else ("update", "delete", "truncate")
    return [(table, verb) for table in GUARDED for verb in verbs]


def _statement(using: BaseDatabaseWrapper | Any, table: str, verb: str) -> str:
    words = {
        "table": table,
        "verb": verb,
        "VERB": verb.upper(),
        "REFUSAL": REFUSAL,
        "refused": GUARDED[table] if verb == "delete" else "1 = 1",
        "returned": "NULL" if verb == "truncate" else "OLD",
        "each": "STATEMENT" if verb == "truncate" else "ROW",
    }
    return (SQLITE if using.vendor == "sqlite" else POSTGRESQL).format(**words)
