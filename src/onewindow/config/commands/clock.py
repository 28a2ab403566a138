"""The clock alone: heartbeat, sweeps, seals. `onewindow up` runs it; several machines may."""

import argparse

from apscheduler.schedulers.background import BackgroundScheduler
from django.db import close_old_connections

from onewindow.base.live import hearing
from onewindow.config import ticks
from onewindow.config.commands import leave
from onewindow.config.signals import Stop
from onewindow.config.ticks import TICKS, Every


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``onewindow clock`` takes none."""


def run(args: argparse.Namespace) -> int:
    """Let every tick come round until SIGTERM."""
    stop = Stop()
    hearing.start(has_screens=False)
    for first in TICKS:  # the heartbeat stands first: an outage is known before anything is swept
        if stop.asked:
            return 0
        tick(first)
    scheduler = _scheduler()
    scheduler.start()
    while not stop.wait(3600):
        continue
    scheduler.shutdown(wait=False)
    leave(0)  # a tick that is under way is not waited for: its transaction is whole or undone


def tick(due: Every) -> None:
    """Do a tick with a connection that is alive, and give it back."""
    close_old_connections()
    ticks.run(due)
    close_old_connections()


def _scheduler() -> BackgroundScheduler:
    """Plan the ticks in one timetable: late is better than never, and never twice at once."""
    scheduler = BackgroundScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for each in TICKS:
        scheduler.add_job(tick, "interval", [each], seconds=each.seconds, id=each.name)
    return scheduler
