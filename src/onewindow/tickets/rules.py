"""Pure decisions of the queue: who is due when, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from onewindow.tickets.states import Priority


@dataclass(frozen=True)
class TicketPolicy:
    """The hall's rules for its queue. Minutes and seconds are in the names."""

    credit_p1_min: int = 120
    credit_p2_min: int = 30
    credit_p3_min: int = 15
    p1_in_a_row: int = 2  # of three calls at one window at most so many P1; 3 turns the cap off
    first_choice_first: bool = False
    recalls: int = 3
    recall_gap_s: int = 20
    miss_after_recalls: int = 2
    come_back_min: int = 30
    come_back_behind: int = 3
    park_min: int = 30
    later_min: int = 10
    wrap_up_s: int = 0
    wait_target_min: int = 15  # the hall's promise: so many minutes, for four of five visitors


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
