"""The estimate of a full hall: five hundred people wait, and each is told how long.

Measured whole, as a request works it out once in two seconds: the queue and the windows read, the
hall played on, and a range told to everybody. It runs in the server's own environment.

    python -m benchmarks.look TIMES     prints statements and milliseconds, as JSON
"""

import json
import os
import sys
import time
from collections.abc import Iterator

import django

from benchmarks.rows import Row, share
from benchmarks.server import server

FEW, MANY = 10, 500
WINDOWS, ZONES = 60, 5
LIMIT_MS = 30.0


def measure(database: str, *, short: bool = False) -> Iterator[Row]:
    """Measure the look at a hall where many wait; compare its statements with few."""
    times = 20 if short else 200
    few, _ = _asked(database, FEW, 2)
    statements, took = _asked(database, MANY, times)
    yield Row(f"{database}: statements of a look at {MANY} waiting", statements, "")
    yield Row(f"{database}: statements more than with {FEW} waiting", statements - few, "", 0)
    title = f"{database}: {MANY} waiting at {WINDOWS} windows, each told their wait, p95"
    yield Row(title, share(took, 0.95), "ms", LIMIT_MS)


def _asked(database: str, waiting: int, times: int) -> tuple[int, list[float]]:
    past = ("benchmarks.bulk", "1000", str(waiting))
    with server(database, windows=WINDOWS, zones=ZONES, before=past) as one:
        statements, took = json.loads(one.run("benchmarks.look", str(times)).splitlines()[-1])
        return statements, took


def main(times: int) -> None:
    """Look so many times, and print how many statements it was and how long each took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    django.setup()
    from django.db import connection  # noqa: PLC0415 (Django must be set up before)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from onewindow.base.halls.models import Hall  # noqa: PLC0415
    from onewindow.tickets import estimates  # noqa: PLC0415
    from onewindow.tickets.actions import pace  # noqa: PLC0415

    pace.learn_all()
    hall = Hall.objects.get()

    def look() -> float:
        estimates.forget()
        began = time.perf_counter()
        seen = estimates.look(hall)
        for due, service in seen.line:
            seen.curve.told(seen.lines[service].wait_s(due))
        return (time.perf_counter() - began) * 1000

    for _ in range(3):  # what is kept in memory is there
        look()
    with CaptureQueriesContext(connection) as asked:
        look()
    print(json.dumps([len(asked), [look() for _ in range(times)]]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
