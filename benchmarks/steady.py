"""A minute of life, and ten seconds without the database.

    python -m benchmarks.steady [--short] [--away]

Four web processes, sixteen clients, worker and clock on SQLite: no request may fail and no process
may die. With ``--away`` PostgreSQL is stopped under the load and started again: requests wait or
are answered 503 with Retry-After, and no answer is lost or given twice.
"""

import argparse
import threading
import time
from collections.abc import Iterator

import psutil

from benchmarks import audit
from benchmarks.rows import Row, share, told
from benchmarks.server import Server, server
from benchmarks.traffic import HALL, Caller, Seen, busy, drain

CLIENTS, PROCESSES = 16, 4


def measure(database: str = "sqlite", *, short: bool = False) -> Iterator[Row]:
    """Let a hall work for a minute, with people who look at its queue."""
    seconds, name = (5.0 if short else 60.0), f"{database}, 4 processes: "
    with server(database, processes=PROCESSES, windows=CLIENTS) as one:
        born = _family(one)
        looks: list[float] = []
        until = time.monotonic() + seconds
        looker = threading.Thread(target=_look, args=(one, until, looks))
        looker.start()
        seen = busy(one, CLIENTS, lambda _place: time.monotonic() < until)
        looker.join()
        died = sum(not one_process.is_running() for one_process in born)
        done = len(seen.taken) + len(seen.called) + len(seen.finished)
        yield Row(f"{name}takes, calls and finishes", done / seen.seconds, "/s")
        failed = len(seen.failed) + sum(seen.counts[what] for what in NOT_NOW)
        yield Row(f"{name}requests that failed", failed + looks.count(-1.0), "", 0)
        yield Row(f"{name}the queue, p95", share(looks, 0.95), "ms")
        yield Row(f"{name}processes that died", died, "", 0)
        yield from _memory(name, one)
        drain(Caller(one, seen), CLIENTS)
        yield from audit.kept(name, seen, one)
    _say(seen)


NOT_NOW = ("503 with Retry-After", "without answer")


def away(*, short: bool = False) -> Iterator[Row]:
    """Take the database away for ten seconds."""
    gone, around = (3.0, 3.0) if short else (10.0, 6.0)
    name = "postgres away: "
    with server("postgres", processes=2, windows=CLIENTS) as one:
        born = _family(one)
        until = time.monotonic() + gone + 2 * around
        back: list[float] = []
        taker = threading.Thread(target=_take_away, args=(one, around, gone, back))
        taker.start()
        seen = busy(one, CLIENTS, lambda _place: time.monotonic() < until)
        taker.join()
        yield Row(f"{name}for", gone, "s")
        yield Row(f"{name}answered again after its return", back[0], "s", 5)
        yield Row(f"{name}requests that failed", len(seen.failed), "", 0)
        for what in NOT_NOW:
            yield Row(f"{name}{what}", seen.counts[what], "times")
        died = sum(not one_process.is_running() for one_process in born)
        yield Row(f"{name}processes that died", died, "", 0)
        drain(Caller(one, seen), CLIENTS)
        yield from audit.told(name, seen)
        yield from audit.kept(name, seen, one)
    _say(seen)


def _take_away(one: Server, after: float, gone: float, back: list[float]) -> None:
    """Stop our own PostgreSQL, start it again, and note how soon a number can be taken."""
    time.sleep(after)
    one.postgres.stop()
    time.sleep(gone)
    one.postgres.ensure_postgres_running()
    began, client = time.monotonic(), one.client()
    while time.monotonic() - began < 60:
        try:
            if client.get(f"{HALL}/queue").status == 200:
                break
        except OSError:
            pass
        time.sleep(0.05)
    back.append(time.monotonic() - began)


def _look(one: Server, until: float, looks: list[float]) -> None:
    """Ask for the queue twice a second; -1 for a look that failed."""
    client = one.client()
    while time.monotonic() < until:
        try:
            answer = client.get(f"{HALL}/queue")
            looks.append(answer.seconds * 1000 if answer.status == 200 else -1.0)
        except OSError:
            looks.append(-1.0)
        time.sleep(0.5)


def _family(one: Server) -> list[psutil.Process]:
    assert one.process is not None
    found: list[psutil.Process] = psutil.Process(one.process.pid).children(recursive=True)
    return found


def _memory(name: str, one: Server) -> Iterator[Row]:
    largest = max(web.memory_info().rss for web in one.webs()) / 2**20
    yield Row(f"{name}largest web process", largest, "MB", 150)


def _say(seen: Seen) -> None:
    for line in seen.failed[:5]:
        print(f"    {line}", flush=True)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--away", action="store_true")
    args = parser.parse_args()
    rows = told(away(short=args.short) if args.away else measure(short=args.short))
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
