"""What may never be: looked for in what clients were told, and in the database afterwards."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from benchmarks.rows import Row
from benchmarks.server import Server
from benchmarks.traffic import Seen, Stay

NUMBERS = "SELECT series, sequence FROM tickets_visit WHERE series <> 'W'"
TICKETS = """
    SELECT t.id, v.number, t.state, t.visit_id, t.window_id, t.called_at, t.ended_at
    FROM tickets_ticket t JOIN tickets_visit v ON v.id = t.visit_id ORDER BY t.id
"""
CALLS = "SELECT subject_id FROM trail_entry WHERE kind = 'ticket.called'"
COUNTERS = "SELECT series, last FROM tickets_counter"
# Two transactions that meet at a window have each looked at the clock before: a finish and the
# call that waited for it may be written down in the wrong order, by the time of one statement.
MEETING_S = 0.1


def told(name: str, seen: Seen) -> Iterator[Row]:
    """Look into the answers."""
    numbers = {(ticket["visit"], ticket["number"]) for ticket in seen.taken}
    each = [(number[0], int(number[1:])) for _, number in numbers]
    ids = [ticket["id"] for ticket in seen.taken]
    yield Row(f"{name}duplicate numbers (answers)", _twice(each) + _twice(ids), "", 0)
    yield Row(f"{name}gaps in the series (answers)", _gaps(each), "", 0)
    yield Row(f"{name}tickets called twice (answers)", _twice(seen.called), "", 0)
    at_windows = _together(seen.stays, lambda stay: stay.window)
    yield Row(f"{name}windows with two tickets (answers)", at_windows, "", 0)
    visits = _together(seen.stays, lambda stay: stay.visit)
    yield Row(f"{name}visits at two windows (answers)", visits, "", 0)


def kept(name: str, seen: Seen, one: Server) -> Iterator[Row]:
    """Look into the database, past the product."""
    with closing(_connect(one)) as connection:
        numbers = _rows(connection, NUMBERS)
        tickets = _rows(connection, TICKETS)
        calls = [row[0] for row in _rows(connection, CALLS)]
        counters = dict(_rows(connection, COUNTERS))
    yield Row(f"{name}duplicate numbers (database)", _twice(numbers), "", 0)
    drawn = Counter(series for series, _ in numbers)
    astray = sum(abs(counters.get(s, 0) - many) for s, many in drawn.items())
    yield Row(f"{name}gaps in the series (database)", _gaps(numbers) + astray, "", 0)
    yield Row(f"{name}tickets called twice (database)", _twice(calls), "", 0)
    at_window = Counter(row[4] for row in tickets if row[2] in ("called", "serving"))
    double = sum(many - 1 for many in at_window.values())
    stays = [
        Stay(row[0], row[3], row[4], _seconds(row[5]) + MEETING_S, _seconds(row[6]))
        for row in tickets
        if row[5] and row[6]
    ]
    double += _together(stays, lambda stay: stay.window)
    yield Row(f"{name}windows with two tickets (database)", double, "", 0)
    visits = _together(stays, lambda stay: stay.visit)
    yield Row(f"{name}visits at two windows (database)", visits, "", 0)
    there = Counter((row[0], row[1]) for row in tickets)
    lost = sum(there[(ticket["id"], ticket["number"])] != 1 for ticket in seen.taken)
    yield Row(f"{name}answered tickets that are not there once", lost, "", 0)
    unasked = len(tickets) - len({ticket["id"] for ticket in seen.taken})
    yield Row(f"{name}tickets that nobody was told of", unasked, "", 0)
    open_ones = sum(row[2] != "done" for row in tickets)
    yield Row(f"{name}tickets that were never served", open_ones, "", 0)


def _connect(one: Server) -> Any:
    if one.database == "sqlite":
        return sqlite3.connect(one.data / "data" / "onewindow.sqlite3")
    import psycopg  # noqa: PLC0415 (only where it is asked)

    return psycopg.connect(one.env["DATABASE_URL"].replace("postgres://", "postgresql://"))


def _seconds(moment: Any) -> float:
    """A moment as it stands in the database: a text on SQLite."""
    if isinstance(moment, str):
        return datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()
    return float(moment.timestamp())


def _rows(connection: Any, statement: str) -> list[Any]:
    return list(connection.execute(statement).fetchall())


def _twice(values: Iterable[Any]) -> int:
    return sum(many - 1 for many in Counter(values).values())


def _gaps(numbers: Sequence[tuple[str, int]]) -> int:
    """Count the numbers that are missing below the highest of their series."""
    missing = 0
    for series in {series for series, _ in numbers}:
        drawn = {sequence for one, sequence in numbers if one == series}
        missing += max(drawn) - len(drawn)
    return missing


def _together(stays: Iterable[Stay], place: Any) -> int:
    """Count the stays that began before the one before them in the same place had ended."""
    by_place: dict[Any, list[Stay]] = {}
    for stay in stays:
        by_place.setdefault(place(stay), []).append(stay)
    return sum(
        after.since < before.until
        for held in by_place.values()
        for before, after in pairwise(sorted(held, key=lambda stay: stay.since))
    )
