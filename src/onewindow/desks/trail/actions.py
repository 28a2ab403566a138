"""Taking the history along is a row of the history."""

from collections.abc import Mapping

from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.base.trail.record import record


@action
def export(*, hall: Hall, asked: Mapping[str, str], by: By) -> Entry:
    """Write down who takes which part along. Only by this row can the file be fetched."""
    return record("trail.exported", hall, by=by, hall=hall.pk, label=hall.slug, asked=dict(asked))
