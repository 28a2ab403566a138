"""The only clock. Nothing else in the product may ask what time it is.

``ONEWINDOW_CLOCK`` shifts it for every process alike: ``+7h``, ``-30m``, ``+1d2h``, seconds without
a unit, or ``@FILE`` for a shift in seconds that is kept in a file and may grow while we run.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from datetime import time as daytime
from pathlib import Path
from zoneinfo import ZoneInfo

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "": 1}
NUMBER = r"\d+(?:\.\d+)?"

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)
_file_read: tuple[float, timedelta] = (float("-inf"), timedelta(0))


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC) + shift()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Set the clock to one moment for this thread of work."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)


def shift() -> timedelta:
    """Return how far this installation's clock is from the machine's."""
    given = os.environ.get("ONEWINDOW_CLOCK", "")
    return _shift_in_file(Path(given[1:])) if given.startswith("@") else parse_shift(given)


def parse_shift(text: str) -> timedelta:
    """Read ``+7h`` as seven hours. Raise ValueError when it is no shift."""
    if not text:
        return timedelta(0)
    if not re.fullmatch(rf"[+-]?(?:{NUMBER}|(?:{NUMBER}[smhd])+)", text.strip()):
        raise ValueError(f"ONEWINDOW_CLOCK: {text!r} is no shift such as +7h, +10h42m or @FILE")
    parts = re.findall(rf"({NUMBER})([smhd]?)", text)
    shift = timedelta(seconds=sum(float(many) * UNITS[unit] for many, unit in parts))
    return -shift if text.strip().startswith("-") else shift


def look_again() -> None:
    """Read the kept shift anew: this process has just changed it."""
    global _file_read
    _file_read = (float("-inf"), timedelta(0))


def _shift_in_file(path: Path) -> timedelta:
    """Read the kept shift, at most once a second."""
    global _file_read
    read_at, kept = _file_read
    if time.monotonic() - read_at > 1:
        kept = parse_shift(path.read_text().strip()) if path.exists() else timedelta(0)
        _file_read = (time.monotonic(), kept)
    return kept


def business_date(then: datetime, zone: ZoneInfo, day_starts: daytime) -> date:
    """Return the day a moment belongs to where a day begins at ``day_starts`` local time.

    A day begins once, also where the clock is put back over its beginning.
    """
    day = then.astimezone(zone).date()
    return day if then >= moment(day, day_starts, zone) else day - timedelta(days=1)


def moment(day: date, at: daytime, zone: ZoneInfo) -> datetime:
    """Return the moment of a local time on a calendar day.

    Of a time that comes twice the first; of one that is left out, when the clock is put forward.
    """
    local = datetime.combine(day, at, tzinfo=zone)
    then = local.astimezone(UTC)
    if then.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return then
    return _put_forward(local.replace(fold=1).astimezone(UTC), then, zone)


def _put_forward(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the second between two moments at which the zone's clock is put forward."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def seconds(since: datetime | None, until: datetime) -> int:
    """Return whole seconds between two moments, never below zero; 0 when the first is missing."""
    return max(0, int((until - since).total_seconds())) if since else 0
