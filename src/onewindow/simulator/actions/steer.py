"""Steering the demonstration: pause it, thicken it, join it, go on to the next day."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import BadInput, NotFound, Refused
from onewindow.simulator.actions.row import locked
from onewindow.simulator.days import Shift, next_morning, shift_to
from onewindow.simulator.furnish import JOINING
from onewindow.simulator.queries import next_day_at

TRAFFIC = (0.5, 1.0, 2.0, 4.0)


class DayGoesOn(Refused):
    """A new day begins when the hall is closed."""

    sentence = _("Today still goes on: close the hall first.")


@action
def pause(*, hall: Hall, paused: bool, by: By) -> None:
    """Let simulated people stand still, or go on."""
    row = locked(hall)
    row.paused = paused
    row.save(update_fields=["paused"])
    record("demonstration.paused" if paused else "demonstration.goes_on", row, by=by)


@action
def set_traffic(*, hall: Hall, traffic: float, by: By) -> None:
    """Let more or fewer people come."""
    if traffic not in TRAFFIC:
        raise BadInput(problem=_("There is no such traffic."))
    row = locked(hall)
    row.traffic = traffic
    row.save(update_fields=["traffic"])
    record("demonstration.traffic", row, by=by, traffic=traffic)


@action
def new_day(*, hall: Hall, by: By) -> None:
    """Begin a new day at once: the clock goes on to the next morning. The hall is closed.

    Whatever happened today is put right over night.
    """
    row = locked(hall)
    if next_day_at(hall) is None:
        raise DayGoesOn
    row.jammed, row.away, row.happened = False, "", {}
    row.save(update_fields=["jammed", "away", "happened"])
    morning = next_morning(hall, clocks.now() + timedelta(hours=1))
    record("demonstration.new-day", row, by=by, topics=("hall",), day=morning.date().isoformat())
    Shift(Path(settings.DATA)).grow(shift_to(morning))


def person_for(hall: Hall, role: str) -> User:
    """Return the person one plays when one joins as a role. Raise NotFound."""
    number = JOINING.get(Role(role)) if role in Role.values else None
    user = User.objects.filter(staff_number=number, memberships__hall=hall).first()
    if user is None:
        raise NotFound
    return user
