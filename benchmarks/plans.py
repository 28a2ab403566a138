"""How the database finds what the hot path asks for.

    python -m benchmarks.plans KEY [--all]

It prints a line for each request: name, statements, tables read from end to end, the slowest
statement in milliseconds; beside it on stderr the plans of the former, or all of them. It runs in
the server's own environment, on a loaded hall. A plan is asked for with the values bound as the
product binds them: SQLite takes other indexes where they stand in the text.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import django

HALL = "/api/v1/halls/bench"
WAITING, DONE = "tickets?state=waiting", "tickets?state=done"
LARGE = ("tickets_ticket", "tickets_visit", "trail_entry", "web_answer")
QUIET = ("SAVEPOINT", "RELEASE", "BEGIN", "PRAGMA", "EXPLAIN")
Statement = tuple[str, Any, float]


def main(key: str, *, show: bool) -> None:
    """Ask once for each request, and print what it cost."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    django.setup()
    from django.test import Client  # noqa: PLC0415 (Django must be set up before)

    client = Client(headers={"authorization": f"Bearer {key}", "host": "127.0.0.1"})

    def post(path: str, body: Any = None) -> Any:
        many = {"idempotency-key": os.urandom(8).hex()}
        answer = client.post(path, body, content_type="application/json", headers=many)
        assert answer.status_code < 300, answer.content
        return answer.json()

    def measured(name: str, ask: Callable[[], Any]) -> Any:
        return _measured(name, ask, show=show)

    for _ in range(2):  # what is kept in memory is there the second time
        post(f"{HALL}/tickets", {"service": "A"})
    measured("take", lambda: post(f"{HALL}/tickets", {"service": "B"}))
    called = measured("call next", lambda: post(f"{HALL}/windows/1/call-next"))
    ticket = f"/api/v1/tickets/{called['id']}"
    measured("start", lambda: post(f"{ticket}/start"))
    measured("finish", lambda: post(f"{ticket}/finish"))
    measured("one ticket", lambda: client.get(ticket))
    for name, path in (("queue", "queue"), ("waiting", WAITING), ("done", DONE)):
        measured(name, partial(client.get, f"{HALL}/{path}"))
    for act in (look, sweep, pace, desk):
        measured(act.__name__, act)


def _measured(name: str, ask: Callable[[], Any], *, show: bool) -> Any:
    """Do something, and say what it asked of the database."""
    from django.db import connection  # noqa: PLC0415

    seen: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seen.append((sql, params, (time.perf_counter() - began) * 1000))

    with connection.execute_wrapper(note):
        found = ask()
    _say(connection, name, [one for one in seen if not one[0].startswith(QUIET)], show=show)
    return found


def look() -> None:
    """The look at the queue that every process takes."""
    from onewindow.base.halls.models import Hall  # noqa: PLC0415
    from onewindow.tickets import estimates  # noqa: PLC0415

    estimates.forget()
    estimates.look(Hall.objects.get())


def sweep() -> None:
    """What the clock does every ten seconds."""
    from onewindow.tickets.actions import sweep as sweeping  # noqa: PLC0415

    sweeping.run()


def pace() -> None:
    """What the clock learns every five minutes, here of a past longer than it looks at."""
    from onewindow.tickets.actions import pace as paces  # noqa: PLC0415
    from onewindow.tickets.models import Ticket  # noqa: PLC0415

    paces.AT_MOST = min(paces.AT_MOST, Ticket.objects.count() // 50)
    paces.learn_all()


def desk() -> None:
    """The two panels of a desk."""
    from onewindow.accounts.models import User  # noqa: PLC0415
    from onewindow.floor.models import Session  # noqa: PLC0415
    from onewindow.tickets import here  # noqa: PLC0415

    session = Session.objects.select_related("window__hall", "window__zone").order_by("pk")[0]
    session.user, _ = User.objects.get_or_create(staff_number="9001", name="Bench")
    here.here(session)
    here.beside(session)


def _say(connection: Any, name: str, seen: Sequence[Statement], *, show: bool) -> None:
    scans = 0
    for sql, params, took in seen:
        for line in _plan(connection, sql, params):
            scans += _reads_all(line)
            if show or _reads_all(line):
                print(f"    {name:<10}{took:>8.1f} {line.strip():<90} | {sql}", file=sys.stderr)
    print(name, len(seen), scans, round(max(took for *_, took in seen), 1), sep="\t")


def _plan(connection: Any, sql: str, params: Any) -> list[str]:
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    if sql.lstrip()[:6].upper() not in ("SELECT", "UPDATE", "DELETE"):
        return []
    with connection.cursor() as cursor:
        cursor.execute(explain + sql, params)
        return [str(row[-1]) for row in cursor.fetchall()]


def _reads_all(line: str) -> bool:
    """Say whether a step reads a table that grows with the years from end to end."""
    scans = "SCAN" in line or "Seq Scan" in line
    return scans and any(table in line for table in LARGE) and "COVERING" not in line


if __name__ == "__main__":
    main(sys.argv[1], show="--all" in sys.argv)
