"""Whose turn is it? One row per tick, moved on by whoever does it."""

from datetime import timedelta

from django.db.models import Q

from onewindow.base import clocks
from onewindow.base.ticks.models import Tick

SLACK = timedelta(seconds=1)


def claim(name: str, every: timedelta) -> bool:
    """Take a tick that is due; False when it is not, or another process has taken it.

    The next time comes a little early, so that a clock that wakes a moment before the full
    interval does not wait a whole one more. A due time far ahead means that the clock was set
    back: it counts as due.
    """
    now = clocks.now()
    next_due = now + every - min(SLACK, every / 10)
    is_due = Q(due__lte=now) | Q(due__gt=now + 2 * every)
    if Tick.objects.filter(is_due, name=name).update(due=next_due):
        return True
    if Tick.objects.filter(name=name).exists():
        return False
    return Tick.objects.get_or_create(name=name, defaults={"due": next_due})[1]


def ran(name: str, problem: str = "") -> None:
    """Note that a tick was run, and what went wrong."""
    Tick.objects.filter(name=name).update(ran_at=clocks.now(), problem=problem[:200])
