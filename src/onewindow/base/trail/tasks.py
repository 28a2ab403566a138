"""The worker's job: read the whole history and say whether it is as it was sealed."""

from typing import Any

from django_tasks import task

from onewindow.base.trail.actions import verifying
from onewindow.base.trail.models import Entry
from onewindow.base.trail.verify import troubles


@task(queue_name="long")
def verify(pk: int) -> None:
    """Verify once; the page shows how far it is and what was found."""
    if verifying.begin(pk):
        verifying.finish(pk, troubles(lambda row: verifying.go_on(pk, row)))


def on_asked(entry: Entry, _verification: Any) -> None:
    """Somebody asked: let the worker begin once this commits."""
    verify.enqueue(entry.subject_id)
