"""Pure decisions about the windows: which change would shorten the waits most, and by how much.

Each change that can be made is played on as the estimate plays the queue (``wait_rules``); what is
compared is the P80 that somebody who joins now would be told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from onewindow.tickets.wait_rules import Curve, Hold, Post, Waiting, foresee

SHOWN = 3
LATE_LOOKED_AT = 3  # services with the longest waits, for which moves are looked for
EACH = 3  # windows that are tried for each kind of move
LEAST_GAIN_S = 180  # less is not worth the walk
BACK_S = 60.0  # in which a clerk who is called back is there
HARM_S = 60  # so much longer may others wait who are late by it


class MoveKind(StrEnum):
    """What could be done with a window."""

    OPEN = "open"  # a closed window
    CALL_BACK = "call-back"  # whoever pauses
    FIRST = "first"  # a second choice is served like the first
    ADD = "add"  # a service it does not serve
    OFF = "off"  # a service is left to others


@dataclass(frozen=True)
class Stand:
    """A window as it stands. ``post``: how it works now; None of one that is closed, or gone."""

    window: int
    first: frozenset[int]
    second: frozenset[int]
    post: Post | None
    is_paused: bool = False
    can_open: bool = False  # it is closed, and somebody is free for it
    could_add: frozenset[int] = frozenset()

    @property
    def all(self) -> frozenset[int]:
        """All it serves."""
        return self.first | self.second

    @property
    def works(self) -> bool:
        """Whether it calls now."""
        return self.post is not None and not self.is_paused


@dataclass(frozen=True)
class Move:
    """A change, the service it is for, and the P80 of that service before and after."""

    kind: MoveKind
    window: int
    service: int  # who waits for it gains
    before_s: int
    after_s: int
    saved_s: int  # of all who wait, together
    other: int = 0  # the service that is taken off


@dataclass(frozen=True)
class Queue:
    """Who waits, as the estimate sees it; ``target_s``: what the hall promises."""

    line: Sequence[Waiting]
    holds: Mapping[int, Hold]
    curve: Curve
    waiting: Mapping[int, int]
    at: float
    target_s: int

    def waits(self, posts: Mapping[int, Post]) -> dict[int, int]:
        """Return the P80 of each service that is waited for, with these windows at work."""
        lines = foresee(self.line, posts.values(), self.holds)
        return {
            pk: self.curve.told(lines[pk].wait_s(self.at))[1]
            for pk in self.waiting
            if pk in lines and self.waiting[pk]
        }

    def cost(self, waits: Mapping[int, int]) -> int:
        """Return what all who wait would wait, together."""
        return sum(self.waiting[pk] * wait_s for pk, wait_s in waits.items())


def moves(queue: Queue, stands: Sequence[Stand], *, first_first: bool = False) -> list[Move]:
    """Return the few changes that help most, the best first; each at a window of its own.

    ``first_first``: the hall's windows come to their second choices only when nobody waits for
    their first ones.
    """
    now = {one.window: _as_called(one, queue, first_first) for one in stands if one.post}
    posts = {window: post for window, post in now.items() if post}
    before = queue.waits(posts)
    late = [pk for pk, wait_s in before.items() if wait_s > queue.target_s * 4 / 5]
    late = sorted(late, key=lambda pk: -before[pk] * queue.waiting[pk])[:LATE_LOOKED_AT]
    found, played = [], dict[tuple[int, frozenset[int]], dict[int, int]]()
    for service in late:
        for kind, stand, post, other in _changes(service, stands, before, late, first_first):
            change = (stand.window, post.serves)  # may help several services: played once
            if change not in played:
                played[change] = queue.waits(posts | {stand.window: post})
            after = played[change]
            saved = queue.cost(before) - queue.cost(after)
            gain = before[service] - after[service]
            if gain >= LEAST_GAIN_S and saved > 0 and not _harms(queue, before, after):
                took = (before[service], after[service], saved, other)
                found.append(Move(kind, stand.window, service, *took))
    return _best(found)


def _as_called(stand: Stand, queue: Queue, first_first: bool) -> Post | None:
    """Return the window as it calls: without its second choices where its own are waited for."""
    if stand.post is None or not first_first:
        return stand.post
    own = any(queue.waiting.get(pk) for pk in stand.first)
    return replace(stand.post, serves=stand.first) if own else stand.post


def _changes(
    service: int,
    stands: Sequence[Stand],
    before: Mapping[int, int],
    late: Sequence[int],
    first_first: bool,
) -> Iterator[tuple[MoveKind, Stand, Post, int]]:
    """What could be done for a service: (kind, window, how it would work, what is taken off)."""
    working = sorted((one for one in stands if one.works), key=lambda one: _load(one, before))
    away = [one for one in stands if one.is_paused and service in one.all]
    closed = [one for one in stands if one.can_open and service in one.all]
    for one in away[:EACH]:
        yield MoveKind.CALL_BACK, one, Post(one.all, pause_s=BACK_S), 0
    for one in closed[:EACH]:
        yield MoveKind.OPEN, one, Post(one.all, pause_s=BACK_S), 0
    if first_first:
        for one in [one for one in working if service in one.second][:EACH]:
            yield MoveKind.FIRST, one, _serving(one, one.first | {service}), 0
    for one in [one for one in working if service in one.could_add - one.all][:EACH]:
        yield MoveKind.ADD, one, _serving(one, one.all | {service}), 0
    for one in [one for one in working if service in one.all][:EACH]:
        for other in _spared(one, working, late, before)[:1]:
            yield MoveKind.OFF, one, _serving(one, one.all - {other}), other


def _serving(stand: Stand, serves: frozenset[int]) -> Post:
    return replace(stand.post or Post(serves), serves=serves)


def _load(stand: Stand, before: Mapping[int, int]) -> int:
    return max((before.get(pk, 0) for pk in stand.all), default=0)


def _spared(
    stand: Stand, working: Sequence[Stand], late: Sequence[int], before: Mapping[int, int]
) -> list[int]:
    """Services that are not late and that other windows serve too, the shortest wait first."""
    elsewhere = frozenset[int]().union(*(one.all for one in working if one is not stand))
    spared = [pk for pk in stand.all if pk in elsewhere and pk in before and pk not in late]
    return sorted(spared, key=lambda pk: before[pk])


def _harms(queue: Queue, before: Mapping[int, int], after: Mapping[int, int]) -> bool:
    """Whether somebody else would be late by it."""
    return any(after[pk] > queue.target_s and after[pk] > before[pk] + HARM_S for pk in before)


def _best(found: Sequence[Move]) -> list[Move]:
    """The best first; one for each window."""
    best: dict[int, Move] = {}
    for move in sorted(found, key=lambda one: (-one.saved_s, one.after_s - one.before_s)):
        best.setdefault(move.window, move)
    return list(best.values())[:SHOWN]
