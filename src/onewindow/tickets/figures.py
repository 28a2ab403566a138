"""A day in five figures: who came, who was served, how long they waited, what was promised."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from onewindow.base.halls.models import Hall
from onewindow.tickets.kept import Kept, kept_on
from onewindow.tickets.models import Ticket, Visit
from onewindow.tickets.states import Channel, State


@dataclass(frozen=True)
class Figures:
    """The figures of a day; waits in seconds, None where nobody was called."""

    visitors: int
    served: int
    median_s: int | None
    ninetieth_s: int | None
    longest_s: int | None
    kept: Kept


def figures(hall: Hall, day: date) -> Figures:
    """Return the figures of a day, of what has happened until now; four queries."""
    rows = Ticket.objects.filter(hall=hall, day=day)
    called = rows.filter(called_at__isnull=False, back_filled=False)
    waits = sorted(called.values_list("waiting_s", flat=True))
    return Figures(
        visitors=Visit.objects.filter(_came(), hall=hall, day=day).count(),
        served=rows.filter(state=State.DONE).count(),
        median_s=_at(waits, 50),
        ninetieth_s=_at(waits, 90),
        longest_s=waits[-1] if waits else None,
        kept=kept_on(hall, day),
    )


def _came() -> Q:
    """Who took a number from afar came if the wait was told: that is done on arrival."""
    told = Ticket.objects.filter(visit=OuterRef("pk"), told_p80_s__isnull=False)
    return ~Q(channel=Channel.REMOTE) | Q(Exists(told))


def _at(ordered: list[int], percent: int) -> int | None:
    """Return the smallest that so many of a hundred do not exceed."""
    return ordered[-(-len(ordered) * percent // 100) - 1] if ordered else None
