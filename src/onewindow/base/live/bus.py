"""Waking screens: topics go out when the change commits."""

from collections.abc import Callable, Iterable
from functools import partial

from django.db import transaction

Listener = Callable[[int, tuple[str, ...], int | None], None]

_listeners: list[Listener] = []


def publish(hall: int, topics: Iterable[str], row: int | None = None) -> None:
    """Wake, once this transaction commits, the screens of a hall that listen to these topics.

    ``row`` is the id of the trail row that says so: by it a process knows its own rows again.
    """
    transaction.on_commit(partial(_tell, hall, tuple(topics), row))


def listen(listener: Listener) -> None:
    """Call ``listener(hall, topics, row)`` at each commit in this process."""
    if listener not in _listeners:
        _listeners.append(listener)


def _tell(hall: int, topics: tuple[str, ...], row: int | None) -> None:
    for listener in _listeners:
        listener(hall, topics, row)
