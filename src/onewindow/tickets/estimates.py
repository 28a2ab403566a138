"""How long people wait: worked out per hall from one look at the queue, at most two seconds old.

First form: the service times of all who are due before at the windows that serve it, divided by
these windows, and the time until the first of them is free.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, timedelta

from onewindow.base import clocks
from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.catalogue.models import Service
from onewindow.catalogue.queries import services
from onewindow.floor.models import Session
from onewindow.floor.queries import windows_serving
from onewindow.floor.states import SessionState
from onewindow.tickets import rules
from onewindow.tickets.models import Pace, Ticket
from onewindow.tickets.states import State

MAX_AGE = timedelta(seconds=2)


@dataclass(frozen=True)
class Estimate:
    """A service's queue: people waiting for it, and the wait of who joins now, in seconds.

    ``ahead`` counts whoever is called before at its windows, for this service or another one.
    """

    waiting: int
    p50_s: int
    p80_s: int
    ahead: int = 0


@dataclass(frozen=True)
class Line:
    """What decides a service's wait: its windows, and what they have to do before.

    ``shares`` says of each service, itself among them, which part of its visitors these windows
    will call: of a service that they alone serve all, of one that has other windows too a part.
    """

    windows: int
    idle: bool
    shares: dict[int, float]


@dataclass(frozen=True)
class Look:
    """One look at a hall's queue. ``dues`` are ascending per service; ``paces`` in seconds."""

    at: datetime
    version: int  # of the hall: a service offered since then is not in here
    dues: dict[int, list[datetime]]
    paces: dict[int, rules.ServiceTime]
    lines: dict[int, Line]

    def ahead(self, service_id: int, due: datetime) -> int:
        """How many are due before that moment at the windows that serve it."""
        line = self.lines.get(service_id)
        if line is None:
            return self._due(service_id, due)
        return round(sum(part * self._due(pk, due) for pk, part in line.shares.items()))

    def _due(self, service_id: int, due: datetime) -> int:
        return bisect_left(self.dues.get(service_id, []), due)

    def wait(self, service_id: int, due: datetime) -> tuple[int, int]:
        """P50 and P80 of the wait of a ticket with this key, in seconds; 0 of what is unknown."""
        line = self.lines.get(service_id)
        if line is None:
            return 0, 0
        before = [(self.paces[pk], part * self._due(pk, due)) for pk, part in line.shares.items()]
        return rules.wait(before, self.paces[service_id], line.windows, idle=line.idle)

    def estimate(self, service_id: int) -> Estimate:
        """The queue of a service as someone who joins now meets it."""
        waiting = len(self.dues.get(service_id, []))
        before = self.ahead(service_id, self.at)
        return Estimate(waiting, *self.wait(service_id, self.at), ahead=before)


_looks: dict[int, Look] = {}


def look(hall: Hall) -> Look:
    """Return a look at the hall's queue that is at most two seconds old."""
    kept = _looks.get(hall.pk)
    if kept is None or kept.version != hall.version or not _is_fresh(kept):
        kept = _looks[hall.pk] = _look(hall)
    return kept


def _is_fresh(kept: Look) -> bool:
    return timedelta(0) <= clocks.now() - kept.at < MAX_AGE


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
    live = Session.objects.filter(hall=hall, state=SessionState.OPEN, pause_asked_at=None)
    busy: dict[int, int | None] = dict(live.values_list("window_id", "window__visit_here"))
    learnt = {pace.service_id: pace for pace in Pace.objects.filter(hall=hall)}
    paces = {one.pk: _pace(one, learnt.get(one.pk)) for one in services(hall)}
    return Look(clocks.now(), hall.version, dues, paces, _lines(hall, dues, busy))


def _pace(service: Service, learnt: Pace | None) -> rules.ServiceTime:
    """Return how long a service takes: as learnt, else from its target."""
    if learnt is None:
        target = service.target_minutes * 60
        return rules.ServiceTime(target, target * 0.5)
    return rules.ServiceTime(learnt.mean_s, rules.spread(learnt.p50_s, learnt.p80_s))


def _lines(
    hall: Hall, dues: dict[int, list[datetime]], busy: dict[int, int | None]
) -> dict[int, Line]:
    """Return the line of every service, by the windows that are open now.

    A service at which nobody stands now is reckoned as if one of its windows were open.
    """
    serving = {
        service.pk: [one.pk for one in windows_serving(service) if one.pk in busy]
        for service in services(hall)
    }
    queued = [pk for pk in dues if pk in serving]
    lines = {}
    for pk, mine in serving.items():
        shares = _shares(mine, queued, serving)
        idle = any(busy[one] is None for one in mine) and not shares and not dues.get(pk)
        lines[pk] = Line(windows=max(1, len(mine)), idle=idle, shares={pk: 1.0} | shares)
    return lines


def _shares(mine: list[int], queued: list[int], serving: dict[int, list[int]]) -> dict[int, float]:
    """Return which part of each queued service's visitors some windows will call."""
    here = set(mine)
    parts = {pk: len(here.intersection(serving[pk])) for pk in queued}
    return {pk: common / len(serving[pk]) for pk, common in parts.items() if common}
