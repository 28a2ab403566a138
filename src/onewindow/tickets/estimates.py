"""How long people wait: worked out per hall from one look at the queue, at most two seconds old.

A look plays the queue on with the windows as they stand (``wait_rules``); what visitors are told is
what became of waits that were foreseen so on the last days.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import FilteredRelation, Q

from onewindow.base import clocks
from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.catalogue.models import Service
from onewindow.catalogue.queries import services
from onewindow.floor.models import Session
from onewindow.floor.queries import LIVE, profile_of, windows
from onewindow.floor.states import SessionState
from onewindow.tickets import wait_rules
from onewindow.tickets.models import Pace, Ticket
from onewindow.tickets.states import AT_WINDOW, State
from onewindow.tickets.wait_rules import BEGIN, Course, Curve, Hold, Post, Waiting

MAX_AGE = timedelta(seconds=2)
AT_ONCE_S = 30  # so little is no wait
GUESSED_SPREAD = 0.5
STANDING = (
    "window_id",
    "state",
    "pause_asked_at",
    "until",
    "there__service_id",
    "there__changed_at",
    "there__walking_s",
    "there__service_s",
)


@dataclass(frozen=True)
class Estimate:
    """A service's queue: people waiting for it, and the wait of who joins now, in seconds.

    ``ahead`` counts whoever is called before at its windows, for this service or another one.
    """

    waiting: int
    p50_s: int
    p80_s: int
    ahead: int = 0

    @property
    def at_once(self) -> bool:
        """Whether who joins now is called at once."""
        return self.p80_s < AT_ONCE_S


@dataclass(frozen=True)
class Told:
    """What is told to somebody about their wait, and what was foreseen when it was; in seconds."""

    foreseen_s: int
    p50_s: int
    p80_s: int

    @property
    def kept(self) -> dict[str, int]:
        """What a ticket keeps of it: held later against how long it waited."""
        return {
            "foreseen_s": self.foreseen_s,
            "told_p50_s": self.p50_s,
            "told_p80_s": self.p80_s,
        }


@dataclass(frozen=True)
class Look:
    """One look at a hall's queue: how many wait for each service, and what is foreseen."""

    at: datetime
    version: int  # of the hall: a service offered since then is not in here
    waiting: dict[int, int]
    lines: dict[int, Course]
    curve: Curve
    line: list[Waiting]
    holds: dict[int, Hold]
    posts: dict[int, Post]  # by window
    coming: int = 0  # on the way, and called by nobody yet

    def ahead(self, service_id: int, due: datetime) -> int:
        """How many the windows that serve it will call before, for this service or another one."""
        line = self.lines.get(service_id)
        return line.ahead(due.timestamp()) if line else 0

    def told(self, service_id: int, due: datetime) -> Told:
        """What somebody with this key is told; zeros of what is unknown."""
        line = self.lines.get(service_id)
        if line is None:
            return Told(0, 0, 0)
        foreseen_s = line.wait_s(due.timestamp())
        return Told(round(foreseen_s), *self.curve.told(foreseen_s))

    def wait(self, service_id: int, due: datetime) -> tuple[int, int]:
        """P50 and P80 of the wait of a ticket with this key, in seconds."""
        told = self.told(service_id, due)
        return told.p50_s, told.p80_s

    def estimate(self, service_id: int) -> Estimate:
        """The queue of a service as someone who joins now meets it."""
        before = self.ahead(service_id, self.at)
        many = self.waiting.get(service_id, 0)
        return Estimate(many, *self.wait(service_id, self.at), ahead=before)


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
    now, known = clocks.now(), services(hall)
    paces = list(Pace.objects.filter(hall=hall).select_related("hall__wait_curve"))
    learnt = {pace.service_id: pace.hold for pace in paces}
    holds = {one.pk: learnt.get(one.pk) or _hold(one) for one in known}
    rows = Ticket.objects.filter(hall=hall, state__in=(State.WAITING, State.COMING))
    found = list(rows.order_by("due").values_list("service_id", "due", "state"))
    # Who is on the way is called by nobody: what they add once they come, the curve learns.
    line = [
        (due.timestamp(), service_id)
        for service_id, due, state in found
        if state == State.WAITING and service_id in holds
    ]
    coming = sum(state == State.COMING for _, _, state in found)
    waiting = Counter(service_id for _, service_id in line)
    posts = dict(_posts(hall, now, holds))
    lines = wait_rules.foresee(line, posts.values(), holds)
    waits = (dict(waiting), lines, _curve(paces), line, holds, posts)
    return Look(now, hall.version, *waits, coming)


def _hold(service: Service) -> Hold:
    """Return how long a service keeps a window as long as nothing is learnt: by its target."""
    return Hold(service.target_minutes * 60, GUESSED_SPREAD)


def _curve(paces: list[Pace]) -> Curve:
    """Return what was learnt together with the paces."""
    learnt = getattr(paces[0].hall, "wait_curve", None) if paces else None
    return learnt.curve if learnt else BEGIN


def _posts(hall: Hall, now: datetime, holds: dict[int, Hold]) -> Iterator[tuple[int, Post]]:
    """Return the windows that call now or after a pause that has an end, with their visitors."""
    serving = _serving(hall)
    there = FilteredRelation(
        "window__visit_here__tickets",
        condition=Q(window__visit_here__tickets__state__in=AT_WINDOW),
    )
    rows = Session.objects.filter(hall=hall, state__in=LIVE).alias(there=there)
    for window, state, asked, until, service, *spent in rows.values_list(*STANDING):
        pause_s = _pause_s(now, state, asked, until)
        if window in serving and pause_s is not None:
            visitor = holds.get(service)
            yield window, Post(serving[window], visitor, _since_s(now, *spent), pause_s)


def _pause_s(
    now: datetime, state: str, asked: datetime | None, until: datetime | None
) -> float | None:
    """Return how long a window's pause is still to last; None where nobody knows its end."""
    if state == SessionState.OPEN and asked is None:
        return 0.0
    if until is None:
        return None
    if asked is not None:  # it begins when the visitor has gone
        return (until - asked).total_seconds()
    return wait_rules.back_s((until - now).total_seconds())


def _since_s(now: datetime, changed: datetime | None, *spent: int | None) -> float:
    """Return how long a visitor has kept the window."""
    return clocks.seconds(changed, now) + sum(one or 0 for one in spent)


@memory.remembered
def _serving(hall: Hall) -> dict[int, frozenset[int]]:
    return {window.pk: frozenset(profile_of(window).all) for window in windows(hall)}
