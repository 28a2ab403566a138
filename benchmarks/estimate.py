"""What people are told about their wait, against what they waited: simulated days in memory.

    python -m benchmarks.estimate [--short]

The scenarios and seeds of ``benchmarks.days`` were fixed before the estimator. Each method is asked
whenever somebody takes a number, and judged by the time until that person is called. The oracle
knows how long everybody who waits will take, and of windows what the others know.
"""

import argparse
import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import mean

from benchmarks.days import NEVER, SCENARIOS, Case, Day, Person, Scenario, Seen, learnt
from benchmarks.rows import Row, told

HOUR_S = 3600.0
BETTER = 25.0  # % less error than each simple method
NEAR = 10.0  # or at most so many % more than the oracle
TOLD, AWAY = 80.0, 5.0  # % who waited at most P80, and how far from it

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

    def take(self, guesses: list[tuple[Person, dict[str, float]]]) -> None:
        """Compare the guesses of a day that is over."""
        for who, guess in guesses:
            if who.called is None:
                continue
            waited = who.called - who.joined
            for name, value in guess.items():
                self.errors[name].append(abs(value - waited))

    def error(self, name: str) -> float:
        """Return a method's mean absolute error."""
        return mean(self.errors[name])


def judge(plan: Scenario, days: int) -> Judged:
    """Live through the judged days of a scenario and ask every method for everybody."""
    simple, judged = Simple(learnt(plan)), Judged()
    methods: dict[str, Method] = {
        "people ahead × mean / windows": simple.people_ahead,
        "the same with all who share a window": simple.all_ahead,
        "the last wait": simple.last_wait,
        "the previous hour's mean": simple.last_hour,
        "an oracle that knows the service times": oracle,
    }
    for day in range(plan.learnt_days, plan.learnt_days + days):
        guesses: list[tuple[Person, dict[str, float]]] = []

        def note(seen: Seen, guesses: list[tuple[Person, dict[str, float]]] = guesses) -> None:
            guesses.append((seen.who, {name: ask(seen) for name, ask in methods.items()}))

        Day(plan, day, note).run()
        judged.take(guesses)
    return judged


def measure(_database: str = "", *, short: bool = False) -> Iterator[Row]:
    """Judge every scenario."""
    for plan in SCENARIOS[: 1 if short else None]:
        judged = judge(plan, 1 if short else plan.days)
        for name in judged.errors:
            yield Row(f"{plan.name}: mean error of {name}", judged.error(name) / 60, "min")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    rows = told(measure(short=parser.parse_args().short))
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
