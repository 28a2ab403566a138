"""What a large past and a long queue cost: take and call next in halls of three sizes.

    python -m benchmarks.size [--short] [--database sqlite|postgres|both]

The three halls run at once and are measured in turns, so that what else the machine does falls on
all of them alike. One client takes, calls and finishes: the queue stays as long as it was.
"""

import argparse
import gc
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from benchmarks.rows import Row, share, told
from benchmarks.server import Server, server

HALL = "/api/v1/halls/bench"
WINDOWS = 16
PAST, QUEUE = 1.3, 1.5
STATEMENTS, SLOW_MS = 10, 150.0
VERBS = ("take", "call next")


@dataclass
class Place:
    """A hall of one size, and how long its requests took in milliseconds."""

    one: Server
    took: dict[str, list[float]] = field(default_factory=lambda: {verb: [] for verb in VERBS})
    turn: int = 0

    def cycles(self, many: int) -> None:
        """Take a number, call who is next, let them go."""
        client = self.one.client()
        for _ in range(many):
            self.turn += 1
            taken = client.post(f"{HALL}/tickets", {"service": "ABCDEF"[self.turn % 6]})
            label = self.turn % WINDOWS + 1
            called = client.post(f"{HALL}/windows/{label}/call-next")
            assert (taken.status, called.status) == (201, 200), (taken, called)
            client.post(f"/api/v1/tickets/{called.json['id']}/finish")
            for verb, answer in zip(VERBS, (taken, called), strict=True):
                self.took[verb].append(answer.seconds * 1000)
        client.close()

    def p95(self, verb: str) -> float:
        """The 95th percentile."""
        return share(self.took[verb], 0.95)


def measure(database: str, *, short: bool = False) -> Iterator[Row]:
    """Compare a hall with a long past, and one with a long queue, with a young and quiet one."""
    past, queue = (10_000, 200) if short else (1_000_000, 2_000)
    rounds, cycles = (2, 30) if short else (12, 100)
    with ExitStack() as halls:
        began = time.perf_counter()
        old = Place(halls.enter_context(_hall(database, past, 20)))
        yield Row(f"{database}: load and start with {past:,} finished tickets", _since(began), "s")
        quiet = Place(halls.enter_context(_hall(database, 1_000, 20)))
        crowded = Place(halls.enter_context(_hall(database, 1_000, queue)))
        for place in (quiet, old, crowded):
            place.cycles(20)  # what is kept in memory is there
            place.took = {verb: [] for verb in VERBS}
        gc.disable()
        for _ in range(rounds):
            for place in (quiet, old, crowded):
                place.cycles(cycles)
        gc.enable()
        for verb in VERBS:
            yield Row(f"{database}: {verb}, 1,000 finished, 20 waiting, p95", quiet.p95(verb), "ms")
        yield from _against(f"{database}: {{}}, {past:,} finished", old, quiet, PAST)
        yield from _against(f"{database}: {{}}, {queue:,} waiting", crowded, quiet, QUEUE)
        yield from _plans(database, old.one)


def _hall(database: str, finished: int, waiting: int):  # type: ignore[no-untyped-def]
    return server(
        database, windows=WINDOWS, before=("benchmarks.bulk", str(finished), str(waiting))
    )


def _since(began: float) -> float:
    return time.perf_counter() - began


def _against(name: str, place: Place, quiet: Place, limit: float) -> Iterator[Row]:
    for verb in VERBS:
        yield Row(f"{name.format(verb)}, p95", place.p95(verb), "ms")
        ratio = place.p95(verb) / quiet.p95(verb)
        yield Row(f"{name.format(verb)}, p95 against the quiet hall", ratio, "×", limit)


def _plans(database: str, one: Server) -> Iterator[Row]:
    """Say how many statements each request is, and whether one reads a whole table."""
    one.stop()
    scans, slowest, slow = 0, 0.0, ""
    for line in one.run("benchmarks.plans", one.key).splitlines():
        name, statements, whole, took = line.split("\t")
        if name in VERBS:
            yield Row(f"{database}: statements of {name}", float(statements), "", STATEMENTS)
        scans += int(whole)
        if float(took) > slowest:
            slowest, slow = float(took), name
    yield Row(f"{database}: statements that read a whole table that grows", scans, "", 0)
    yield Row(f"{database}: slowest statement ({slow})", slowest, "ms", SLOW_MS)


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
