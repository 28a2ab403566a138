"""Jobs of the worker: tell the hooks."""

from django_tasks import task

from onewindow.hooks import queries
from onewindow.hooks.actions import send


@task()
def send_due() -> None:
    """Send all that is due."""
    send.send_due()


def sweep() -> int:
    """Find what is due and let the worker send it. Called by the clock."""
    found = len(queries.hooks_with_work())
    if found and not queries.is_asked(send_due.module_path):
        send_due.enqueue()
    return found
