"""The line in which the writers of one process wait, one line for each database file, and the lock
that one process at a time holds."""

import fcntl
import os
import threading
import time
from collections import deque
from contextlib import suppress
from pathlib import Path

ASK_AGAIN_S = 0.002
LONG_S = 0.01  # who held the lock so long lets the others go first


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


class Neighbours:
    """The turn between processes: a lock on a file beside the database.

    SQLite lets processes wait by asking again, ever more seldom: with four that write all the
    time one of them can go without for seconds. Asked for every two milliseconds, each gets its
    share; and whoever held it long, as an import does, waits a moment longer than the others
    need to ask. The kernel frees the lock of a process that dies.
    """

    def __init__(self, database: str) -> None:
        self._path = Path(f"{database}-turn") if database.startswith("/") else None
        self._file: int | None = None
        self._since = self._after = 0.0  # of ``time.monotonic``

    def take(self, until: float) -> bool:
        """Wait for the lock; False when it did not come before a moment of ``time.monotonic``."""
        if self._path is None:  # a database in memory has no neighbours
            return True
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        time.sleep(max(0.0, self._after - time.monotonic()))
        while True:
            with suppress(BlockingIOError):
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._since = time.monotonic()
                return True
            if time.monotonic() > until:
                return False
            time.sleep(ASK_AGAIN_S)

    def give(self) -> None:
        """Let the next process write."""
        if self._file is not None:
            now = time.monotonic()
            self._after = now + 2 * ASK_AGAIN_S if now - self._since > LONG_S else now
            fcntl.flock(self._file, fcntl.LOCK_UN)


_lines: dict[str, Turns] = {}
_neighbours: dict[str, Neighbours] = {}
_mutex = threading.Lock()


def turns_of(database: str) -> Turns:
    """Return the line of a database file."""
    with _mutex:
        if database not in _lines:
            _lines[database] = Turns()
        return _lines[database]


def neighbours_of(database: str) -> Neighbours:
    """Return the lock between processes of a database file."""
    with _mutex:
        if database not in _neighbours:
            _neighbours[database] = Neighbours(database)
        return _neighbours[database]


def _forget() -> None:
    """A fork takes no thread along that could give, and shares the lock of an open file."""
    _lines.clear()
    _neighbours.clear()


os.register_at_fork(after_in_child=_forget)
