"""``make run``: build the demonstration hall once, then let its day go on."""

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from tqdm import tqdm

from onewindow.base import clocks
from onewindow.base.deadlines.queries import spans
from onewindow.base.halls.models import Hall
from onewindow.simulator.dark import Dark
from onewindow.simulator.days import Shift, is_ordinary, next_morning, shift_to
from onewindow.simulator.furnish import build_past, people_and_screens
from onewindow.simulator.live import go_on

SLUG = "demo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The process that simulates is this command once more."""
    parser.add_argument("--simulate-only", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Build what is missing, set the clock, serve."""
    data = Path(settings.DATA)
    os.environ["ONEWINDOW_CLOCK"] = f"@{data / 'clock'}"
    os.environ["ONEWINDOW_DEMO"] = "1"
    url = f"http://127.0.0.1:{args.port}"
    if args.simulate_only:
        go_on(url, Hall.objects.get(slug=SLUG))
        return 0
    args.migrate()
    if not Hall.objects.filter(slug=SLUG).exists():
        _build(args, data)
    else:
        _set_clock(Hall.objects.get(slug=SLUG), data)
    listen = ["--port", str(args.port), "--simulate-only"]
    simulator = args.process("simulator", args.onewindow("demo", *listen))
    at = args.listening(args.host, args.port, args.processes)
    return int(args.run_up(at, [simulator], Dark(data).holds))


def _build(args: argparse.Namespace, data: Path) -> None:
    """Make the hall as ``onewindow init`` does, then people, screens and seven days."""
    hall = args.found(SLUG)
    people_and_screens(hall)
    morning = next_morning(hall, datetime.now(UTC))
    with tqdm(total=100, unit="%", desc="Building the demonstration", leave=False) as bar:

        def told(what: str, share: float) -> None:
            bar.set_postfix_str(what)
            bar.n = round(share * 100)
            bar.refresh()

        build_past(hall, morning, told)
    Shift(data).grow(shift_to(morning))


def _set_clock(hall: Hall, data: Path) -> None:
    """Go on with the day that was left; when its hours are over, with the next one's morning."""
    kept = Shift(data).read()
    now = datetime.now(UTC) + kept if kept is not None else datetime.now(UTC)
    today = spans(hall, hall.today(now))
    with clocks.at(now):
        goes_on = is_ordinary(hall, hall.today()) and today and today[0].start <= now
    if not goes_on or now > today[-1].end:
        Shift(data).grow(shift_to(next_morning(hall, now)))
