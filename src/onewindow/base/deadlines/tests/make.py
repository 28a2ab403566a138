"""Furniture: opening hours."""

from datetime import time

from onewindow.base.deadlines.actions import set_hours
from onewindow.base.halls.models import Hall
from onewindow.base.trail import job

NINE, NOON, HALF_PAST_ONE, FIVE = time(9), time(12), time(13, 30), time(17)
TWO_SPANS = ((NINE, NOON), (HALF_PAST_ONE, FIVE))


def office_hours(hall: Hall) -> None:
    """Let a hall open on weekdays, 09:00 to 12:00 and 13:30 to 17:00."""
    set_hours(hall=hall, week=dict.fromkeys(range(5), TWO_SPANS), by=job("test"))
