"""Why a ticket stands where it stands: one or two sentences that a person can say to a visitor."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.floor.queries import profile_of
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import OutOfOrder, Priority

NAMED = 3  # so many numbers are named, the others are "others"


def why(ticket: Ticket) -> str:
    """Explain the place of a ticket in the order, in the language now spoken."""
    if ticket.is_walk_in:
        return _("Served without a number.")
    told = (_joined, _booked, _credit, _moved, _kept, _before)
    parts = [tell(ticket) for tell in told]
    gap = "" if (get_language() or "").startswith("zh") else " "
    return gap.join(part for part in parts if part)


def why_now(ticket: Ticket, passed: Sequence[Ticket]) -> str:
    """Say in one sentence why this one was called now: before whom, and for what reason."""
    if ticket.called_at is None:
        return ""
    if ticket.is_walk_in:
        return _("Served without a number.")
    if not passed:
        return _before(ticket) or _("Nobody who came earlier waits for this window.")
    return _("Called before {numbers}, who came earlier: {reason}.").format(
        numbers=_numbers([one.number for one in passed]), reason=_reason(ticket, passed[0])
    )


def _numbers(passed: list[str]) -> str:
    """The first of them by number, the others in a word."""
    named = _(", ").join(passed[:NAMED])
    return _("{numbers} and others").format(numbers=named) if passed[NAMED:] else named


def _reason(ticket: Ticket, other: Ticket) -> str:
    """Why a ticket was called before one that came earlier."""
    if ticket.out_of_order:
        return _order(ticket)
    if other.due <= ticket.due:
        return _not_the_other(ticket, other)
    if other.is_early:
        return _("their appointment is at {time}").format(time=_time(ticket, other.booked_for))
    if ticket.booked_for:
        return _("has an appointment at {time}").format(time=_time(ticket, ticket.booked_for))
    if ticket.credit_s > other.credit_s:
        return _("counts as {minutes} minutes earlier ({reason})").format(
            reason=Priority(ticket.visit.priority).label, minutes=ticket.credit_s // 60
        )
    moves = {
        "transfer_end": _("they were moved here, to the end"),
        "came_back": _("they missed their call and came back"),
        "brought_back": _("they were brought back after a no-show"),
    }
    return moves.get(other.moved_because, _("moved here, to the front"))


def _not_the_other(ticket: Ticket, other: Ticket) -> str:
    """Why one who was due earlier was passed by."""
    first = profile_of(ticket.window).first if ticket.window else ()
    if other.service_id not in first and ticket.service_id in first:
        return _("this window serves its own services first")
    if other.visit.priority == Priority.P1 and ticket.visit.priority != Priority.P1:
        return _("after two with priority it is everyone's turn")
    return _("they could not be called at that moment")


def _joined(ticket: Ticket) -> str:
    said = _("Checked in at {time}.") if ticket.booked_for else _("Took the number at {time}.")
    return said.format(time=_time(ticket, ticket.visit.joined_at))


def _booked(ticket: Ticket) -> str:
    """What an appointment does to the place: nothing yet, about its time, or no more."""
    if ticket.booked_for is None:
        return ""
    if ticket.is_early:
        words = _("Appointment at {time}: before that, only an idle window calls.")
    elif ticket.due < ticket.booked_for:
        words = _("Appointment at {time}: placed so as to be called about then.")
    else:
        words = _("Came too late for the appointment at {time}: stands as from the check-in.")
    return words.format(time=_time(ticket, ticket.booked_for))


def _time(ticket: Ticket, at: datetime | None) -> str:
    """A moment as the hall's clock shows it."""
    return formats.date_format(timezone.localtime(at, ticket.hall.zone), "H:i")


def _credit(ticket: Ticket) -> str:
    minutes = ticket.credit_s // 60
    if not minutes:
        return ""
    return _("Counts as {minutes} minutes earlier: {reason}.").format(
        minutes=minutes, reason=Priority(ticket.visit.priority).label
    )


def _moved(ticket: Ticket) -> str:
    moves = {
        "transfer_front": _("Moved from another window, to the front."),
        "transfer_end": _("Moved from another window, to the end."),
        "came_back": _("Was missed and came back: behind the next in line."),
        "brought_back": _("Was brought back after a no-show: behind the next in line."),
    }
    return moves.get(ticket.moved_because, "")


def _kept(ticket: Ticket) -> str:
    if ticket.only_window is None:
        return ""
    return _("Waits for window {window} alone.").format(window=ticket.only_window.label)


def _before(ticket: Ticket) -> str:
    if not ticket.out_of_order:
        return ""
    return _("Called before the turn: {reason}.").format(reason=_order(ticket))


def _order(ticket: Ticket) -> str:
    reason = str(OutOfOrder(ticket.out_of_order).label)
    if ticket.out_of_order_by:
        reason = _("{reason} ({name})").format(reason=reason, name=ticket.out_of_order_by)
    return reason
