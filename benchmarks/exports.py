"""What an export of a long past costs: CSV streamed to somebody, an Excel file by the worker.

    python -m benchmarks.exports [--short] [--database sqlite|postgres|both]

The web's memory is looked at while the rows go out, beside what it was before; so is the worker's.
Meanwhile numbers are taken, and how long one waits for them is told.
"""

import argparse
import http.client
import json
import re
import threading
import time
from collections.abc import Iterator

import psutil

from benchmarks.client import Client
from benchmarks.people import CSRF
from benchmarks.rows import Row, share, told
from benchmarks.server import Server, server

MEGABYTE = 2**20
SPAN = {"first": "2000-01-01", "last": "2100-01-01"}
PAGE = "/s/bench/tickets/export/"


class Watch(threading.Thread):
    """Looks at the memory of processes until it is told to end; ``grown`` is the most it saw."""

    def __init__(self, processes: list[psutil.Process]) -> None:
        super().__init__(daemon=True)
        self._processes, self._over = processes, threading.Event()
        self._before = self._memory()
        self.grown = 0

    def run(self) -> None:
        while not self._over.wait(0.1):
            self.grown = max(self.grown, self._memory() - self._before)

    def end(self) -> float:
        """Stop looking; return the most it grew, in megabytes."""
        self._over.set()
        self.join()
        return self.grown / MEGABYTE

    def _memory(self) -> int:
        return max(process.memory_info().rss for process in self._processes)


def measure(database: str, *, short: bool = False) -> Iterator[Row]:
    """Export everything twice, once each way."""
    many = 20_000 if short else 1_000_000
    before = ("benchmarks.bulk", str(many), "20")
    with server(database, before=before) as one:
        signed = json.loads(one.run("benchmarks.people", "sign-in").splitlines()[-1])
        cookie = signed["cookies"]["duty_manager"]
        yield from _csv(f"{database}: CSV of {many:,} tickets", one, cookie, many)
        yield from _xlsx(f"{database}: Excel file of {many:,} tickets", one, cookie, many)


def _csv(name: str, one: Server, cookie: str, many: int) -> Iterator[Row]:
    watch, began, waits = Watch(one.webs()), time.perf_counter(), list[float]()
    watch.start()
    taking = threading.Thread(target=_take, args=(one, watch, waits), daemon=True)
    taking.start()
    line = http.client.HTTPConnection("127.0.0.1", one.port, timeout=120)
    line.request("GET", f"{PAGE}{SPAN['first']}/{SPAN['last']}.csv", headers=_headers(cookie))
    answer, lines = line.getresponse(), 0
    while chunk := answer.read(65_536):
        lines += chunk.count(b"\n")
    yield Row(f"{name}, streamed", time.perf_counter() - began, "s")
    yield Row(f"{name}, the web's memory grew by", watch.end(), "MB", 100)
    taking.join()
    yield Row(f"{name}, a take meanwhile, p95", share(waits, 0.95) * 1000, "ms")
    yield Row(f"{name}, tickets that are missing", max(0, many - lines + 1), "", 0)


def _xlsx(name: str, one: Server, cookie: str, many: int) -> Iterator[Row]:
    assert one.process is not None
    family = psutil.Process(one.process.pid).children(recursive=True)
    workers = [process for process in family if "worker" in process.cmdline()]
    watch, began = Watch(workers), time.perf_counter()
    watch.start()
    both = f"Cookie: ow_session={cookie}; ow_csrf={CSRF}\r\nX-CSRFToken: {CSRF}\r\n"
    client, days = Client(one.port, more=both), "&".join(f"{k}={v}" for k, v in SPAN.items())
    assert client.send_form(f"{PAGE}ask", f"{days}&as=xlsx").status == 302
    while b".xlsx" not in (shown := client.get(f"{PAGE}files").body):
        assert b"chip bad" not in shown, "it could not be made"
        time.sleep(1)
    done = re.search(rb">(\d+) tickets", shown)
    yield Row(f"{name}, made", time.perf_counter() - began, "s")
    yield Row(f"{name}, the worker's memory grew by", watch.end(), "MB", 100)
    yield Row(
        f"{name}, tickets that are missing", max(0, many - int(done[1] if done else 0)), "", 0
    )


def _headers(cookie: str) -> dict[str, str]:
    return {"Cookie": f"ow_session={cookie}", "Accept-Language": "en"}


def _take(one: Server, watch: Watch, waits: list[float]) -> None:
    """Take a number five times a second for as long as the watch looks."""
    client = one.client()
    while watch.is_alive():
        waits.append(client.post("/api/v1/halls/bench/tickets", {"service": "A"}).seconds)
        time.sleep(0.2)


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
