"""Waking screens: topics go out when the change commits."""

from collections.abc import Callable, Iterable
from functools import partial

from django.db import transaction

Listener = Callable[[int, tuple[str, ...]], None]

_listeners: list[Listener] = []


def publish(hall: int, topics: Iterable[str]) -> None:
    """Wake, once this transaction commits, the screens of a hall that listen to these topics."""
    transaction.on_commit(partial(_tell, hall, tuple(topics)))


def listen(listener: Listener) -> None:
    """Call ``listener(hall, topics)`` at each commit in this process."""
    _listeners.append(listener)


def _tell(hall: int, topics: tuple[str, ...]) -> None:
    for listener in _listeners:
        listener(hall, topics)
