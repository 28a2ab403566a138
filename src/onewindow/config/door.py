"""How many pages may be read at once in this process."""

import threading

AT_ONCE = 8
WHILE_WRITING = 1


class Door:
    """Lets readers in a few at a time, and fewer while somebody writes.

    Threads share one interpreter: a writer comes back from the disk six times, and each time it
    would stand behind all who read.
    """

    def __init__(self, at_once: int = AT_ONCE, while_writing: int = WHILE_WRITING) -> None:
        self._at_once, self._while_writing = at_once, while_writing
        self._change = threading.Condition()
        self._readers = self._writers = 0

    def enter(self, *, reads: bool, timeout: float) -> bool:
        """Go in; False when a reader waited in vain. A writer never waits here."""
        with self._change:
            if not reads:
                self._writers += 1
                return True
            if not self._change.wait_for(self._has_room, timeout):
                return False
            self._readers += 1
            return True

    def leave(self, *, reads: bool) -> None:
        """Go out."""
        with self._change:
            if reads:
                self._readers -= 1
                self._change.notify()
            else:
                self._writers -= 1
                self._change.notify(self._at_once)

    def _has_room(self) -> bool:
        return self._readers < (self._while_writing if self._writers else self._at_once)
