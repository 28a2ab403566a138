"""Pure decisions of the queue: who is due when, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.setting import setting
from onewindow.tickets.states import Priority


@dataclass(frozen=True)
class TicketPolicy:
    """The hall's rules for its queue. Minutes and seconds are in the names."""

    title: ClassVar = _("Queue rules")
    icon: ClassVar = "list-ordered"

    credit_p1_min: int = setting(
        120,
        _("Head start of the first class, minutes"),
        _("Disabled, pregnant, with infant, or 80 and older: as if they had come so much earlier."),
        between=(0, 600),
        part=_("Priority"),
    )
    credit_p2_min: int = setting(
        30, _("Head start of who returns with a notice, minutes"), between=(0, 600)
    )
    credit_p3_min: int = setting(
        15,
        _("Head start of the third class, minutes"),
        _("70 and older, and whom the hall honours."),
        between=(0, 600),
    )
    p1_in_a_row: int = setting(
        2,
        _("Of three calls at one window, at most so many of the first class"),
        _("3: no cap."),
        between=(1, 3),
    )
    first_choice_first: bool = setting(
        False,
        _("Windows call their first choices before all others"),
        _("Otherwise the second choices take part in the same order."),
    )
    recalls: int = setting(
        3, _("A number is called again at most"), between=(0, 9), part=_("Calls")
    )
    recall_gap_s: int = setting(
        20,
        _("Seconds between two calls of a number"),
        _("The walking time of the zone is added."),
        between=(0, 300),
    )
    miss_after_recalls: int = setting(
        2, _("It may be marked missed after so many repeated calls"), between=(0, 9)
    )
    come_back_min: int = setting(
        30,
        _("Who missed the call may come back within, minutes"),
        between=(0, 600),
        part=_("Missed and set aside"),
    )
    come_back_behind: int = setting(3, _("And then stands behind the next"), between=(0, 20))
    park_min: int = setting(30, _("A number is set aside for, minutes"), between=(1, 600))
    later_min: int = setting(10, _("“I need more time” gives, minutes"), between=(1, 120))
    wrap_up_s: int = setting(
        0,
        _("Time to finish the papers after a visitor, seconds"),
        _("0: the next visitor may be called at once."),
        between=(0, 120),
        part=_("Pace"),
    )
    auto_call_s: int = setting(
        0,
        _("A free window calls by itself when somebody has waited for it, seconds"),
        _("0: never. Only from an open desk or strip; its clerk can let it wait."),
        between=(0, 600),
    )
    wait_target_min: int = setting(
        15,
        _("The hall's promise: nobody waits longer than, minutes"),
        _("Kept when four of five visitors are served within it."),
        between=(1, 600),
    )


def credit(priority: Priority, policy: TicketPolicy) -> timedelta:
    """Return what a class takes off the joining time. Finite, so that nobody starves."""
    minutes = {
        Priority.P1: policy.credit_p1_min,
        Priority.P2: policy.credit_p2_min,
        Priority.P3: policy.credit_p3_min,
        Priority.P4: 0,
    }
    return timedelta(minutes=minutes[priority])


def due(joined: datetime, priority: Priority, policy: TicketPolicy) -> datetime:
    """Return the one key that orders a queue: joined − credit(class)."""
    return joined - credit(priority, policy)


def mark(p80_s: int, policy: TicketPolicy) -> str:
    """Return how a wait stands against the promise: ok, warn from four fifths of it, bad beyond."""
    target_s = policy.wait_target_min * 60
    if p80_s > target_s:
        return "bad"
    return "warn" if p80_s > target_s * 4 / 5 else "ok"


def number_text(series: str, sequence: int) -> str:
    """Return how a number is called and printed: ``A037``."""
    return f"{series}{sequence:03d}"


def too_many_p1(last_called: list[str], policy: TicketPolicy) -> bool:
    """Say whether the next call of a window must not be a P1 once more.

    ``last_called`` are the classes of its last two calls. With the cap of 2, two P1 in a row are
    enough: of any three calls at most two are P1.
    """
    wanted = policy.p1_in_a_row
    return wanted < 3 and last_called[:wanted].count(Priority.P1) >= wanted


def quantile(ordered: list[int], share: float) -> int:
    """Return a quantile of ascending values, interpolated; 0 of nothing."""
    if not ordered:
        return 0
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return round(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def shrunk(own: float, many: int, general: float, weight: int = 20) -> int:
    """Return a value learnt from ``many`` cases, drawn to the general one when few."""
    return round((own * many + general * weight) / (many + weight))
