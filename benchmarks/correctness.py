"""Nobody twice, nobody forgotten: a busy hall on four web processes, and with them killed.

    python -m benchmarks.correctness [--short] [--kill] [--database sqlite|postgres|both]

Sixteen clients take numbers of six series while windows call and finish; every window is used by
two clients, and every fifth visit takes a second service. With ``--kill`` web processes that this
run started are killed at random; clients repeat what was not answered with the same key.
"""

import argparse
import random
import threading
import time
from collections.abc import Iterator

import psutil

from benchmarks import audit
from benchmarks.rows import Row, told
from benchmarks.server import Server, server
from benchmarks.traffic import Caller, Quota, Seen, busy, drain

CLIENTS, PROCESSES = 16, 4


class Killer(threading.Thread):
    """Kills one of the server's own web processes at random, so many times during a run."""

    def __init__(self, one: Server, times: int, quota: Quota) -> None:
        super().__init__()
        self.one, self.quota, self.killed = one, quota, 0
        many = quota.left
        self.at = sorted(random.randint(many // 20, many * 19 // 20) for _ in range(times))

    def run(self) -> None:
        """Kill whenever so many numbers are left to be taken."""
        for left in reversed(self.at):
            while self.quota.left > left:
                time.sleep(0.01)
            self._kill()

    def _kill(self) -> None:
        for _ in range(500):  # all may be starting anew just now
            if webs := self.one.webs():
                try:
                    random.choice(webs).kill()
                except psutil.NoSuchProcess:
                    continue
                self.killed += 1
                return
            time.sleep(0.02)


def measure(database: str, *, short: bool = False, kill: bool = False) -> Iterator[Row]:
    """Run on one database, and look for what may never be."""
    tickets = 500 if short else 10_000
    times = 3 if short else 10
    name = f"{database}, killed: " if kill else f"{database}: "
    with server(database, processes=PROCESSES, windows=CLIENTS) as one:
        quota = Quota(tickets)
        killer = Killer(one, times, quota) if kill else None
        if killer:
            killer.start()
        seen = busy(one, CLIENTS, quota.more)
        if killer:
            killer.join()
            yield Row(f"{name}web processes killed", killer.killed, "", times, at_least=True)
        yield from _amounts(name, seen, tickets)
        drain(Caller(one, seen), CLIENTS)
        yield Row(f"{name}requests that failed", len(seen.failed), "", 0)
        yield from audit.told(name, seen)
        yield from audit.kept(name, seen, one)
    for line in seen.failed[:5]:
        print(f"    {line}", flush=True)


def _amounts(name: str, seen: Seen, tickets: int) -> Iterator[Row]:
    yield Row(f"{name}tickets taken", len(seen.taken), "", tickets, at_least=True)
    done = len(seen.taken) + len(seen.called) + len(seen.finished)
    yield Row(f"{name}takes, calls and finishes", done / seen.seconds, "/s")
    for what, many in sorted(seen.counts.items()):
        yield Row(f"{name}{what}", many, "times")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    args = parser.parse_args()
    wanted = ["sqlite", "postgres"] if args.database == "both" else [args.database]
    rows = [r for one in wanted for r in told(measure(one, short=args.short, kill=args.kill))]
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
