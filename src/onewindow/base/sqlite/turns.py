"""The line in which the writers of one process wait, one line for each database file."""

import os
import threading
from collections import deque


class Turns:
    """A lock that serves in the order of asking and belongs to whoever took it, not to a thread."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def take(self, timeout: float) -> bool:
        """Wait for a turn; False when it did not come in ``timeout`` seconds."""
        with self._mutex:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        return mine.acquire(timeout=timeout) or self._came_late(mine)

    def give(self) -> None:
        """End this turn; whoever has waited longest is next."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    def _came_late(self, mine: threading.Lock) -> bool:
        """Leave the line; True when the turn came in the very moment of leaving."""
        with self._mutex:
            if mine not in self._waiting:
                return True
            self._waiting.remove(mine)
            return False


_lines: dict[str, Turns] = {}
_mutex = threading.Lock()


def turns_of(database: str) -> Turns:
    """Return the line of a database file."""
    with _mutex:
        return _lines.setdefault(database, Turns())


os.register_at_fork(after_in_child=_lines.clear)  # a fork takes no thread along that could give
