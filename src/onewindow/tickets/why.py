"""Why a ticket stands where it stands: one or two sentences that a person can say to a visitor."""

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.tickets.models import Ticket
from onewindow.tickets.states import OutOfOrder, Priority


def why(ticket: Ticket) -> str:
    """Explain the place of a ticket in the order, in the language now spoken."""
    parts = [_joined(ticket), _credit(ticket), _moved(ticket), _kept(ticket), _before(ticket)]
    gap = "" if (get_language() or "").startswith("zh") else " "
    return gap.join(part for part in parts if part)


def _joined(ticket: Ticket) -> str:
    local = timezone.localtime(ticket.visit.joined_at, ticket.hall.zone)
    return _("Took the number at {time}.").format(time=formats.date_format(local, "H:i"))


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
    reason = str(OutOfOrder(ticket.out_of_order).label)
    if ticket.out_of_order_by:
        reason = _("{reason} ({name})").format(reason=reason, name=ticket.out_of_order_by)
    return _("Called before the turn: {reason}.").format(reason=reason)
