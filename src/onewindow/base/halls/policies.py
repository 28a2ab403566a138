"""``policy(hall, TicketPolicy)``: the settings of a room in a hall.

A policy is a frozen dataclass whose fields are each a ``setting``; ``title`` and ``icon`` (class
variables) stand above its page in the set-up, ``page`` in its address.
"""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, TypeVar

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.memory import changed, remembered
from onewindow.base.halls.models import Hall, Policy

P = TypeVar("P")


def policy(hall: Hall, kind: type[P], at: datetime | None = None) -> P:
    """Return a room's settings, now or as they stood at a moment: a frozen dataclass."""
    rows = [row for row in _rows(hall, kind.__name__) if at is None or row[0] <= at]
    return _read(kind, rows[-1][1] if rows else {})


@remembered
def _rows(hall: Hall, key: str) -> list[tuple[datetime, dict[str, Any]]]:
    rows = Policy.objects.filter(hall=hall, key=key).order_by("since", "pk")
    return list(rows.values_list("since", "value"))


def _read(kind: type[P], value: dict[str, Any]) -> P:
    """Build the dataclass; a key that the room no longer knows is left out."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # P is a dataclass
    return kind(**{name: given for name, given in value.items() if name in known})


@action
def set_policy(hall: Hall, value: Any) -> None:
    """Let a dataclass of settings hold from now on. The caller records who did it."""
    Policy.objects.create(
        hall=hall, key=type(value).__name__, value=asdict(value), since=clocks.now()
    )
    changed(hall)
