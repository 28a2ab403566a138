"""What a process may remember of a hall, for as long as the hall's version stands."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db.models import F

from onewindow.base.halls.models import Hall

T = TypeVar("T")
KEPT_AT_MOST = 5_000

_kept: dict[tuple[Any, ...], tuple[int, Any]] = {}
forgotten_too: list[Callable[[], None]] = []  # short memories of rooms above


def remembered(read: Callable[..., T]) -> Callable[..., T]:
    """Keep what ``read(hall, *hashable)`` returned until ``hall.version`` grows.

    The hall given must be fresh in its version (``request.hall`` is). What is returned is shared
    between requests: nobody may change it.
    """

    @wraps(read)
    def once_per_version(hall: Hall, *args: Any) -> T:
        key = (read, hall.pk, *args)
        kept = _kept.get(key)
        if kept is None or kept[0] != hall.version:
            if len(_kept) >= KEPT_AT_MOST:
                _kept.clear()
            kept = _kept[key] = (hall.version, read(hall, *args))
        return kept[1]

    return once_per_version


def changed(hall: Hall) -> None:
    """Make every process forget what it remembers of this hall. Call it in the same transaction."""
    Hall.objects.filter(pk=hall.pk).update(version=F("version") + 1)
    hall.refresh_from_db(fields=["version"])


def forget() -> None:
    """Forget everything, for tests that roll the database back."""
    _kept.clear()
    for also in forgotten_too:
        also()
