"""Whose turn it is, and why: a sentence or two for the visitor, from what the queue knows alone.

Who goes before is said by kind and number, never by name; of one's own class only what it counts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from onewindow.tickets.models import Ticket
from onewindow.tickets.states import Channel, OutOfOrder

BEHIND = {"came_back", "brought_back", "transfer_end"}


def why_waiting(ticket: Ticket, ahead: int, later: Sequence[Ticket]) -> str:
    """Say who goes before; ``later`` are those of them who came after this visitor."""
    return _together([_before(ticket, ahead, later[:ahead]), *_own(ticket)])


def why_called(ticket: Ticket, *, came_first: bool) -> str:
    """Say why it is this visitor's turn now."""
    if ticket.out_of_order:
        reason = OutOfOrder(ticket.out_of_order).label
        return _("You are called before your turn: {reason}.").format(reason=reason)
    if came_first:
        return _("It is your turn: of all who wait for this window you came first.")
    return _together([_("It is your turn at this window."), *_own(ticket)])


def _before(ticket: Ticket, ahead: int, later: Sequence[Ticket]) -> str:
    if ticket.visit.at_id is not None:
        return _("You are at a window now; after that you are called for this.")
    if ticket.is_early:
        return _(
            "Your appointment is at {time}. You are called about then, and earlier if a window is"
            " free."
        ).format(time=_time(ticket))
    if not ahead:
        return _("You are next: the first window that is free calls you.")
    if ticket.moved_because in BEHIND:
        return _moved(ticket, ahead)
    people, others = _people(later), ahead - len(later)
    if not later:
        return ngettext(
            "The person ahead of you took a number before you.",
            "The {n} people ahead of you took their numbers before you.",
            ahead,
        ).format(n=ahead)
    if not others:
        return _("{people} came after you but will be called first.").format(people=people)
    return ngettext(
        "{people} came after you but will be called first; one other came before you.",
        "{people} came after you but will be called first; the other {n} came before you.",
        others,
    ).format(people=people, n=others)


def _moved(ticket: Ticket, ahead: int) -> str:
    if ticket.moved_because == "transfer_end":
        words = ngettext(
            "You were moved here from another window: one person goes first.",
            "You were moved here from another window: {n} people go first.",
            ahead,
        )
    else:
        words = ngettext(
            "You were called and came later: one person goes first.",
            "You were called and came later: {n} people go first.",
            ahead,
        )
    return words.format(n=ahead)


def _own(ticket: Ticket) -> list[str]:
    """What sets one's own place apart."""
    parts = _booked(ticket)
    minutes = ticket.credit_s // 60
    if minutes:
        parts.append(
            _("Your priority counts as if you had come {n} minutes earlier.").format(n=minutes)
        )
    if ticket.only_window is not None:
        label = ticket.only_window.label
        parts.append(_("You wait for window {window} alone.").format(window=label))
    return parts


def _booked(ticket: Ticket) -> list[str]:
    """What an appointment does to one's place."""
    if ticket.booked_for is None or ticket.is_early:
        return []
    if ticket.due < ticket.booked_for:
        words = _("Your appointment at {time} keeps your place: you are called about then.")
    else:
        words = _("You came too late for {time}: your place counts from when you checked in.")
    return [words.format(time=_time(ticket))]


def _time(ticket: Ticket) -> str:
    """The time of an appointment, as the hall's clock shows it."""
    local = timezone.localtime(ticket.booked_for, ticket.hall.zone)
    return formats.date_format(local, "H:i")


def _people(later: Iterable[Ticket]) -> str:
    """Those who came later, by why they go first: ``2 people with an appointment and ...``."""
    counted = Counter(_kind(one) for one in later)
    words = {
        "appointment": ngettext(
            "{n} person with an appointment",
            "{n} people with an appointment",
            counted["appointment"],
        ),
        "priority": ngettext(
            "{n} person with priority", "{n} people with priority", counted["priority"]
        ),
        "moved": ngettext(
            "{n} person sent on by another window",
            "{n} people sent on by another window",
            counted["moved"],
        ),
    }
    said = [words[kind].format(n=counted[kind]) for kind in words if counted[kind]]
    return _(" and ").join(said)


def _kind(ticket: Ticket) -> str:
    if ticket.visit.channel == Channel.APPOINTMENT:
        return "appointment"
    return "priority" if ticket.credit_s else "moved"


def _together(sentences: Iterable[str]) -> str:
    gap = "" if (get_language() or "").startswith("zh") else " "
    return gap.join(sentences)
