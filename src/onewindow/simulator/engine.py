"""A day in the hall as a list of events: one engine for the past, the demonstration and load."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from random import Random

from onewindow.simulator.ports import NotDone, Port, Seen
from onewindow.simulator.rules import Offered, Visitor, next_arrival, visitor

IDLE_LOOK_S = 240.0  # an arrival wakes an idle clerk at once; this is for who came back
LONGEST_QUIET_S = 5
RECALL_S = 40
PATIENCE = 8  # recalls that the hall refuses before the clerk gives up


@dataclass(frozen=True)
class Post:
    """A window with the clerk who works there, and what it serves."""

    window: str
    staff: str
    services: frozenset[str]


@dataclass(frozen=True)
class Day:
    """What is simulated. Times are seconds on the engine's own axis."""

    opens: float
    closes: float
    offered: list[Offered]
    posts: list[Post]
    visitors: float = 420.0
    idle_look_s: float = IDLE_LOOK_S  # shorter where people come that the engine does not know of


class Engine:
    """Runs the events that are due. ``traffic`` multiplies the arrivals; it may change."""

    def __init__(self, port: Port, day: Day, rng: Random) -> None:
        self.port, self.day, self.rng = port, day, rng
        self.traffic = 1.0
        self.people: dict[int, Visitor] = {}
        self.idle: set[str] = set()
        self.parked: dict[str, list[int]] = {post.window: [] for post in day.posts}
        self.posts = {post.window: post for post in day.posts}
        self.refused: Counter[str] = Counter()
        self.taken = 0
        self._events: list[tuple[float, int, Callable[[float], None], str]] = []
        self._order = count()

    def begin(self, now: float, busy: frozenset[str] = frozenset()) -> None:
        """Open the windows and let people come, from ``now`` on.

        The windows in ``busy`` are with a visitor already: their clerks go on by ``serve``.
        """
        for post in self.day.posts:
            if post.window in busy:
                continue
            at = max(now, self.day.opens - self.rng.uniform(30, 300))
            self.at(at, lambda t, post=post: self._open(t, post), post.window)  # type: ignore[misc]
        self._expect_arrival(max(now, self.day.opens))

    def at(self, when: float, act: Callable[[float], None], window: str = "") -> None:
        """Plan an event; one of a clerk names the window."""
        heapq.heappush(self._events, (when, next(self._order), act, window))

    @property
    def next_at(self) -> float | None:
        """When the next event is due; None when there is none."""
        return self._events[0][0] if self._events else None

    def step(self) -> float:
        """Do the next event and return its time. A refusal is counted, and the event is over."""
        when, _, act, _ = heapq.heappop(self._events)
        try:
            act(when)
        except NotDone as no:
            self.refused[str(no)] += 1
        return when

    @property
    def refusals(self) -> int:
        """How often the hall said no."""
        return self.refused.total()

    def delay(self, seconds: float) -> None:
        """Move everything that is planned, after a pause."""
        self._events = [(event[0] + seconds, *event[1:]) for event in self._events]

    def leave(self, window: str) -> None:
        """Let a clerk go away and do nothing there any more, until ``come_back``."""
        self.idle.discard(window)
        self._events = [event for event in self._events if event[-1] != window]
        heapq.heapify(self._events)

    def come_back(self, now: float, window: str, seen: Seen | None = None) -> None:
        """Let a clerk who was away go on: with who was called there, or as in the morning."""
        if seen is None:
            self.at(now, lambda t: self._open(t, self.posts[window]), window)
        else:
            who = self.people.get(seen.visit) or visitor(self.rng, self.day.offered)
            self.at(now, lambda t: self._start(t, window, seen, who), window)

    def _expect_arrival(self, now: float) -> None:
        opens, closes = self.day.opens, self.day.closes
        many = self.day.visitors * max(0.1, self.traffic)
        after = next_arrival(self.rng, now - opens, many)
        if after is not None and opens + after < closes:
            self.at(opens + after, self._arrive)

    def _arrive(self, now: float) -> None:
        self._expect_arrival(now)
        who = visitor(self.rng, self.day.offered)
        seen = self.port.take(
            who.service, channel=who.channel, priority=who.priority, needs=list(who.needs)
        )
        self.taken += 1
        self.people[seen.visit] = who
        if who.also:
            self.port.take(who.also, channel=who.channel, visit=seen.visit)
        self._wake(now, {who.service, who.also})

    def _wake(self, now: float, services: set[str]) -> None:
        """A clerk who waits for visitors looks up."""
        for window in sorted(self.idle):
            if self.posts[window].services & services:
                self.idle.discard(window)
                self.at(now + self.rng.uniform(2, 9), lambda t, w=window: self._next(t, w), window)  # type: ignore[misc]
                return

    def _open(self, now: float, post: Post) -> None:
        who = {"staff": post.staff} if post.staff else {}
        self.port.window("open", post.window, **who)
        at = max(now, self.day.opens) + self.rng.uniform(1, 20)
        self.at(at, lambda t: self._next(t, post.window), post.window)

    def _next(self, now: float, window: str) -> None:
        """The clerk is free: goes on with who was set aside, calls the next, or goes home."""
        if self.parked[window] and self.rng.random() < 0.5:
            self._resume(now, window)
            return
        try:
            seen = self.port.call_next(window)
        except NotDone:
            self.at(now + 60, lambda t: self._next(t, window), window)
            raise
        if seen is not None:
            self._come(now, window, seen)
        elif now > self.day.closes and not self.parked[window]:
            self.port.window("close", window)
        elif self.parked[window]:
            self._resume(now, window)
        else:
            self.idle.add(window)
            self.at(now + self.day.idle_look_s, lambda t: self._look_up(t, window), window)

    def _look_up(self, now: float, window: str) -> None:
        if window in self.idle:
            self.idle.discard(window)
            self._next(now, window)

    def _come(self, now: float, window: str, seen: Seen) -> None:
        who = self.people.get(seen.visit) or visitor(self.rng, self.day.offered)
        self.people[seen.visit] = who
        if who.comes:
            self.at(now + who.walks_s, lambda t: self._start(t, window, seen, who), window)
        else:
            self.at(now + RECALL_S, lambda t: self._recall(t, window, seen, who, 0), window)

    def _recall(
        self, now: float, window: str, seen: Seen, who: Visitor, done: int, tries: int = 0
    ) -> None:
        """Call again, twice; where the hall says that it is too soon, a little later."""
        try:
            self.port.ticket("recall", seen.id)
            done += 1
        except NotDone:
            tries += 1
        if tries > PATIENCE:  # somebody else took the matter into their hands
            self._soon(now, window)
        elif done < 2:
            again = now + RECALL_S
            self.at(again, lambda t: self._recall(t, window, seen, who, done, tries), window)
        else:
            self.at(now + RECALL_S, lambda t: self._miss(t, window, seen, who), window)

    def _miss(self, now: float, window: str, seen: Seen, who: Visitor) -> None:
        self._free_if_refused(now, window, "miss", seen.id)
        if who.comes_back:
            self.people[seen.visit] = replace(who, comes=True)
            self.at(
                now + self.rng.uniform(60, 900), lambda t: self.port.ticket("come-back", seen.id)
            )
        self._soon(now, window)

    def _start(self, now: float, window: str, seen: Seen, who: Visitor) -> None:
        self._free_if_refused(now, window, "start", seen.id)
        self.serve(now, window, seen, who)

    def serve(self, now: float, window: str, seen: Seen, who: Visitor | None = None) -> None:
        """Somebody sits at the window: plan the end."""
        who = who or visitor(self.rng, self.day.offered)
        ends = now + who.served_s * who.files**0.7
        self.at(ends, lambda t: self._end(t, window, seen, who), window)

    def _end(self, now: float, window: str, seen: Seen, who: Visitor) -> None:
        if who.fills_in_form:
            self.people[seen.visit] = replace(who, fills_in_form=False, served_s=who.served_s // 2)
            self._free_if_refused(now, window, "park", seen.id)
            self.at(now + self.rng.uniform(240, 700), lambda t: self.parked[window].append(seen.id))
        elif who.sent_on and (target := self._elsewhere(window, seen.service)):
            self.people[seen.visit] = replace(who, sent_on=False)
            self._free_if_refused(now, window, "transfer", seen.id, window=target)
        else:
            self._free_if_refused(
                now, window, "finish", seen.id, outcome=who.outcome, files=who.files
            )
            self.people[seen.visit] = replace(who, comes=True, files=1)
        self._soon(now, window)

    def _resume(self, now: float, window: str) -> None:
        ticket = self.parked[window].pop(0)
        self._free_if_refused(now, window, "resume", ticket, window=window)
        self.serve(now, window, Seen(ticket, "", 0, ""))

    def _elsewhere(self, window: str, service: str) -> str | None:
        others = [p.window for p in self.day.posts if p.window != window and service in p.services]
        return self.rng.choice(others) if others else None

    def _soon(self, now: float, window: str) -> None:
        self.at(now + self.rng.uniform(4, 25), lambda t: self._next(t, window), window)

    def _free_if_refused(self, now: float, at: str, verb: str, ticket: int, **more: object) -> None:
        """Act on a ticket. When the hall says no (a person was quicker), the clerk goes on."""
        try:
            self.port.ticket(verb, ticket, **more)
        except NotDone:
            self._soon(now + LONGEST_QUIET_S, at)
            raise
