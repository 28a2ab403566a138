"""Pure decisions about a wait: how long visitors keep a window, and when who will be called.

The queue is played on from now: each window, when it is free, takes the first of those it serves.
"""

import heapq
import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter, itemgetter
from statistics import NormalDist, median

NORMAL = NormalDist()
Z80 = NORMAL.inv_cdf(0.8)
SURE = 1e-6  # a visit that lasts longer than all others is as good as over

HALF_LIFE_DAYS = 4.0  # a visit so old counts half as much as one of today
FEW = 20.0  # with so many cases a service's own time counts as much as the hall's
DAY_S = 24 * 3600
SOON_S = 60.0  # who is overdue from a pause comes at any moment
OVERDUE_S = 600.0  # for so long
OUTLIER = 6.0  # times the middle: longer ones are cut there

Due = float  # seconds on any axis
Waiting = tuple[Due, int]  # and the service
Weighed = tuple[float, float]  # a value and its weight


@dataclass(frozen=True)
class Hold:
    """How long a visitor keeps a window, from one call to the next: mean and log-normal spread."""

    mean_s: float
    spread: float

    def left(self, since_s: float) -> float:
        """Return how many seconds are left, on average, of a visit that has lasted so long."""
        if since_s <= 0 or self.spread <= 0:
            return max(0.0, self.mean_s - since_s)
        place = math.log(since_s / self.mean_s) / self.spread + self.spread / 2
        last_longer = max(SURE, 1 - NORMAL.cdf(place))
        mean_s = self.mean_s * NORMAL.cdf(self.spread - place) / last_longer
        return max(0.0, mean_s - since_s)


@dataclass(frozen=True)
class Post:
    """A window at work. It is free after its visitor has gone and its pause is over."""

    serves: frozenset[int]
    visitor: Hold | None = None  # who is there
    since_s: float = 0.0  # and for how long
    pause_s: float = 0.0  # that follows, or is left

    @property
    def free_s(self) -> float:
        """In how many seconds it calls next."""
        return self.pause_s + (self.visitor.left(self.since_s) if self.visitor else 0.0)


class Team:
    """Windows that serve the same: who waits for them, and the calls that they will make.

    The calls are in the order of time; with each stands the largest due called so far.
    """

    def __init__(self, serves: frozenset[int], line: Sequence[Waiting]) -> None:
        self.serves = serves
        self.queue = [place for place, (_, service) in enumerate(line) if service in serves]
        self.next = 0  # of the queue
        self.at_s: list[float] = []
        self.dues: list[Due] = []

    def take(self, taken: bytearray) -> int | None:
        """Take the first of its queue that no other team has taken; None when nobody is left."""
        while self.next < len(self.queue):
            place = self.queue[self.next]
            self.next += 1
            if not taken[place]:
                taken[place] = True
                return place
        return None

    def call(self, at_s: float, due: Due) -> None:
        """Note a call. An endless ``due``: nobody is left, whoever comes is called at once."""
        self.at_s.append(at_s)
        self.dues.append(max(due, self.dues[-1]) if self.dues else due)

    def place(self, due: Due) -> int:
        """Return which of its calls would be that of somebody with this key."""
        return bisect_left(self.dues, due)


@dataclass(frozen=True)
class Course:
    """What is foreseen for one service: the teams that serve it."""

    teams: tuple[Team, ...]

    @property
    def serves(self) -> frozenset[int]:
        """All services of these windows."""
        return frozenset[int]().union(*(team.serves for team in self.teams))

    def wait_s(self, due: Due) -> float:
        """Return in how many seconds somebody with this key is called, if all goes on so."""
        return min(team.at_s[team.place(due)] for team in self.teams)

    def ahead(self, due: Due) -> int:
        """Return how many these windows will call before somebody with this key."""
        called_s = self.wait_s(due)
        return sum(min(team.place(due), bisect_right(team.at_s, called_s)) for team in self.teams)


def foresee(
    line: Sequence[Waiting], posts: Iterable[Post], holds: Mapping[int, Hold]
) -> dict[int, Course]:
    """Play the queue on, and return the course of every service in ``holds``.

    ``line`` are all who wait, ascending by due. A service that no window serves now is reckoned as
    if one of its own were free.
    """
    posts = list(posts)
    served = frozenset[int]().union(*(post.serves for post in posts))
    posts += [Post(frozenset({service})) for service in holds.keys() - served]
    teams = {serves: Team(serves, line) for serves in {post.serves for post in posts}}
    _play(line, [(post.free_s, teams[post.serves]) for post in posts], holds)
    return {
        service: Course(tuple(team for team in teams.values() if service in team.serves))
        for service in holds
    }


def _play(
    line: Sequence[Waiting],
    starts: Iterable[tuple[float, Team]],
    holds: Mapping[int, Hold],
) -> None:
    """Let every window call until nobody is left for it."""
    free = [(at_s, number, team) for number, (at_s, team) in enumerate(starts)]
    heapq.heapify(free)
    taken = bytearray(len(line))
    while free:
        at_s, number, team = free[0]
        place = team.take(taken)
        if place is None:
            team.call(at_s, math.inf)
            heapq.heappop(free)
            continue
        due, service = line[place]
        team.call(at_s, due)
        heapq.heapreplace(free, (at_s + holds[service].mean_s, number, team))


def back_s(left_s: float) -> float | None:
    """Return in how many seconds a paused window calls again; None of one that is long overdue."""
    return max(left_s, SOON_S) if left_s > -OVERDUE_S else None


@dataclass(frozen=True)
class Served:
    """A visit that is over; moments in seconds on any axis. ``took_s``: at the window, in all."""

    service: int
    window: int
    joined: float
    called: float
    ended: float
    took_s: float


def learn(visits: Iterable[Served], now: float) -> dict[int, Hold]:
    """Return how long each service keeps a window, with the clerk's way to the next visitor.

    Recent days weigh more, outliers are cut, and a service with few cases is drawn to the hall.
    """
    visits = list(visits)
    if not visits:
        return {}
    gap_s = _gap_s(visits)
    found: dict[int, list[Weighed]] = defaultdict(list)
    for one in visits:
        weight = 0.5 ** ((now - one.ended) / DAY_S / HALF_LIFE_DAYS)
        found[one.service].append((one.took_s + gap_s, weight))
    hall_s, hall_spread, _ = _measured([one for times in found.values() for one in times])
    learnt = {}
    for service, times in found.items():
        own_s, own_spread, many = _measured(times)
        own = many / (many + FEW)
        learnt[service] = Hold(
            own_s * own + hall_s * (1 - own), own_spread * own + hall_spread * (1 - own)
        )
    return learnt


def _gap_s(visits: list[Served]) -> float:
    """Return what a clerk takes from one visitor to the next, where the next one waited already."""
    ordered = sorted(visits, key=attrgetter("window", "called"))
    gaps = [
        after.called - before.ended
        for before, after in pairwise(ordered)
        if before.window == after.window and after.joined <= before.ended <= after.called
    ]
    return median(gaps) if gaps else 0.0


def _measured(times: list[Weighed]) -> tuple[float, float, float]:
    """Return mean, log-normal spread, and for how many cases of today they count."""
    ordered = sorted(times)
    many = sum(weight for _, weight in ordered)
    middle = _quantile(ordered, many * 0.5)
    high = _quantile(ordered, many * 0.8)
    cut = [(min(took_s, OUTLIER * middle), weight) for took_s, weight in ordered]
    mean_s = sum(took_s * weight for took_s, weight in cut) / many
    return mean_s, math.log(high / middle) / Z80, many


def _quantile(ordered: list[Weighed], weight: float) -> float:
    """Return the value up to which so much weight lies."""
    for took_s, one in ordered:
        weight -= one
        if weight <= 0:
            return took_s
    return ordered[-1][0]


@dataclass(frozen=True)
class Curve:
    """What became of the waits that were foreseen: knots of (foreseen, P50, P80), in seconds.

    It holds what no queue shows: who will come and go first, which windows will pause or close.
    """

    knots: tuple[tuple[float, float, float], ...]

    def told(self, foreseen_s: float) -> tuple[int, int]:
        """Return the P50 and P80 of a wait that is foreseen; longer never gives less."""
        place = bisect_left(self.knots, foreseen_s, key=itemgetter(0))
        if place == len(self.knots):
            last_s, p50_s, p80_s = self.knots[-1]
            return round(p50_s * foreseen_s / last_s), round(p80_s * foreseen_s / last_s)
        above_s, *above = self.knots[place]
        below_s, *below = self.knots[max(0, place - 1)]
        share = (foreseen_s - below_s) / (above_s - below_s) if above_s > below_s else 1.0
        p50_s, p80_s = (low + (high - low) * share for low, high in zip(below, above, strict=True))
        return round(p50_s), round(p80_s)


BEGIN = Curve(((0.0, 0.0, 0.0), (600.0, 660.0, 960.0)))  # of a hall that has learnt nothing yet
KNOTS, LEAST = 12, 50  # and so many waits for each


def learn_curve(waits: Iterable[tuple[float, float]]) -> Curve:
    """Learn from (foreseen, waited): each knot stands for waits that were foreseen alike."""
    ordered = sorted(waits)
    free = [waited for foreseen, waited in ordered if foreseen < 1]
    knots = [_knot([(0.0, waited) for waited in free])] if len(free) >= LEAST else [BEGIN.knots[0]]
    rest = ordered[len(free) :]
    size = max(LEAST, math.ceil(len(rest) / KNOTS))
    found = [_knot(rest[at : at + size]) for at in range(0, len(rest) - LEAST + 1, size)]
    for foreseen_s, *quantiles in found or BEGIN.knots[1:]:
        p50_s, p80_s = map(max, zip(quantiles, knots[-1][1:], strict=True))
        knots.append((foreseen_s, p50_s, p80_s))
    return Curve(tuple(knots))


def _knot(waits: list[tuple[float, float]]) -> tuple[float, float, float]:
    waited, many = sorted((one, 1.0) for _, one in waits), len(waits)
    middle_s = sum(foreseen for foreseen, _ in waits) / many
    return middle_s, _quantile(waited, many * 0.5), _quantile(waited, many * 0.8)
