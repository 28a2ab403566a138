"""The hub of a process: its open streams, and when each topic last changed."""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from queue import SimpleQueue

Topic = tuple[int, str]

REMEMBERED = 20_000
AT_A_TIME = 25
BREATH_SECONDS = 0.002


def stamp() -> int:
    """Milliseconds of the machine's clock: the wire's time, not the hall's."""
    return time.time_ns() // 1_000_000


class Post:
    """The letter box of one stream. ``None`` in it means: end."""

    def __init__(self, wanted: frozenset[Topic]) -> None:
        self.wanted = wanted
        self.box: SimpleQueue[tuple[str, ...] | None] = SimpleQueue()


Letter = tuple[Post, tuple[str, ...]]


class Hub:
    """Who listens to what in this process."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._posts: dict[Topic, set[Post]] = {}
        self._open: set[Post] = set()
        self._changed: OrderedDict[Topic, int] = OrderedDict()
        self._rows: OrderedDict[int, None] = OrderedDict()
        self._knows_since = stamp()
        self._closed = False
        self._courier: threading.Thread | None = None
        self._bags: SimpleQueue[list[Letter]] = SimpleQueue()

    @property
    def streams(self) -> int:
        """How many streams are open."""
        return len(self._open)

    def open(self, wanted: Iterable[Topic], at_most: int) -> Post | None:
        """Begin to listen; None when there are too many streams, or the process is ending."""
        post = Post(frozenset(wanted))
        with self._mutex:
            if self._closed or len(self._open) >= at_most:
                return None
            self._open.add(post)
            for topic in post.wanted:
                self._posts.setdefault(topic, set()).add(post)
        return post

    def leave(self, post: Post) -> None:
        """Listen no more."""
        with self._mutex:
            self._open.discard(post)
            for topic in post.wanted:
                listeners = self._posts.get(topic, set())
                listeners.discard(post)
                if not listeners:
                    self._posts.pop(topic, None)

    def told(self, hall: int, topics: Iterable[str], row: int | None = None) -> None:
        """Wake who listens to these topics. A trail row that was heard before wakes nobody."""
        with self._mutex:
            if row is not None and self._heard(row):
                return
            letters: dict[Post, list[str]] = {}
            for name in topics:
                self._remember((hall, name))
                for post in self._posts.get((hall, name), ()):
                    letters.setdefault(post, []).append(name)
        self._deliver([(post, tuple(names)) for post, names in letters.items()])

    def wake_all(self) -> None:
        """Wake every screen: something was missed."""
        with self._mutex:
            self._changed.clear()
            self._knows_since = stamp()
            posts = list(self._open)
        self._deliver([(post, tuple({name for _, name in post.wanted})) for post in posts])

    def changed_since(self, hall: int, topics: Iterable[str], since: int) -> tuple[str, ...]:
        """Return the topics that may have changed since a moment (in milliseconds)."""
        with self._mutex:
            return tuple(name for name in topics if self._changed_at((hall, name)) >= since)

    def last_change(self, hall: int, topics: Iterable[str]) -> int:
        """Return when one of these topics last changed, as far as known: a version to compare."""
        with self._mutex:
            return max((self._changed_at((hall, name)) for name in topics), default=0)

    def close(self) -> None:
        """End all streams and take no more."""
        with self._mutex:
            self._closed = True
            posts = list(self._open)
        for post in posts:
            post.box.put(None)

    def _deliver(self, letters: list[Letter]) -> None:
        """Deliver a few at once; many are a courier's work, so that the committer can go on."""
        if len(letters) <= AT_A_TIME:
            for post, names in letters:
                post.box.put(names)
            return
        with self._mutex:
            if self._courier is None:
                self._courier = threading.Thread(
                    target=self._carry, name="live-courier", daemon=True
                )
                self._courier.start()
        self._bags.put(letters)

    def _carry(self) -> None:
        """Deliver some at a time: hundreds of threads woken together would let nobody else run."""
        while True:
            letters = self._bags.get()
            for start in range(0, len(letters), AT_A_TIME):
                for post, names in letters[start : start + AT_A_TIME]:
                    post.box.put(names)
                time.sleep(BREATH_SECONDS)

    def _changed_at(self, topic: Topic) -> int:
        return self._changed.get(topic, self._knows_since)

    def _remember(self, topic: Topic) -> None:
        self._changed[topic] = stamp()
        self._changed.move_to_end(topic)
        if len(self._changed) > REMEMBERED:
            _, self._knows_since = self._changed.popitem(last=False)

    def _heard(self, row: int) -> bool:
        if row in self._rows:
            return True
        self._rows[row] = None
        if len(self._rows) > REMEMBERED:
            self._rows.popitem(last=False)
        return False


HUB = Hub()
