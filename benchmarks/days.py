"""Simulated days of four halls, in memory and from fixed seeds: what an estimate is judged by.

These scenarios were fixed before the estimator was written. A day has peaks, services of different
lengths, clerks of different pace, windows that open, pause and close, shared profiles, classes that
go first, people who do not come, and services that became slower since. An estimator sees ``Seen``:
what the product's own look at a queue sees, and nothing that comes after.
"""

import heapq
import math
from bisect import insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

from onewindow.simulator.rules import DAY_S, next_arrival

NO_SHOW_S = 120.0
CREDIT_S = {"p1": 7200.0, "p3": 900.0, "p4": 0.0}
P1_IN_A_ROW = 2
GAP_S = (4.0, 25.0)
WALK_S = (10.0, 55.0)
SLOWER_SINCE = 4  # days before the first judged day
NEVER = math.inf


@dataclass(frozen=True)
class Scenario:
    """A hall: its windows in teams, each team with the services it serves; some part-time."""

    name: str
    seed: int
    visitors: int
    teams: tuple[tuple[int, tuple[int, ...]], ...]  # windows, services
    targets_min: tuple[int, ...]  # of each service
    part_time: int  # windows of every team's tail that stand open at the peaks only
    learnt_days: int = 10
    days: int = 3


def _span(first: int, last: int) -> tuple[int, ...]:
    return tuple(range(first, last))


SCENARIOS = (
    Scenario(
        "a town hall",
        11,
        360,
        ((3, _span(0, 6)), (3, _span(4, 10)), (2, _span(0, 10))),
        (6, 8, 10, 10, 12, 15, 5, 8, 20, 10),
        1,
    ),
    Scenario(
        "a city hall",
        12,
        1_080,
        ((8, _span(0, 10)), (8, _span(8, 20)), (7, _span(18, 28)), (3, _span(0, 28))),
        (8, 10, 12, 6, 15, 10, 8, 20, 10, 12, 9, 7, 14, 10) * 2,
        2,
    ),
    Scenario("a bank", 13, 290, ((6, _span(0, 4)),), (6, 9, 15, 8), 2),
    Scenario(
        "specialists",
        14,
        510,
        ((2, (0, 1)), (3, (2, 3, 4)), (2, (4, 5)), (3, (6, 7)), (2, (7, 8))),
        (10, 12, 8, 10, 15, 12, 9, 10, 14),
        0,
    ),
)


@dataclass
class Person:
    """Somebody with a number. What comes after the call is known to the oracle only."""

    service: int
    joined: float
    due: float
    priority: str
    holds_s: float  # what a clerk of ordinary pace needs
    walks_s: float
    comes: bool
    back_after_s: float | None
    called: float | None = None

    def at_window_s(self, speed: float) -> float:
        """Return how long this person keeps a window whose clerk is so slow, from the call on."""
        return self.walks_s + self.holds_s * speed if self.comes else NO_SHOW_S


@dataclass
class Standing:
    """A window during a day."""

    services: tuple[int, ...]
    spans: list[tuple[float, float]]
    pauses: list[tuple[float, float, float]]  # from, as told, as it will be
    speed: float
    state: str = "closed"  # closed, open, paused
    told_until: float = 0.0
    person: Person | None = None
    called: float = 0.0
    free_at: float = 0.0  # nobody but the oracle knows
    last: list[str] = field(default_factory=list)

    @property
    def is_idle(self) -> bool:
        """Whether the clerk waits for somebody to come."""
        return self.state == "open" and self.person is None and self.free_at == NEVER


@dataclass(frozen=True)
class Case:
    """A finished visit as the product keeps it: what is learnt from."""

    service: int
    window: int
    day: int
    joined: float
    called: float
    ended: float
    took_s: float


@dataclass(frozen=True)
class Seen:
    """The hall at the moment when somebody has taken a number; they are in no queue yet."""

    now: float
    who: Person
    queues: dict[int, list[tuple[float, int, Person]]]  # by service, ascending by due
    windows: list[Standing]
    past: list[Person]  # of the day, in the order of their first calls


Notes = Callable[[Seen], None]


class Day:
    """One day, event by event."""

    def __init__(self, plan: Scenario, day: int, notes: Notes | None = None) -> None:
        self.plan, self.day, self.notes = plan, day, notes
        self.rng = Random(plan.seed * 1_000 + day)
        self.paces = paces(plan, slower=day >= plan.learnt_days - SLOWER_SINCE)
        self.often = popularity(plan)
        self.windows = [_standing(self.rng, *one) for one in _posts(plan)]
        self.queues: dict[int, list[tuple[float, int, Person]]] = {
            service: [] for service in range(len(plan.targets_min))
        }
        self.cases: list[Case] = []
        self.past: list[Person] = []
        self._events: list[tuple[float, int, Callable[[float], None]]] = []
        self._order = count()

    def run(self) -> None:
        """Live through the day, until the last visitor has gone."""
        for place, window in enumerate(self.windows):
            for opens, _ in window.spans:
                self._at(opens, lambda t, w=place: self._open(t, w))  # type: ignore[misc]
        self._expect(0.0)
        while self._events:
            when, _, act = heapq.heappop(self._events)
            act(when)

    def _at(self, when: float, act: Callable[[float], None]) -> None:
        heapq.heappush(self._events, (when, next(self._order), act))

    def _expect(self, now: float) -> None:
        after = next_arrival(self.rng, now, self.plan.visitors)
        if after is not None and after < DAY_S:
            self._at(after, self._arrive)

    def _arrive(self, now: float) -> None:
        self._expect(now)
        who = self._person(now)
        if self.notes:
            self.notes(Seen(now, who, self.queues, self.windows, self.past))
        self._queue(now, who)

    def _person(self, now: float) -> Person:
        rng = self.rng
        service = rng.choices(range(len(self.often)), self.often)[0]
        priority = rng.choices(["p1", "p3", "p4"], [5, 8, 87])[0]
        files = rng.choices([1, 2, 3, 5], [88, 8, 3, 1])[0]
        median, spread = self.paces[service]
        served = max(45.0, rng.lognormvariate(math.log(median), spread)) * files**0.7
        comes = rng.random() > 0.06
        return Person(
            service=service,
            joined=now,
            due=now - CREDIT_S[priority],
            priority=priority,
            holds_s=min(5400.0, served),
            walks_s=rng.uniform(*WALK_S),
            comes=comes,
            back_after_s=rng.uniform(60, 900) if not comes and rng.random() < 0.5 else None,
        )

    def _queue(self, now: float, who: Person) -> None:
        insort(self.queues[who.service], (who.due, next(self._order), who))
        for place, window in enumerate(self.windows):
            if window.is_idle and who.service in window.services:
                window.free_at = now + self.rng.uniform(2, 9)
                self._at(window.free_at, lambda t, w=place: self._next(t, w))  # type: ignore[misc]
                return

    def _open(self, now: float, place: int) -> None:
        window = self.windows[place]
        window.state = "open"
        window.pauses = [one for one in window.pauses if one[0] > now - 60]
        self._next(now, place)

    def _next(self, now: float, place: int) -> None:
        """The clerk is free: pauses, goes home, calls the next, or waits for somebody."""
        window = self.windows[place]
        if window.pauses and window.pauses[0][0] <= now:
            _, told_s, real_s = window.pauses.pop(0)
            window.state, window.told_until = "paused", now + told_s
            window.free_at = now + real_s
            self._at(now + real_s, lambda t: self._open(t, place))
        elif self._goes_home(window, now):
            window.state = "closed"
        elif (who := self._due_next(window)) is not None:
            self._call(now, place, who)
        else:
            window.free_at = NEVER
            if now < DAY_S:
                self._at(now + 240, lambda t: self._look_up(t, place))

    def _goes_home(self, window: Standing, now: float) -> bool:
        ends = max(end for opens, end in window.spans if opens <= now)
        if now < ends:
            return False
        stays = ends >= DAY_S and any(self.queues[one] for one in window.services)
        return not stays

    def _look_up(self, now: float, place: int) -> None:
        window = self.windows[place]
        if window.is_idle:
            self._next(now, place)

    def _due_next(self, window: Standing) -> Person | None:
        heads = [queue[0] for one in window.services if (queue := self.queues[one])]
        if not heads:
            return None
        if window.last[-P1_IN_A_ROW:] == ["p1"] * P1_IN_A_ROW:
            lines = [self.queues[one] for one in window.services]
            others = [next((t for t in line if t[2].priority != "p1"), None) for line in lines]
            heads = [one for one in others if one is not None] or heads
        best = min(heads)
        self.queues[best[2].service].remove(best)
        return best[2]

    def _call(self, now: float, place: int, who: Person) -> None:
        window = self.windows[place]
        window.person, window.called = who, now
        window.last.append(who.priority)
        if who.called is None:
            who.called = now
            self.past.append(who)
        holds = who.at_window_s(window.speed)
        ends = now + holds
        window.free_at = ends + self.rng.uniform(*GAP_S)
        case = Case(who.service, place, self.day, who.joined, now, ends, holds)
        self.cases.append(case)
        self._at(ends, lambda t: self._leaves(t, who))
        self._at(window.free_at, lambda t: self._freed(t, place))

    def _leaves(self, now: float, who: Person) -> None:
        if not who.comes and who.back_after_s is not None:
            self._at(now + who.back_after_s, lambda t: self._comes_back(t, who))

    def _comes_back(self, now: float, who: Person) -> None:
        """Behind the next three of the service."""
        line = self.queues[who.service]
        who.comes, who.due = True, line[min(2, len(line) - 1)][0] + 0.001 if line else now
        self._queue(now, who)

    def _freed(self, now: float, place: int) -> None:
        self.windows[place].person = None
        self._next(now, place)


def paces(plan: Scenario, *, slower: bool) -> list[tuple[float, float]]:
    """Return the median and spread of each service: mostly below its target; some grew slower."""
    rng = Random(plan.seed)
    found = []
    for target in plan.targets_min:
        median, spread = target * 60 * rng.uniform(0.35, 0.85), rng.uniform(0.35, 0.65)
        grown = rng.random() < 0.2
        found.append((median * (1.3 if grown and slower else 1.0), spread))
    return found


def popularity(plan: Scenario) -> list[float]:
    """Return how often each service is wanted: a few very often, some seldom."""
    rng = Random(plan.seed + 1)
    return [rng.uniform(1, 6) for _ in plan.targets_min]


def _posts(plan: Scenario) -> Iterator[tuple[tuple[int, ...], bool]]:
    for many, services in plan.teams:
        for place in range(many):
            yield services, place >= many - plan.part_time and many > plan.part_time


def _standing(rng: Random, services: tuple[int, ...], part_time: bool) -> Standing:
    """Draw a window's day: its hours, its pauses, and the pace of who stands there."""
    spans = [(rng.uniform(0, 120), float(DAY_S))]
    if part_time:
        spans = [
            (3600 * 0.5 + rng.uniform(-900, 900), 3600 * 2.7 + rng.uniform(-900, 900)),
            (3600 * 4.6 + rng.uniform(-900, 900), 3600 * 6.6 + rng.uniform(-900, 900)),
        ]
    noon = 3600 * 3.0 + rng.uniform(0, 3600)
    told = [(noon, rng.choice([1200.0, 1800.0]))]
    told += [(rng.uniform(3600, DAY_S - 3600), 600.0) for _ in range(rng.choice([0, 1, 1, 2]))]
    pauses = [(at, long, long * rng.uniform(0.8, 1.2)) for at, long in sorted(told)]
    return Standing(services, spans, pauses, speed=rng.lognormvariate(0, 0.12))
