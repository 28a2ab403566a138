"""The worker alone: does the jobs that were asked for. `onewindow up` runs it; several may.

What takes minutes (a file of a million tickets) stands in a line of its own, ``long``, so that
messages do not wait behind it.
"""

import argparse
import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from onewindow.base.live import hearing
from onewindow.base.ticks.actions.life import sign_of_life
from onewindow.base.ticks.queries import WORKER
from onewindow.config.commands import leave
from onewindow.config.signals import Stop

logger = logging.getLogger(__name__)
LOOK_EVERY = 0.5
SIGN_EVERY = 10.0
LONGEST_PAUSE = 10.0
SHORT, LONG = "default", "long"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``onewindow worker`` takes none."""


def run(args: argparse.Namespace) -> int:
    """Do jobs until SIGTERM. A database that is gone is waited for."""
    stop = Stop()
    hearing.start(has_screens=False)
    threading.Thread(target=serve, args=(LONG, stop, _sleep(stop)), daemon=True).start()
    serve(SHORT, stop, stop.wait)
    leave(0)  # a long job is not waited for: its row is swept, and it begins again


def serve(queue: str, stop: Stop, wait: Callable[[float], bool]) -> None:
    """Do the jobs of one line until told to end."""
    worker_id, pause, signed = get_random_string(32), LOOK_EVERY, float("-inf")
    while not wait(pause):
        try:
            if queue == SHORT and time.monotonic() - signed >= SIGN_EVERY:
                sign_of_life(WORKER)
                signed = time.monotonic()
            do_jobs(worker_id, stop, queue)
            pause = LOOK_EVERY
        except DatabaseError as gone:
            if pause == LOOK_EVERY:
                logger.error("the database does not answer: %s", gone)
            pause = min(LONGEST_PAUSE, pause * 2)
        finally:
            close_old_connections()


def _sleep(stop: Stop) -> Callable[[float], bool]:
    """Return a wait for a thread that hears no signals."""

    def wait(seconds: float) -> bool:
        time.sleep(seconds)
        return stop.asked

    return wait


def do_jobs(worker_id: str, stop: Stop, queue: str = SHORT) -> None:
    """Do what is ready, one after the other.

    Looking is a plain read. The library's own loop takes the one write lock of SQLite each time
    it looks, and dies with the database, so it is used for one job at a time.
    """
    while not stop.asked and DBTaskResult.objects.ready().filter(queue_name=queue).exists():
        Worker(
            queue_names=[queue],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=worker_id,
            excluded_queue_names=[],
        ).run()
