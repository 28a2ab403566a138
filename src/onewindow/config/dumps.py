"""Taking a database out whole while it is used, and putting it back."""

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import psycopg
from django.db import connection, connections

from onewindow.config.commands import Sorry

MEMBERS = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
PAGES_AT_ONCE = 2_000
LIBPQ = {
    "PGDATABASE": "dbname",
    "PGUSER": "user",
    "PGPASSWORD": "password",
    "PGHOST": "host",
    "PGPORT": "port",
    "PGSSLMODE": "sslmode",
}
OTHERS = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
LOOKS = 10
SET_ASIDE = "before_restore"


def dump(target: Path) -> None:
    """Write the database, as it is at one moment, into a file."""
    if connection.vendor == "sqlite":
        _dump_sqlite(target)
    else:
        command = [tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
        _run([*command, f"--file={target}"])


def load(source: Path, aside: Path) -> None:
    """Put a database in the place of the present one, which is moved aside until that is done."""
    if connection.vendor == "sqlite":
        _load_sqlite(source, aside)
    else:
        _load_postgresql(source)


def is_empty() -> bool:
    """Whether the database holds no table yet."""
    return not connection.introspection.table_names()


def others_connected() -> int:
    """Return how many others use this PostgreSQL database; SQLite is guarded by our lock."""
    if connection.vendor == "sqlite":
        return 0
    let_go()  # our own pool would be counted
    count = 0
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as alone:
        for _look in range(LOOKS):  # a process that has just ended is still seen for a moment
            row = alone.execute(OTHERS).fetchone()
            count = int(row[0]) if row else 0
            if not count:
                break
            time.sleep(0.2)
    return count


def let_go() -> None:
    """Give every connection of this process back to the database."""
    for each in connections.all(initialized_only=True):
        each.close()
        if hasattr(each, "close_pool"):
            each.close_pool()


def tool(name: str) -> str:
    """Return where a PostgreSQL program is, or say what to install."""
    found = shutil.which(name)
    if not found:
        raise Sorry(
            f"{name} was not found. Install PostgreSQL's client programs"
            " (Debian: postgresql-client) in the server's version or newer."
        )
    return found


def _sqlite_file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _dump_sqlite(target: Path) -> None:
    """Copy by SQLite's own backup: it takes in what is written meanwhile, or begins again."""
    uri = f"{_sqlite_file().resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=30)) as source:
        source.execute("BEGIN")  # one moment for the whole copy; in WAL nobody waits for it
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")


def _load_sqlite(source: Path, aside: Path) -> None:
    with closing(sqlite3.connect(source)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Sorry("the database in this archive is damaged. Nothing was changed.")
    connection.close()
    target = _sqlite_file()
    for old in (target, Path(f"{target}-wal"), Path(f"{target}-shm")):
        if old.exists():
            old.replace(aside / old.name)
    shutil.move(source, target)


def _load_postgresql(source: Path) -> None:
    """Fill a fresh schema; only when that is done is the old one dropped."""
    command = [tool("pg_restore"), "--no-owner", "--no-privileges", "--single-transaction"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SET_ASIDE} CASCADE")
        cursor.execute(f"ALTER SCHEMA public RENAME TO {SET_ASIDE}")
        cursor.execute("CREATE SCHEMA public")
    try:
        _run([*command, "--exit-on-error", f"--dbname={connection.settings_dict['NAME']}", source])
    except Sorry:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f"ALTER SCHEMA {SET_ASIDE} RENAME TO public")
        raise
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {SET_ASIDE} CASCADE")


def _run(command: list[str | Path]) -> None:
    """Run a PostgreSQL program on our database; its first complaint becomes the sentence."""
    at = connection.get_connection_params()
    env = {variable: str(at[name]) for variable, name in LIBPQ.items() if at.get(name)}
    done = subprocess.run(
        command, env={**os.environ, **env}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"{command[0]} ended with {done.returncode}"]
        complaint = "; ".join(line.strip().rstrip(".") for line in lines[:3])
        raise Sorry(f"{complaint}. Nothing was changed.", code=3)
