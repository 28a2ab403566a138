"""The demonstration's one row."""

from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import NotFound
from onewindow.simulator.models import Demonstration


def locked(hall: Hall) -> Demonstration:
    """Return the row, locked. Raise NotFound in a real hall."""
    row = Demonstration.objects.select_for_update().filter(hall=hall).first()
    if row is None:
        raise NotFound
    return row
