"""How well the hall was right: who was called within the time that they were told."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Q

from onewindow.base.halls.memory import remembered
from onewindow.base.halls.models import Hall
from onewindow.tickets.models import Ticket

FEWEST = 20  # of fewer nothing is said
LEEWAY_S = 30  # times are told in minutes


class Kept(NamedTuple):
    """How many were told a time, and how many of them were called within it."""

    told: int
    kept: int


def yesterday(hall: Hall) -> Kept | None:
    """Return how well yesterday's visitors were told; None when there were too few."""
    found = on(hall, hall.today() - timedelta(days=1))
    return found if found.told >= FEWEST else None


@remembered
def on(hall: Hall, day: date) -> Kept:
    """Return how well the visitors of a day that is over were told."""
    return kept_on(hall, day)


def kept_on(hall: Hall, day: date) -> Kept:
    """Return how well the visitors of a day were told, until now."""
    in_time = Count("pk", filter=Q(late_s__lt=LEEWAY_S))
    rows = Ticket.objects.filter(hall=hall, day=day, late_s__isnull=False)
    return Kept(**rows.aggregate(told=Count("pk"), kept=in_time))
