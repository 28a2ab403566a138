"""Jobs of the worker: hand messages over."""

from typing import Any

from django_tasks import task

from onewindow.base.notify import actions, queries
from onewindow.base.trail.models import Entry


@task()
def deliver(pk: int) -> None:
    """Hand one message over."""
    actions.deliver(pk)


def on_queued(entry: Entry, _message: Any) -> None:
    """A message was put down: let the worker hand it over once this commits."""
    deliver.enqueue(entry.subject_id)


@task()
def deliver_due() -> None:
    """Hand over all that is due."""
    for pk in queries.due():
        actions.deliver(pk)


def sweep() -> int:
    """Find messages whose job was lost or that are to be tried again. Called by the clock.

    One job for all of them, so that a worker that is away finds no heap of jobs afterwards.
    """
    found = len(queries.due())
    if found:
        deliver_due.enqueue()
    return found
