"""One open stream: lines for the browser, from the letters in its box."""

import random
import time
from collections.abc import Callable, Iterable
from queue import Empty

from onewindow.base import clocks
from onewindow.base.live.hub import Hub, Post, stamp

BEAT_SECONDS = 4.0
QUIET_SECONDS = 1.0
SPREAD_SECONDS = 0.5
LIVES_SECONDS = (60.0, 90.0)
spread = random.SystemRandom().uniform


class Stream:
    """What the web server sends to one screen: an iterator that blocks its own thread.

    A quiet screen is woken at once. One that was woken less than a second ago is woken once when
    the second is over, a little spread so that not all ask in the same moment.
    """

    def __init__(
        self,
        hub: Hub,
        post: Post,
        missed: Iterable[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hub, self._post, self._clock = hub, post, clock
        self._pending: dict[str, None] = dict.fromkeys(missed)
        self._woken_at = float("-inf")
        self._due = float("-inf")
        self._ends = clock() + spread(*LIVES_SECONDS)
        self._said_hello = self._over = False

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> bytes:
        """Wait for the next thing to say."""
        if not self._said_hello:
            self._said_hello = True
            return event("hello", str(clocks.now().timestamp()))  # the hall's time
        if self._over:
            self.close()
            raise StopIteration
        return self._wait()

    def close(self) -> None:
        """Stop listening; may be called twice."""
        self._over = True
        self._hub.leave(self._post)

    def _wait(self) -> bytes:
        beat = self._clock() + BEAT_SECONDS
        while not self._over:
            now = self._clock()
            if self._pending and now >= self._due:
                return self._wake(now)
            if now >= self._ends:
                self._over = True
            elif now >= beat:
                return event("beat", "")
            else:
                self._take(min(beat, self._ends, self._due if self._pending else beat) - now)
        return event("bye", "")

    def _take(self, timeout: float) -> None:
        """Take one letter out of the box, if one comes in time."""
        try:
            letter = self._post.box.get(timeout=max(timeout, 0.001))
        except Empty:
            return
        if letter is None:
            self._over = True
        elif letter:
            if not self._pending:
                over = self._woken_at + QUIET_SECONDS
                late = over + spread(0, SPREAD_SECONDS)
                self._due = late if self._clock() < over else float("-inf")
            self._pending.update(dict.fromkeys(letter))

    def _wake(self, now: float) -> bytes:
        names = " ".join(self._pending)
        self._pending.clear()
        self._woken_at = now
        return event("wake", names)


def event(kind: str, data: str) -> bytes:
    """One event of the stream; its id is the moment, so that a browser can say what it missed."""
    return f"id: {stamp()}\nevent: {kind}\ndata: {data}\n\n".encode()
