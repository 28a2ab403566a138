"""Pages and panels of a full hall: how long each takes with five hundred people waiting.

The hall has sixty windows in five zones. Its duty board is a part of its own (``--only board``),
measured also when what it remembers of the queue and of the moves has become old, and all is worked
out in the request.

python -m benchmarks.pages [--short] [--database sqlite|postgres|both]
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.client import Answer, Client, together
from benchmarks.people import CSRF, PAGES, WINDOW
from benchmarks.rows import Row, share, told
from benchmarks.server import Server, server

HALL = "/api/v1/halls/bench"
FEW, MANY = 10, 500
WINDOWS, ZONES = 60, 5
BOARD, OLD_S = ("duty board", "duty board, its panel"), 5.2  # so long are the moves remembered
OTHERS = tuple(name for name in PAGES if name not in BOARD)
LIMIT_MS = 150.0
NEXT = f"/s/bench/tickets/window/{WINDOW}/next"


@dataclass(frozen=True)
class Hall:
    """The full hall: its server, who is signed in, and the statements that its pages ask."""

    one: Server
    signed: dict[str, Any]
    waiting: int
    few: dict[str, int]  # statements of each page when few waited ...
    many: dict[str, int]  # ... and now


def measure(database: str, *, short: bool = False) -> Iterator[Row]:
    """Measure every page but the board with many people waiting, then the desk's large button."""
    times = 8 if short else 100
    with _full(database, short=short) as hall:
        yield from _pages(hall, OTHERS, database, times)
        took = list(_call_next(hall.one, hall.signed, times))
        title = f"{database}: call next and its panel, {hall.waiting} waiting, p95"
        yield Row(title, share(took, 0.95), "ms", LIMIT_MS)


def board(database: str, *, short: bool = False) -> Iterator[Row]:
    """Measure the duty board of sixty windows with many people waiting."""
    with _full(database, short=short) as hall:
        yield from _pages(hall, BOARD, database, 8 if short else 100)
        took = list(_ask(hall.one, hall.signed, BOARD[1], 2 if short else 12, pause_s=OLD_S))
        title = f"{database}: duty board with nothing remembered, {hall.waiting} waiting, slowest"
        yield Row(title, max(took), "ms", LIMIT_MS)


@contextmanager
def _full(database: str, *, short: bool) -> Iterator[Hall]:
    """Start the hall with few people, count the statements, and let the others come."""
    many = 60 if short else MANY
    past = ("benchmarks.bulk", "1000", str(FEW))
    with server(database, windows=WINDOWS, zones=ZONES, before=past) as one:
        before = json.loads(one.run("benchmarks.people", "count").splitlines()[-1])
        _take(one, many - FEW)
        after = json.loads(one.run("benchmarks.people", "count").splitlines()[-1])
        signed = json.loads(one.run("benchmarks.people", "sign-in").splitlines()[-1])
        yield Hall(one, signed, many, before, after)


def _pages(hall: Hall, names: Sequence[str], database: str, times: int) -> Iterator[Row]:
    """Measure these pages, and compare their statements with those when few waited."""
    for name in names:
        took = list(_ask(hall.one, hall.signed, name, times))
        title = f"{database}: {name} ({hall.many[name]} statements), {hall.waiting} waiting, p95"
        yield Row(title, share(took, 0.95), "ms", LIMIT_MS)
    more = {name: hall.many[name] - hall.few[name] for name in names}
    grown = {name: many for name, many in more.items() if many > 0}
    title = f"{database}: statements more than with {FEW} waiting"
    yield Row(f"{title} ({', '.join(grown)})" if grown else title, sum(grown.values()), "", 0)


def _take(one: Server, many: int) -> None:
    """Let so many people come."""
    clients = 8

    def act(place: int) -> list[Answer]:
        client = one.client()
        services = ["ABCDEF"[n % 6] for n in range(place, many, clients)]
        return [client.post(f"{HALL}/tickets", {"service": service}) for service in services]

    taken = together(clients, act)
    assert len(taken.of(201)) == many, "not everybody got a number"


def _browser(one: Server, signed: dict[str, Any], role: str) -> Client:
    session = signed["cookies"].get(role, "")
    cookies = f"Cookie: ow_session={session}; ow_csrf={CSRF}\r\n"
    return Client(one.port, more=f"{cookies}X-CSRFToken: {CSRF}\r\n")


def _ask(
    one: Server, signed: dict[str, Any], name: str, times: int, pause_s: float = 0
) -> Iterator[float]:
    """Ask for a page so many times; the first two are not counted."""
    client = _browser(one, signed, PAGES[name][0])
    for turn in range(times + 2):
        time.sleep(pause_s)
        answer = client.get(signed["addresses"][name])
        assert answer.status == 200, (name, answer.status, answer.body[:200])
        if turn > 1:
            yield answer.seconds * 1000
    client.close()


def _call_next(one: Server, signed: dict[str, Any], times: int) -> Iterator[float]:
    """Press the desk's large button and wait for the panel that it leads to."""
    desk, other = _browser(one, signed, "clerk"), one.client()
    for _ in range(times):
        pressed = desk.send_form(NEXT, "", "HX-Request: true\r\n")
        assert pressed.status == 303, (pressed.status, pressed.body[:300])
        shown = desk.get(pressed.header("location"), "HX-Request: true\r\n")
        assert shown.status == 200, (shown.status, shown.body[:300])
        yield (pressed.seconds + shown.seconds) * 1000
        called = other.get(f"{HALL}/queue").json["called"][0]["id"]
        assert other.post(f"/api/v1/tickets/{called}/finish").status == 200


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    args = parser.parse_args()
    wanted = ["sqlite", "postgres"] if args.database == "both" else [args.database]
    parts = (measure, board)
    rows = [row for one in wanted for part in parts for row in told(part(one, short=args.short))]
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
