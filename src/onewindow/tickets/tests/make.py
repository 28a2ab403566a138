"""Short ways to say what stories about appointments need."""

from collections.abc import Callable
from datetime import date, datetime, time

from onewindow.tickets.models import Appointment
from tests.fixtures.world import MONDAY_AT_TEN, SHANGHAI

MONDAY = MONDAY_AT_TEN.date()
Book = Callable[..., Appointment]


def at(clock: str, day: date = MONDAY) -> datetime:
    """Return a time of the story's Monday, or of another day."""
    return datetime.combine(day, time.fromisoformat(clock), SHANGHAI)
