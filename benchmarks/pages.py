"""Pages and panels of a full hall: how long each takes with five hundred people waiting.

The hall has sixty windows in five zones. The board is also measured when what it remembers of
the queue and of the moves has become old, and all is worked out in the request.

python -m benchmarks.pages [--short] [--database sqlite|postgres|both]
"""

import argparse
import json
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.client import Answer, Client, together
from benchmarks.people import CSRF, PAGES, WINDOW
from benchmarks.rows import Row, share, told
from benchmarks.server import Server, server

HALL = "/api/v1/halls/bench"
FEW, MANY = 10, 500
WINDOWS, ZONES = 60, 5
BOARD, OLD_S = "duty board, its panel", 5.2  # so long are the moves remembered
LIMIT_MS = 150.0
NEXT = f"/s/bench/tickets/window/{WINDOW}/next"


def measure(database: str, *, short: bool = False) -> Iterator[Row]:
    """Measure every page with many people waiting, and compare its statements with few."""
    times = 8 if short else 100
    many = 60 if short else MANY
    past = ("benchmarks.bulk", "1000", str(FEW))
    with server(database, windows=WINDOWS, zones=ZONES, before=past) as one:
        before = json.loads(one.run("benchmarks.people", "count").splitlines()[-1])
        _take(one, many - FEW)
        after = json.loads(one.run("benchmarks.people", "count").splitlines()[-1])
        signed = json.loads(one.run("benchmarks.people", "sign-in").splitlines()[-1])
        for name in PAGES:
            took = list(_ask(one, signed, name, times))
            title = f"{database}: {name} ({after[name]} statements), {many} waiting, p95"
            yield Row(title, share(took, 0.95), "ms", LIMIT_MS)
        took = list(_ask(one, signed, BOARD, 2 if short else 12, pause_s=OLD_S))
        title = f"{database}: duty board with nothing remembered, {many} waiting, slowest"
        yield Row(title, max(took), "ms", LIMIT_MS)
        grown = {name: after[name] - before[name] for name in PAGES if after[name] > before[name]}
        title = f"{database}: statements more than with {FEW} waiting"
        yield Row(f"{title} ({', '.join(grown)})" if grown else title, sum(grown.values()), "", 0)
        took = list(_call_next(one, signed, times))
        title = f"{database}: call next and its panel, {many} waiting, p95"
        yield Row(title, share(took, 0.95), "ms", LIMIT_MS)


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
    rows = [row for one in wanted for row in told(measure(one, short=args.short))]
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
