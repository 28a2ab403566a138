"""What people are told about their wait, against what they waited: simulated days in memory.

    python -m benchmarks.estimate [--short]

The scenarios and seeds of ``benchmarks.days`` were fixed before the estimator. Each method is asked
whenever somebody takes a number, and judged by the time until that person is called. The oracle
knows how long everybody who waits will take, and of windows what the others know.
"""

import argparse
import heapq
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import mean

from benchmarks.days import NEVER, SCENARIOS, Case, Day, Person, Scenario, Seen, Standing
from benchmarks.rows import Row, told
from onewindow.tickets import wait_rules
from onewindow.tickets.wait_rules import Hold, Post

HOUR_S = 3600.0
BETTER = 25.0  # % less error than each simple method
NEAR = 10.0  # or at most so many % more than the oracle
TOLD, AWAY = 80.0, 5.0  # % who waited at most P80, and how far from it

LEARNS_FROM = 2  # the first day whose estimates are worth learning from
MANY, WINDOWS, LOOK_MS = 500, 60, 30.0

AHEAD = "people ahead × mean / windows"
ALL_AHEAD = "the same with all who share a window"
LAST = "the last wait"
LAST_HOUR = "the previous hour's mean"
ORACLE = "an oracle that knows the service times"
OURS = "the product's estimate"

Method = Callable[[Seen], float]


class Simple:
    """The methods one would try first, with all that is known about the past."""

    def __init__(self, cases: list[Case]) -> None:
        took = defaultdict(list)
        for case in cases:
            took[case.service].append(case.took_s)
        self.means = {service: mean(times) for service, times in took.items()}
        self.mean = mean(case.took_s for case in cases)

    def people_ahead(self, seen: Seen) -> float:
        """People ahead for the same service × its mean time / windows."""
        service = seen.who.service
        return self._ahead(seen, {service}) * self.means[service] / _calling(seen)

    def all_ahead(self, seen: Seen) -> float:
        """People ahead for any service that shares a window × the hall's mean time / windows."""
        serve = [one.services for one in seen.windows if seen.who.service in one.services]
        return self._ahead(seen, set().union(*serve)) * self.mean / _calling(seen)

    def _ahead(self, seen: Seen, services: set[int]) -> int:
        return sum(due < seen.who.due for one in services for due, _, _ in seen.queues[one])

    def last_wait(self, seen: Seen) -> float:
        """The wait of who was called last for this service."""
        return next(self._waits(seen, 0.0), 0.0)

    def last_hour(self, seen: Seen) -> float:
        """The mean wait of those called for this service within the last hour."""
        waits = list(self._waits(seen, seen.now - HOUR_S))
        return mean(waits) if waits else self.last_wait(seen)

    def _waits(self, seen: Seen, since: float) -> Iterator[float]:
        for one in reversed(seen.past):
            if one.called is None or one.called < since:
                return
            if one.service == seen.who.service:
                yield one.called - one.joined


def _calling(seen: Seen) -> int:
    """How many windows call for the service now; one where none does."""
    mine = [one for one in seen.windows if seen.who.service in one.services]
    return max(1, sum(one.state == "open" for one in mine))


def oracle(seen: Seen) -> float:
    """Play the hall on from here with the true times; the windows as they stand."""
    lines = {service: [t[2] for t in queue] for service, queue in seen.queues.items()}
    mine = lines[seen.who.service]
    lines[seen.who.service] = sorted([*mine, seen.who], key=lambda one: one.due)
    free = [(when, place) for place in range(len(seen.windows)) if (when := _free(seen, place))]
    if not any(seen.who.service in seen.windows[place].services for _, place in free):
        return sum(one.holds_s + one.walks_s for one in mine if one.due < seen.who.due)
    heads = dict.fromkeys(lines, 0)
    heapq.heapify(free)
    while True:
        now, place = heapq.heappop(free)
        window = seen.windows[place]
        first = [s for s in window.services if heads[s] < len(lines[s])]
        if not first:
            continue
        service = min(first, key=lambda s: lines[s][heads[s]].due)
        who = lines[service][heads[service]]
        if who is seen.who:
            return now - seen.now
        heads[service] += 1
        heapq.heappush(free, (now + who.at_window_s(window.speed) + 14.5, place))


class Product:
    """The product's own estimator, with what its look at the queue knows."""

    def __init__(self, plan: Scenario) -> None:
        """Learn as a hall does: how long visits last, and what became of the estimates."""
        self.cases: list[Case] = []
        self.holds: dict[int, Hold] = {}
        waits: list[tuple[float, float]] = []
        for day in range(plan.learnt_days):
            foreseen = _Asked(self.foresee)
            one = Day(plan, day, foreseen if day >= LEARNS_FROM else None)
            one.run()
            waits += foreseen.became()
            self.cases += one.cases
            self.holds = wait_rules.learn(map(_visit, self.cases), (day + 1) * wait_rules.DAY_S)
        self.curve = wait_rules.learn_curve(waits)

    def foresee(self, seen: Seen) -> float:
        """Play the queue on, as it stands."""
        line = sorted((due, one.service) for queue in seen.queues.values() for due, _, one in queue)
        posts = [post for one in seen.windows if (post := self._post(seen, one))]
        return wait_rules.foresee(line, posts, self.holds)[seen.who.service].wait_s(seen.who.due)

    def _post(self, seen: Seen, window: Standing) -> Post | None:
        serves = frozenset(window.services)
        if window.state == "closed":
            return None
        if window.state == "paused":
            pause_s = wait_rules.back_s(window.told_until - seen.now)
            return None if pause_s is None else Post(serves, pause_s=pause_s)
        if window.person is None:
            return Post(serves)
        return Post(serves, self.holds[window.person.service], seen.now - window.called)


class _Asked:
    """Notes what was foreseen for whom."""

    def __init__(self, foresee: Method) -> None:
        self.foresee, self.seen = foresee, list[tuple[Person, float]]()

    def __call__(self, seen: Seen) -> None:
        self.seen.append((seen.who, self.foresee(seen)))

    def became(self) -> Iterator[tuple[float, float]]:
        """Return what was foreseen, and how long they waited."""
        for who, foreseen_s in self.seen:
            if who.called is not None:
                yield foreseen_s, who.called - who.joined


def _visit(case: Case) -> wait_rules.Served:
    at = case.day * wait_rules.DAY_S
    joined, called, ended = at + case.joined, at + case.called, at + case.ended
    return wait_rules.Served(case.service, case.window, joined, called, ended, case.took_s)


def _free(seen: Seen, place: int) -> float | None:
    """When a window will call next, as far as is known; None when it is closed."""
    window = seen.windows[place]
    if window.state == "closed":
        return None
    if window.state == "paused":
        return max(seen.now, window.told_until)
    return seen.now if window.free_at == NEVER else max(seen.now, window.free_at)


@dataclass
class Judged:
    """What was told and what came of it, over the judged days of one scenario."""

    errors: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    kept: list[bool] = field(default_factory=list)

    def take(self, who: Person, guesses: dict[str, float], p80_s: float) -> None:
        """Compare what was told to somebody with what came of it."""
        if who.called is None:
            return
        waited_s = who.called - who.joined
        self.kept.append(waited_s <= p80_s)
        for name, guess_s in guesses.items():
            self.errors[name].append(abs(guess_s - waited_s))

    def error(self, name: str) -> float:
        """Return a method's mean absolute error in minutes."""
        return mean(self.errors[name]) / 60


def judge(plan: Scenario, days: int) -> Judged:
    """Live through the judged days of a scenario and ask every method for everybody."""
    product, judged = Product(plan), Judged()
    simple = Simple(product.cases)
    methods: dict[str, Method] = {
        AHEAD: simple.people_ahead,
        ALL_AHEAD: simple.all_ahead,
        LAST: simple.last_wait,
        LAST_HOUR: simple.last_hour,
        ORACLE: oracle,
    }
    asked: list[tuple[Person, dict[str, float], float]] = []

    def ask(seen: Seen) -> None:
        p50_s, p80_s = product.curve.told(product.foresee(seen))
        guesses = {name: method(seen) for name, method in methods.items()}
        asked.append((seen.who, guesses | {OURS: p50_s}, p80_s))

    for day in range(plan.learnt_days, plan.learnt_days + days):
        Day(plan, day, ask).run()
    for one in asked:
        judged.take(*one)
    return judged


def measure(_database: str = "", *, short: bool = False) -> Iterator[Row]:
    """Judge every scenario, then the cost of a look at many who wait."""
    kept: list[bool] = []
    for plan in SCENARIOS[: 2 if short else None]:
        judged = judge(plan, 1 if short else plan.days)
        kept += judged.kept
        yield from _errors(plan.name, judged)
    share = 100 * mean(kept)
    title = f"of {len(kept):,} told “P80 = x”, waited at most x"
    yield Row(title, share, "%", TOLD - AWAY, at_least=True)
    yield Row(f"{title}; and no more than", share, "%", TOLD + AWAY)
    yield Row(f"a look at {MANY} waiting, {WINDOWS} windows", _look_ms(), "ms", LOOK_MS)


def _errors(name: str, judged: Judged) -> Iterator[Row]:
    ours, best = judged.error(OURS), judged.error(ORACLE)
    yield Row(f"{name}: mean error of {OURS}", ours, "min")
    yield Row(f"{name}: of {ORACLE}", best, "min")
    near = ours <= best * (1 + NEAR / 100)
    for other in (AHEAD, LAST, LAST_HOUR):
        theirs = judged.error(other)
        less = 100 * (1 - ours / theirs)
        limit = None if near else BETTER
        yield Row(f"{name}: less than {other} ({theirs:.1f} min)", less, "%", limit, at_least=True)
    theirs = judged.error(ALL_AHEAD)
    yield Row(f"{name}: less than {ALL_AHEAD} ({theirs:.1f} min)", 100 * (1 - ours / theirs), "%")
    yield Row(f"{name}: waited at most their P80", 100 * mean(judged.kept), "%")


def _look_ms() -> float:
    """Return how long it takes to foresee a full hall for all its services."""
    services = range(40)
    line = [(float(due), due * 7 % 40) for due in range(MANY)]
    holds = {service: Hold(300.0 + service, 0.5) for service in services}
    posts = [
        Post(frozenset(range(n % 8 * 5, n % 8 * 5 + 8)), holds[n % 40], 30.0 * n)
        for n in range(WINDOWS)
    ]
    times = []
    for _ in range(20):
        began = time.perf_counter()
        courses = wait_rules.foresee(line, posts, holds)
        for due, service in line:
            wait_rules.BEGIN.told(courses[service].wait_s(due))
        times.append((time.perf_counter() - began) * 1000)
    return max(times)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    rows = told(measure(short=parser.parse_args().short))
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
