"""Jobs of the worker: let printers print."""

from django_tasks import task

from onewindow.base.trail.models import Entry
from onewindow.printing import actions, queries
from onewindow.printing.models import PrintJob


@task()
def work(printer: int) -> None:
    """Let one printer do what waits for it."""
    actions.work(printer)


def on_queued(_entry: Entry, asked: PrintJob) -> None:
    """A paper was put down: let the worker print it once this commits."""
    work.enqueue(asked.printer_id)


def sweep() -> int:
    """Find printers whose job was lost, that rested, or were not asked for a while.

    Called by the clock.
    """
    found = queries.due()
    for printer in found:
        work.enqueue(printer)
    return len(found)
