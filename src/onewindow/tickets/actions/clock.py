"""Change a hall's clock: its time zone, and the hour at which its day begins.

Numbers, their day and the times that were booked follow it; so it is changed when nobody holds one.
"""

from django.utils.translation import gettext_lazy as _

from onewindow.base.action import action
from onewindow.base.deadlines.actions import recompute
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By, editing
from onewindow.base.web.refused import Refused
from onewindow.tickets.models import Appointment, Ticket
from onewindow.tickets.states import OPEN, AppointmentState

CLOCK = ("timezone", "day_starts")


class NumbersAreHeld(Refused):
    """Visitors hold numbers of the day as it is counted now."""

    sentence = _(
        "{count} visitors hold a number of this day. The time zone and the beginning of the day "
        "can be changed when everybody was served."
    )


class TimesAreBooked(Refused):
    """Appointments are booked by the clock as it is now."""

    sentence = _(
        "{count} appointments are booked by the clock of {zone}. They take place or are cancelled "
        "first; then the time zone and the beginning of the day can be changed."
    )


@action
def save_hall(*, hall: Hall, row: Hall, values: editing.Values, by: By, seen: str = "") -> Hall:
    """Describe the hall. What is due is worked out anew where its clock changes.

    Raise NumbersAreHeld or TimesAreBooked where a change of the clock would shift those.
    """
    before = Hall.objects.select_for_update(no_key=True).get(pk=row.pk)
    changes = changes_clock(before, values)
    if changes:
        stands_still(before)
    saved = editing.edit(hall=hall, row=row, values=values, by=by, seen=seen)
    if changes:
        recompute(hall=saved, by=by)
    return saved


def changes_clock(hall: Hall, values: editing.Values) -> list[str]:
    """Return which of these values would change the hall's clock."""
    return [name for name in CLOCK if name in values and values[name] != getattr(hall, name)]


def stands_still(hall: Hall) -> None:
    """Raise NumbersAreHeld, or TimesAreBooked, where the hall's clock cannot be changed now."""
    held = Ticket.objects.filter(hall=hall, state__in=OPEN).count()
    if held:
        raise NumbersAreHeld(count=held)
    booked = Appointment.objects.filter(hall=hall, state=AppointmentState.BOOKED).count()
    if booked:
        raise TimesAreBooked(count=booked, zone=hall.timezone)
