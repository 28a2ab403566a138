"""The hot path over HTTP: numbers taken and visitors called a second, beside bare SQL.

    python -m benchmarks.hot_path [--short] [--database sqlite|postgres|both]

A key, an Idempotency-Key and all middleware are on; 16 clients share two cores with the server.
"""

import argparse
import sqlite3
import time
import uuid
from collections.abc import Iterator
from threading import Lock
from typing import Any

from benchmarks.client import Answer, Client, together
from benchmarks.rows import Row, share, told
from benchmarks.server import Server, server

CLIENTS = 16
TAKES = {"sqlite": 300, "postgres": 350}
CALLS = {"sqlite": 250, "postgres": 300}
P99_MS = 250


def takes(one: Server, seconds: float) -> list[Row]:
    """Take numbers with 16 clients for some seconds."""

    def act(place: int) -> list[Answer]:
        client = one.client()
        found: list[Answer] = []
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            service = "ABCDEF"[(place + len(found)) % 6]
            found.append(client.post("/api/v1/halls/bench/tickets", {"service": service}))
        return found

    run = together(CLIENTS, act)
    good = len(run.of(201))
    name = f"{one.database}, {one.processes} process: "
    return [
        Row(f"{name}takes", good / run.seconds, "/s", TAKES[one.database], at_least=True),
        Row(f"{name}takes, p99", share(run.latencies_ms, 0.99), "ms", P99_MS),
        Row(f"{name}takes that failed", len(run.answers) - good + run.faults, "", 0),
    ]


def warm(clients: list[Client], each: int) -> None:
    """Let every window call once while nobody waits: none calls for the first time all day.

    A client keeps its connection, and with it its process, for the calls that are measured.
    """

    def act(place: int) -> list[Answer]:
        return [clients[place].post(path) for path in _windows(place, each)]

    assert not together(CLIENTS, act).of(200)


def _windows(place: int, each: int) -> list[str]:
    """Return the addresses at which a client calls: windows of its own."""
    first = place * each + 1
    return [f"/api/v1/halls/bench/windows/{n}/call-next" for n in range(first, first + each)]


def calls(one: Server, clients: list[Client], each: int) -> list[Row]:
    """Call visitors with 16 clients, each at ``each`` windows of its own."""

    def act(place: int) -> list[Answer]:
        return [clients[place].post(path) for path in _windows(place, each)]

    run = together(CLIENTS, act)
    good = run.of(200)
    tickets = [answer.json["id"] for answer in good]
    name = f"{one.database}, {one.processes} process: "
    return [
        Row(f"{name}calls", len(good) / run.seconds, "/s", CALLS[one.database], at_least=True),
        Row(f"{name}calls, p99", share(run.latencies_ms, 0.99), "ms", P99_MS),
        Row(f"{name}calls that failed", len(run.answers) - len(good) + run.faults, "", 0),
        Row(f"{name}tickets called twice", len(tickets) - len(set(tickets)), "", 0),
    ]


def bare_sql(one: Server, seconds: float) -> float:
    """Return how many takes a second bare SQL writes: the same rows, one transaction each."""
    write = _bare_postgres(one) if one.database == "postgres" else _bare_sqlite(one)

    def act(place: int) -> list[Answer]:
        many, end = 0, time.perf_counter() + seconds
        while time.perf_counter() < end:
            write(place, many)
            many += 1
        return [Answer(201, b"", 0.0)] * many

    run = together(CLIENTS, act)
    return len(run.answers) / run.seconds


STATEMENTS = (
    """INSERT INTO tickets_counter (hall_id, series, day, last) VALUES (1, 'Q', '2026-01-05', 1)
       ON CONFLICT (hall_id, series, day) DO UPDATE SET last = tickets_counter.last + 1
       RETURNING last""",
    """INSERT INTO tickets_visit (hall_id, day, series, sequence, number, token, language, channel,
       priority, needs, phone, joined_at)
       SELECT hall_id, '2026-01-05', 'Q', {p}, 'Q', {p}, language, channel, priority, needs, phone,
       joined_at FROM tickets_visit WHERE id = 1 RETURNING id""",
)


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(f"SELECT * FROM {table} LIMIT 1")
    return [column[0] for column in cursor.description if column[0] != "id"]


def _copies(cursor: Any, mark: str) -> tuple[str, str, str]:
    """Return statements that write a ticket, a trail row and an answer like an existing one."""
    ticket = [c for c in _columns(cursor, "tickets_ticket") if c != "visit_id"]
    entry = _columns(cursor, "trail_entry")
    kept = [c for c in _columns(cursor, "web_answer") if c != "key"]
    return (
        f"INSERT INTO tickets_ticket (visit_id, {', '.join(ticket)}) "
        f"SELECT {mark}, {', '.join(ticket)} FROM tickets_ticket "
        "WHERE id = (SELECT max(id) FROM tickets_ticket WHERE state = 'waiting')",
        f"INSERT INTO trail_entry ({', '.join(entry)}) "
        f"SELECT {', '.join(entry)} FROM trail_entry WHERE id = 1",
        f'INSERT INTO web_answer ("key", {", ".join(kept)}) '
        f"SELECT {mark}, {', '.join(kept)} FROM web_answer WHERE id = 1",
    )


def _write(cursor: Any, mark: str, copies: tuple[str, str, str]) -> None:
    """Write the rows of one take."""
    draw, visit = STATEMENTS
    cursor.execute(draw)
    sequence = cursor.fetchone()[0]
    cursor.execute(visit.format(p=mark), (sequence, uuid.uuid4().hex))
    visit_id = cursor.fetchone()[0]
    cursor.execute(copies[0], (visit_id,))
    cursor.execute(copies[1])
    cursor.execute(copies[2], (uuid.uuid4().hex,))


def _bare_sqlite(one: Server) -> Any:
    file = one.data / "data" / "onewindow.sqlite3"
    connection = sqlite3.connect(file, timeout=10, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA synchronous=FULL")
    copies, lock = _copies(connection.cursor(), "?"), Lock()

    def write(_place: int, _many: int) -> None:
        with lock:
            cursor = connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            _write(cursor, "?", copies)
            cursor.execute("COMMIT")

    return write


def _bare_postgres(one: Server) -> Any:
    import psycopg  # noqa: PLC0415 (only where it is measured)

    url = one.env["DATABASE_URL"].replace("postgres://", "postgresql://")
    connections = [psycopg.connect(url) for _ in range(CLIENTS)]
    copies = _copies(connections[0].cursor(), "%s")
    connections[0].rollback()

    def write(place: int, _many: int) -> None:
        with connections[place].cursor() as cursor:
            _write(cursor, "%s", copies)
        connections[place].commit()

    return write


def measure(database: str, *, short: bool = False) -> Iterator[Row]:
    """Measure one database: SQLite with one web process, PostgreSQL with two."""
    seconds, each = (2.0, 12) if short else (10.0, 120)
    processes = 2 if database == "postgres" else 1
    with server(database, processes=processes, windows=CLIENTS * each) as one:
        clients = [one.client() for _ in range(CLIENTS)]
        warm(clients, each)
        rows = takes(one, seconds)
        yield from rows
        yield from calls(one, clients, each)
        bare = bare_sql(one, min(seconds, 5.0))
        yield Row(f"{database}: the same rows by bare SQL", bare, "/s")
        yield Row(f"{database}: takes over HTTP / bare SQL", rows[0].value / bare, "")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    args = parser.parse_args()
    wanted = ["sqlite", "postgres"] if args.database == "both" else [args.database]
    rows = [row for one in wanted for row in told(measure(one, short=args.short))]
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
