"""How long people wait: worked out per hall from one look at the queue, at most two seconds old.

First form: quantiles of the service time × people ahead / the share of open windows that serve it.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, timedelta

from onewindow.base import clocks
from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.catalogue.queries import services
from onewindow.floor.models import Session
from onewindow.floor.queries import windows
from onewindow.floor.states import SessionState
from onewindow.tickets.models import Pace, Ticket
from onewindow.tickets.states import State

MAX_AGE = timedelta(seconds=2)


@dataclass(frozen=True)
class Estimate:
    """A service's queue: people waiting, and the wait of who joins now, in seconds."""

    waiting: int
    p50_s: int
    p80_s: int


@dataclass(frozen=True)
class Paces:
    """What one more person ahead costs, in seconds: the middle and the long case."""

    p50_s: float
    p80_s: float


@dataclass(frozen=True)
class Look:
    """One look at a hall's queue. ``dues`` are ascending per service."""

    at: datetime
    dues: dict[int, list[datetime]]
    paces: dict[int, Paces]
    idle: frozenset[int]

    def ahead(self, service_id: int, due: datetime) -> int:
        """How many of this service are due before that moment."""
        return bisect_left(self.dues.get(service_id, []), due)

    def wait(self, service_id: int, ahead: int) -> tuple[int, int]:
        """P50 and P80 of the wait behind ``ahead`` people, in seconds."""
        if service_id in self.idle and ahead == 0:
            return 0, 0
        pace = self.paces[service_id]
        return round((ahead + 0.5) * pace.p50_s), round((ahead + 1) * pace.p80_s)

    def estimate(self, service_id: int) -> Estimate:
        """The queue of a service as someone who joins now meets it."""
        waiting = len(self.dues.get(service_id, []))
        return Estimate(waiting, *self.wait(service_id, waiting))


_looks: dict[int, Look] = {}


def look(hall: Hall) -> Look:
    """Return a look at the hall's queue that is at most two seconds old."""
    kept = _looks.get(hall.pk)
    if kept is None or not timedelta(0) <= clocks.now() - kept.at < MAX_AGE:
        kept = _looks[hall.pk] = _look(hall)
    return kept


def forget() -> None:
    """Look anew next time, for tests and for a clock that was set."""
    _looks.clear()


memory.forgotten_too.append(forget)


def estimates(hall: Hall) -> dict[int, Estimate]:
    """Return the estimate of every service of the hall, by its id."""
    seen = look(hall)
    return {service.pk: seen.estimate(service.pk) for service in services(hall)}


def _look(hall: Hall) -> Look:
    dues: dict[int, list[datetime]] = {}
    waiting = Ticket.objects.filter(hall=hall, state=State.WAITING).order_by("due")
    for service_id, due in waiting.values_list("service_id", "due"):
        dues.setdefault(service_id, []).append(due)
    live = Session.objects.filter(hall=hall, state=SessionState.OPEN)
    busy: dict[int, int | None] = dict(live.values_list("window_id", "window__visit_here"))
    shares, idle = _shares(hall, dues, busy)
    learnt = {pace.service_id: pace for pace in Pace.objects.filter(hall=hall)}
    paces = {}
    for service in services(hall):
        pace = learnt.get(service.pk)
        middle, long = (
            (pace.p50_s, pace.p80_s)
            if pace
            else (service.target_minutes * 60, service.target_minutes * 90)
        )
        share = shares.get(service.pk, 0.5)
        # Over several people the long case evens out: it is not long for each of them.
        paces[service.pk] = Paces(middle / share, (middle + long) / 2 / share)
    return Look(clocks.now(), dues, paces, frozenset(idle))


def _shares(
    hall: Hall, dues: dict[int, list[datetime]], busy: dict[int, int | None]
) -> tuple[dict[int, float], set[int]]:
    """Return each service's share of the open windows, and the services that a free window serves.

    A window that serves several services is shared between them as their queues are long.
    """
    shares: dict[int, float] = {}
    idle: set[int] = set()
    for window in windows(hall):
        if window.pk not in busy:
            continue
        served = [line.service_id for line in window.profile.all()]
        weights = {pk: len(dues.get(pk, ())) + 1 for pk in served}
        total = sum(weights.values())
        for pk in served:
            shares[pk] = shares.get(pk, 0.0) + weights[pk] / total
        if busy[window.pk] is None:
            idle.update(pk for pk in served if not dues.get(pk))
    return shares, idle
