"""What other processes committed, and telling them what this one did.

SQLite: a connection of our own asks ``PRAGMA data_version`` twenty times a second (it changes
when anybody commits) and then reads the trail's new rows. PostgreSQL: one connection outside the
pool hears, and sends the topics committed in the last 50 ms as one NOTIFY outside the
transactions, because a NOTIFY inside each would make commits wait for each other.
"""

import atexit
import json
import logging
import threading
import time
import uuid
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from django.db import connection

from onewindow.base.live.hub import HUB, Hub

log = logging.getLogger(__name__)

STEP_SECONDS = 0.05
AGAIN_SECONDS = 1.0
LETTER_BYTES = 7_000  # PostgreSQL takes 8,000 in one NOTIFY
CHANNEL = "onewindow"
ROWS = "SELECT id, hall, topics FROM trail_entry WHERE id > ? AND topics <> '' ORDER BY id"

Heard = tuple[int, tuple[str, ...], int | None]


class Ear(Protocol):
    """One way to hear: it opens, listens for a moment again and again, and closes."""

    def open(self) -> None:
        """Connect."""

    def step(self) -> list[Heard]:
        """Listen for at most ``STEP_SECONDS`` and send what is to be sent."""

    def close(self) -> None:
        """Let the connection go."""


class SQLiteEar:
    """Hears through the file: whoever writes need not know of us."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: Any = None
        self._version = self._last = -1

    def open(self) -> None:
        """Connect, and begin after the newest row."""
        import sqlite3  # noqa: PLC0415  # a PostgreSQL hall does without

        uri = f"file:{self._path}?mode=ro"
        self._file = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=5)
        self._version = self._data_version()
        newest = self._file.execute("SELECT max(id) FROM trail_entry").fetchone()[0] or 0
        self._last = newest

    def step(self) -> list[Heard]:
        """Sleep a moment, then read the rows that came."""
        time.sleep(STEP_SECONDS)
        version = self._data_version()
        if version == self._version:
            return []
        self._version = version
        rows = self._file.execute(ROWS, [self._last]).fetchall()
        if rows:
            self._last = rows[-1][0]
        return [(hall, tuple(topics.split()), row) for row, hall, topics in rows if hall]

    def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            self._file.close()

    def _data_version(self) -> int:
        return int(self._file.execute("PRAGMA data_version").fetchone()[0])


class PostgresEar:
    """Hears by LISTEN, tells by NOTIFY, both on one connection outside the pool."""

    def __init__(self, address: dict[str, Any], outbox: SimpleQueue[tuple[int, str]]) -> None:
        self._address, self._outbox = address, outbox
        self._me = uuid.uuid4().hex
        self._line: Any = None

    def open(self) -> None:
        """Connect and listen."""
        import psycopg  # noqa: PLC0415  # a SQLite hall does without

        self._line = psycopg.connect(**self._address, autocommit=True)
        self._line.execute(f"LISTEN {CHANNEL}")

    def step(self) -> list[Heard]:
        """Hear what comes within a moment, then send what was committed meanwhile."""
        heard: list[Heard] = []
        for letter in self._line.notifies(timeout=STEP_SECONDS, stop_after=1):
            heard += self._read(letter.payload)
        for payload in self._letters():
            self._line.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
        return heard

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()

    def _read(self, payload: str) -> list[Heard]:
        sender, wakes = json.loads(payload)
        if sender == self._me:
            return []
        return [(int(hall), tuple(topics), None) for hall, topics in wakes.items()]

    def _letters(self) -> list[str]:
        """Empty the outbox into as few letters as it needs."""
        wakes: dict[int, dict[str, None]] = {}
        letters, size = [], 0
        while True:
            try:
                hall, topic = self._outbox.get_nowait()
            except Empty:
                break
            wakes.setdefault(hall, {})[topic] = None
            size += len(topic.encode()) + 24
            if size > LETTER_BYTES:
                letters.append(wakes)
                wakes, size = {}, 0
        return [
            json.dumps([self._me, {hall: list(topics) for hall, topics in letter.items()}])
            for letter in [*letters, wakes]
            if letter
        ]


class Hearing:
    """The thread that hears and tells; it goes on when the database is gone for a while."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._mutex = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._tells = False
        self._outbox: SimpleQueue[tuple[int, str]] = SimpleQueue()

    def start(self, *, has_screens: bool = True) -> None:
        """Begin; nothing happens when it has begun, or when there is nobody to hear or to tell."""
        if connection.vendor == "sqlite" and not has_screens:
            return
        with self._mutex:
            if self._thread is None:
                self._stop.clear()
                self._tells = connection.vendor == "postgresql"
                self._thread = threading.Thread(
                    target=self._run, args=[self._ear()], name="live-hearing", daemon=True
                )
                self._thread.start()
                atexit.register(self.stop)

    def stop(self) -> None:
        """End, after what is to be told was told."""
        thread = self._thread
        if thread is not None:
            until = time.monotonic() + 0.5
            while self._tells and not self._outbox.empty() and time.monotonic() < until:
                time.sleep(STEP_SECONDS / 5)
            self._stop.set()
            thread.join(1)
            self._thread, self._tells = None, False

    def tell(self, hall: int, topics: tuple[str, ...], _row: int | None = None) -> None:
        """Let other processes know. On SQLite they see it themselves."""
        if self._tells:
            for topic in topics:
                self._outbox.put((hall, topic))

    def _ear(self) -> Ear:
        if self._tells:
            address = connection.get_connection_params()
            wanted = ("dbname", "user", "password", "host", "port", "sslmode", "service")
            return PostgresEar({k: address[k] for k in wanted if k in address}, self._outbox)
        return SQLiteEar(str(connection.settings_dict["NAME"]))

    def _run(self, ear: Ear) -> None:
        first = True
        while not self._stop.is_set():
            try:
                ear.open()
                if not first:
                    self._hub.wake_all()
                first = False
                self._listen(ear)
            except Exception as error:  # noqa: BLE001  # a screen that sleeps for ever is worse
                log.warning("other processes are not heard: %s", error)
                first = False
                self._stop.wait(AGAIN_SECONDS)
            finally:
                ear.close()

    def _listen(self, ear: Ear) -> None:
        while not self._stop.is_set():
            for hall, topics, row in ear.step():
                self._hub.told(hall, topics, row)


HEARING = Hearing(HUB)
start = HEARING.start
stop = HEARING.stop
tell = HEARING.tell
