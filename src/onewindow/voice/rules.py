"""What is said when: a timeline that follows from the calls alone, and who says it.

Nothing is kept of what was said. Whoever works out the timeline of the last minutes finds the same
as everybody else, so a display that was loaded anew knows what is over and what is to come.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time

TOO_OLD_S = 30.0  # who was not called aloud within it is called by the screen alone
MANY = 2  # of more than these that wait, each is said in short
PAUSE_S = 0.4  # between two announcements
CHIME_S = 1.1

# How long the speech of a machine takes: a Chinese character is a syllable, a word has about two.
CHARACTER_S, WORD_S = 0.27, 0.42


@dataclass(frozen=True)
class Call:
    """One call of one ticket. Moments are seconds since 1970, lengths seconds.

    ``over`` is when it needed no voice any more: the visitor came, or the call was taken back.
    """

    key: str
    ticket: int
    at: float
    whole_s: float
    short_s: float
    over: float | None = None

    def is_due(self, now: float) -> bool:
        """Say whether it may still be said."""
        return now - self.at <= TOO_OLD_S and (self.over is None or self.over > now)


@dataclass(frozen=True)
class Said:
    """A call with the moment it is said, whole or in short."""

    call: Call
    begins: float
    is_short: bool

    @property
    def ends(self) -> float:
        """When the loudspeaker is free again."""
        return self.begins + (self.call.short_s if self.is_short else self.call.whole_s)


def timeline(calls: Iterable[Call]) -> list[Said]:
    """Return what one loudspeaker says, in order: one at a time, none of them too late.

    Each step looks only at calls made until then, so what comes later never changes what was said.
    A recall takes the place of its own call that was not said yet, at the end of the queue.
    """
    coming = sorted(calls, key=lambda call: (call.at, call.key), reverse=True)
    queue: dict[int, Call] = {}
    said: list[Said] = []
    free = float("-inf")
    while coming or queue:
        now = free if queue else max(free, coming[-1].at)
        while coming and coming[-1].at <= now:
            call = coming.pop()
            queue.pop(call.ticket, None)
            queue[call.ticket] = call
        queue = {ticket: call for ticket, call in queue.items() if call.is_due(now)}
        if queue:
            is_short = len(queue) > MANY
            said.append(Said(queue.pop(next(iter(queue))), now, is_short))
            free = said[-1].ends + PAUSE_S
    return said


def spoken_s(text: str) -> float:
    """Return about how long a machine takes to say a sentence."""
    characters = sum(1 for letter in text if "\u4e00" <= letter <= "\u9fff")
    words = len(text.encode("ascii", "replace").decode().replace("?", " ").split())
    return characters * CHARACTER_S + words * WORD_S


def speakers(
    zones: Iterable[int], displays: Mapping[int, Iterable[int]]
) -> dict[int, frozenset[int]]:
    """Return which zones each display speaks for: every zone has one loudspeaker at most.

    ``displays`` holds the zones of each that may speak, none of them meaning all. Who stands for a
    zone by name goes before who stands for the whole hall, the older before the younger.
    """
    named = {display: frozenset(shown) for display, shown in displays.items()}
    order = sorted(named, key=lambda display: (not named[display], display))
    found: dict[int, set[int]] = {display: set() for display in named}
    for zone in zones:
        first = next((one for one in order if not named[one] or zone in named[one]), None)
        if first is not None:
            found[first].add(zone)
    return {display: frozenset(spoken) for display, spoken in found.items()}


def is_quiet(now: time, begins: time | None, ends: time | None) -> bool:
    """Say whether a moment lies in the quiet hours, which may pass midnight."""
    if begins is None or ends is None or begins == ends:
        return False
    return begins <= now < ends if begins < ends else now >= begins or now < ends
