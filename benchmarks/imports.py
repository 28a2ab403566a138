"""What an import of a long list costs: 2,000 services with their papers, while numbers are taken.

    python -m benchmarks.imports [--short] [--database sqlite|postgres|both]

The list is brought, checked, written and undone by the hall's own worker. Meanwhile numbers are
taken, and how long one waits for them is told, beside what it is without the import.
"""

import argparse
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.rows import Row, share, told
from benchmarks.server import Server, server

PAPERS = 3
LONGEST_S = 120
HOLDS_S = 0.3  # on SQLite nobody else writes while a transaction does


def measure(database: str, *, short: bool = False) -> Iterator[Row]:
    """Import a list, and undo it."""
    many = 100 if short else 2_000
    with server(database) as one:
        before = list[float]()
        _take(one, before, time.perf_counter() + (1 if short else 8))
        taking, waits = threading.Event(), list[float]()
        thread = threading.Thread(target=_take_until, args=(one, waits, taking), daemon=True)
        thread.start()
        found = json.loads(one.run("benchmarks.imports", "--act", str(many)).splitlines()[-1])
        taking.set()
        thread.join()
    name = f"{database}: {many:,} services with {many * PAPERS:,} papers"
    yield Row(f"{name}, read, checked and written", found["check"] + found["write"], "s", 20)
    yield Row(f"{name}, of it until the preview", found["check"], "s")
    yield Row(f"{name}, undone", found["undo"], "s")
    yield Row(f"{name}, the last transaction", found["holds"], "s", HOLDS_S)
    yield Row(f"{name}, signs of progress that were seen", found["signs"], "", 2, at_least=True)
    yield Row(f"{name}, services that are missing", many - found["made"], "", 0)
    yield Row(f"{name}, services still in use after undoing", found["left"], "", 0)
    yield Row(f"{name}, a take before, p95", share(before, 0.95) * 1000, "ms")
    yield Row(f"{name}, a take meanwhile, p95", share(waits, 0.95) * 1000, "ms", 250)
    yield Row(f"{name}, a take meanwhile, the longest", max(waits, default=0) * 1000, "ms")


def _take(one: Server, waits: list[float], until: float) -> None:
    client = one.client()
    while time.perf_counter() < until:
        waits.append(client.post("/api/v1/halls/bench/tickets", {"service": "A"}).seconds)
        time.sleep(0.1)


def _take_until(one: Server, waits: list[float], over: threading.Event) -> None:
    while not over.is_set():
        _take(one, waits, time.perf_counter() + 0.3)


def act(many: int) -> dict[str, Any]:
    """Bring, import and undo a list, as a page does, in the server's own environment."""
    import django  # noqa: PLC0415 (the parent needs none)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 (Django first)

    from onewindow.base.halls.models import Hall  # noqa: PLC0415
    from onewindow.base.trail import job  # noqa: PLC0415
    from onewindow.lists.actions import bring as actions  # noqa: PLC0415

    hall, by = Hall.objects.get(slug="bench"), job("benchmark")
    file = SimpleUploadedFile("list.xlsx", book(many))
    signs: set[int] = set()
    began = time.perf_counter()
    brought = actions.bring(hall=hall, kind="services", file=file, language="en", name="B", by=by)
    check = _wait(brought, "checked", signs, began)
    began = time.perf_counter()
    actions.want(brought=brought, by=by)
    write = _wait(brought, "done", signs, began)
    made = hall.services.filter(code__startswith="N-", archived_at=None).count()
    began = time.perf_counter()
    actions.undo(brought=brought, by=by)
    undo = _wait(brought, "undone", signs, began)
    left = hall.services.filter(code__startswith="N-", archived_at=None).count()
    figures = {"holds": _holds(hall, by, many), "check": check, "write": write, "undo": undo}
    return figures | {"made": made, "left": left, "signs": len(signs)}


def _holds(hall: Any, by: Any, many: int) -> float:
    """Import other services by hand; return how long the transaction is that puts them in use."""
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 (Django first)

    from onewindow.base.halls.models import Hall  # noqa: PLC0415
    from onewindow.lists import tasks  # noqa: PLC0415
    from onewindow.lists.actions import bring, check, write  # noqa: PLC0415
    from onewindow.lists.states import ImportState  # noqa: PLC0415

    file = SimpleUploadedFile("other.xlsx", book(many, "M"))
    given = {"hall": hall, "kind": "services", "file": file, "language": "en", "name": "B"}
    brought = bring.bring(**given, by=by)
    _wait(brought, "checked", set(), time.perf_counter())
    brought.move(ImportState.WRITING)  # and not ``want``: the worker would do it
    begun = check.begin(brought.pk)
    if begun is None:
        raise RuntimeError("somebody else has it")
    plan = tasks._plan(begun, Hall.objects.get(pk=hall.pk))
    write.stage(begun, plan)
    version = Hall.objects.get(pk=hall.pk).version
    began = time.perf_counter()
    write.put_in_use(begun, plan, version)
    return time.perf_counter() - began


def _wait(brought: Any, state: str, signs: set[int], began: float) -> float:
    """Wait until the worker has done its part; return how long that took."""
    while time.perf_counter() - began < LONGEST_S:
        brought.refresh_from_db()
        signs.add(brought.done)
        if brought.state == state:
            return time.perf_counter() - began
        if not brought.is_at_work:
            raise RuntimeError(f"{brought.state}: {brought.problems[:3]}")
        time.sleep(0.05)
    raise RuntimeError(f"still {brought.state}")


def book(many: int, series: str = "N") -> bytes:
    """Return a workbook of services with their papers."""
    import io  # noqa: PLC0415 (only here)

    import xlsxwriter  # noqa: PLC0415

    into = io.BytesIO()
    with xlsxwriter.Workbook(into, {"in_memory": True}) as made:
        services, papers = made.add_worksheet("Services"), made.add_worksheet("Papers")
        services.write_row(0, 0, ["Short code", "Name", "Group", "In one line", "Legal basis"])
        papers.write_row(0, 0, ["Service", "Name", "Copies", "Who issues it"])
        for n in range(many):
            words = [f"{series}-{n}", f"Service number {n}", "A", "What one comes for", "Law " * 30]
            services.write_row(n + 1, 0, words)
            for k in range(PAPERS):
                row = [f"{series}-{n}", f"Paper {k}", k, "The registry"]
                papers.write_row(n * PAPERS + k + 1, 0, row)
    return into.getvalue()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--act", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    args = parser.parse_args()
    if args.act:
        sys.stdout.write(json.dumps(act(args.act)) + "\n")
        return 0
    wanted = ["sqlite", "postgres"] if args.database == "both" else [args.database]
    rows = [row for one in wanted for row in told(measure(one, short=args.short))]
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
