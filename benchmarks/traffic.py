"""A busy hall over HTTP: clients that take, call and finish, and remember what they were told.

A client whose request was not answered (the server was killed, the database was away) repeats it
with the same Idempotency-Key, as the API tells it to.
"""

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.client import Answer, Client
from benchmarks.server import Server

HALL = "/api/v1/halls/bench"
SERIES = "ABCDEF"
PATIENCE = 60.0


@dataclass(frozen=True)
class Stay:
    """A ticket that surely was at a window between two moments: told so, and not yet let go."""

    ticket: int
    visit: int
    window: int
    since: float
    until: float


@dataclass
class Seen:
    """What all clients were told."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    called: list[int] = field(default_factory=list)
    finished: list[int] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


class Caller:
    """One client of the hall. Everything it is told goes into ``seen``."""

    def __init__(self, one: Server, seen: Seen) -> None:
        self.client: Client = one.client()
        self.seen = seen

    def post(self, path: str, body: Any = None, *, fine: tuple[int, ...]) -> Answer | None:
        """Ask until there is an answer; None when it is not one of the ``fine`` ones."""
        key, end = str(uuid.uuid4()), time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = self._ask(path, body, key)
            if answer is None:
                continue
            if answer.header("idempotency-replayed"):
                self.seen.counts["answered again"] += 1
            if answer.status in fine:
                return answer
            self.seen.failed.append(f"{answer.status} {path} {answer.body[:200]!r}")
            return None
        self.seen.failed.append(f"no answer in {PATIENCE:g} s: {path}")
        return None

    def _ask(self, path: str, body: Any, key: str) -> Answer | None:
        """Ask once; None when it is to be asked again: no answer, or 503 with Retry-After."""
        try:
            answer = self.client.post(path, body, key)
        except OSError:
            self.seen.counts["without answer"] += 1
            time.sleep(0.05)
            return None
        if answer.status == 503 and (wait := answer.header("retry-after")):
            self.seen.counts["503 with Retry-After"] += 1
            time.sleep(min(float(wait), 1.0))
            return None
        return answer

    def take(self, service: str, visit: int | None = None) -> dict[str, Any] | None:
        """Take a number, or another service for a visit."""
        body = {"service": service} | ({"visit": visit} if visit else {})
        answer = self.post(f"{HALL}/tickets", body, fine=(201,))
        if answer is None:
            return None
        ticket: dict[str, Any] = answer.json
        self.seen.taken.append(ticket)
        return ticket

    def call(self, window: int) -> dict[str, Any] | None:
        """Call who is next at a window; None when nobody waits or it has somebody."""
        answer = self.post(f"{HALL}/windows/{window}/call-next", fine=(200, 204, 409))
        if answer is None or answer.status != 200:
            self.seen.counts["window had somebody"] += bool(answer and answer.status == 409)
            return None
        ticket: dict[str, Any] = answer.json
        self.seen.called.append(ticket["id"])
        return ticket

    def finish(self, ticket: dict[str, Any], window: int, since: float) -> None:
        """Let a visitor go."""
        stay = Stay(ticket["id"], ticket["visit"], window, since, time.perf_counter())
        self.seen.stays.append(stay)
        if self.post(f"/api/v1/tickets/{ticket['id']}/finish", fine=(200,)):
            self.seen.finished.append(ticket["id"])


def client_at(caller: Caller, place: int, clients: int, more: Callable[[int], bool]) -> None:
    """Take numbers as long as ``more``, and serve at two windows that a neighbour uses too.

    Every fifth visit takes a second service. A visitor stays while the next numbers are taken.
    """
    here: tuple[dict[str, Any], int, float] | None = None
    turn = 0
    while more(place):
        service = SERIES[(place + turn) % 6]
        ticket = caller.take(service)
        if ticket and turn % 5 == 0 and more(place):
            caller.take(SERIES[(place + turn + 1) % 6], ticket["visit"])
        if here:
            caller.finish(*here)
        window = (place + turn % 2) % clients + 1
        called = caller.call(window)
        here = (called, window, time.perf_counter()) if called else None
        turn += 1
    if here:
        caller.finish(*here)


def drain(caller: Caller, windows: int) -> None:
    """Serve who still waits."""
    empty = 0
    for turn in range(1_000_000):
        window = turn % windows + 1
        called = caller.call(window)
        empty = 0 if called else empty + 1
        if called:
            caller.finish(called, window, time.perf_counter())
        elif empty >= windows:
            return


def busy(one: Server, clients: int, more: Callable[[int], bool]) -> Seen:
    """Let so many clients work at once until there is no more, then serve who is left."""
    seen = Seen()

    def work(place: int) -> None:
        try:
            client_at(Caller(one, seen), place, clients, more)
        except Exception as broken:  # told as a failure of the run
            seen.failed.append(repr(broken))
            raise

    threads = [threading.Thread(target=work, args=(place,)) for place in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen.seconds = time.perf_counter() - began
    return seen


class Quota:
    """So many numbers to take, for all clients together."""

    def __init__(self, many: int) -> None:
        self.left, self.lock = many, threading.Lock()

    def more(self, _place: int) -> bool:
        """Take one from the quota."""
        with self.lock:
            self.left -= 1
            return self.left >= 0
