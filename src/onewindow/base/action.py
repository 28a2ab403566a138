"""``@action``: a verb is one transaction, all of it or nothing."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

P = ParamSpec("P")
T = TypeVar("T")

AT_ONCE = 4  # per process; more only hand the interpreter to each other, and the last answers late
WAITS_SECONDS = 10.0

_turns = threading.BoundedSemaphore(AT_ONCE)

_whole: ContextVar[bool] = ContextVar("whole", default=False)


def action(verb: Callable[P, T]) -> Callable[P, T]:
    """Run a verb in a transaction; a verb within a verb can be taken back by itself.

    Within ``whole()`` nothing can: it saves two statements a verb.
    """

    @wraps(verb)
    def act(*args: P.args, **kwargs: P.kwargs) -> T:
        with transaction.atomic(savepoint=not _whole.get()):
            return verb(*args, **kwargs)

    return act


@contextmanager
def whole() -> Iterator[None]:
    """Open a transaction that falls as one: what a verb in it refuses, all of it is refused.

    A few are open at once in a process, and the rest wait in front of it (on SQLite one is, by
    its own line). Raises ``OperationalError`` when no turn came in time.
    """
    line = nullcontext() if connection.vendor == "sqlite" else _turn()
    with line, transaction.atomic():
        before = _whole.set(True)
        try:
            yield
        finally:
            _whole.reset(before)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=WAITS_SECONDS):
        raise OperationalError("no turn to write came in time")
    try:
        yield
    finally:
        _turns.release()
