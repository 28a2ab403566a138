"""Django's SQLite backend with one line per process for write transactions.

SQLite has one writer. Threads that fight for it by retrying starve each other until one fails
with "database is locked"; threads that stand in line do not. A turn begins with BEGIN IMMEDIATE
and ends with commit, rollback or close; a write outside a transaction is a turn of its own.
Processes take turns by a lock on a file beside the database; programs that are not ours are kept
out by SQLite itself. All waiting is bounded by the ``timeout`` of the settings.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite

from onewindow.base.sqlite.turns import neighbours_of, turns_of

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP", "REINDEX", "VACUUM")
WAIT_SECONDS = 5.0


class DatabaseWrapper(SQLite):
    """One connection of one thread."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn_taken = False

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor that takes a turn for a write outside a transaction."""

        def cursor(connection: Any) -> "PatientCursor":
            made = PatientCursor(connection)
            made.wrapper = self
            return made

        return self.connection.cursor(factory=cursor)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the turn for one statement, unless this connection has it already."""
        if self._turn_taken:
            yield
            return
        self._take_turn()
        try:
            yield
        finally:
            self._give_turn()

    def _take_turn(self) -> None:
        name = str(self.settings_dict["NAME"])
        timeout = float(self.settings_dict.get("OPTIONS", {}).get("timeout", WAIT_SECONDS))
        until = time.monotonic() + timeout
        if not turns_of(name).take(timeout):
            raise OperationalError("database is locked: no turn to write came in time")
        if not neighbours_of(name).take(until):
            turns_of(name).give()
            raise OperationalError("database is locked: another process has not let go in time")
        self._turn_taken = True

    def _give_turn(self) -> None:
        if self._turn_taken:
            self._turn_taken = False
            name = str(self.settings_dict["NAME"])
            neighbours_of(name).give()
            turns_of(name).give()

    def _start_transaction_under_autocommit(self) -> None:
        if not self._turn_taken:
            self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # if it fails, rollback or close gives the turn
        self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_turn()


class PatientCursor(SQLiteCursorWrapper):
    """Takes a turn before a write outside a transaction; reads never wait."""

    wrapper: DatabaseWrapper

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """Turn Django's marks into SQLite's; the same few statements come again and again."""
        if param_names is None:
            return _converted(query)
        return str(super().convert_query(query, param_names=param_names))

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        if not writes(query):
            return super().execute(query, params)
        with self.wrapper.turn():
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement many times."""
        with self.wrapper.turn():
            return super().executemany(query, param_list)


@lru_cache(maxsize=500)
def _converted(query: str) -> str:
    return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


def writes(query: str) -> bool:
    """Say whether a statement writes."""
    return query.lstrip()[:8].upper().startswith(WRITES)
