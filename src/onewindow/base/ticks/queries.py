"""When were we away, and are we well now?"""

import time
from datetime import datetime, timedelta

from onewindow.base import clocks
from onewindow.base.halls import memory
from onewindow.base.ticks.models import Heartbeat, Outage

INSTALLATION, WORKER = "installation", "worker"
LONG_SILENCE = timedelta(seconds=60)
LATELY = timedelta(days=3)
KNOWN_FOR_S = 10.0

_known: tuple[float, list[tuple[datetime, datetime]]] = (float("-inf"), [])


def outages_between(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """Return the spans between two moments in which we were not there, cut to those moments."""
    rows = Outage.objects.filter(ended_at__gt=start, began_at__lt=end)
    spans = rows.values_list("began_at", "ended_at")
    return [(max(began, start), min(ended, end)) for began, ended in spans]


def seconds_away(start: datetime | None, end: datetime) -> int:
    """Return how many whole seconds between two moments of the last days we were not there.

    Answered from memory: every interval of every ticket asks. An outage is known once we are back,
    and then within ten seconds to every process.
    """
    if start is None:
        return 0
    spans = [(max(began, start), min(ended, end)) for began, ended in _lately()]
    return sum(clocks.seconds(began, ended) for began, ended in spans)


def _lately() -> list[tuple[datetime, datetime]]:
    global _known
    read_at, spans = _known
    if time.monotonic() - read_at > KNOWN_FOR_S:
        now = clocks.now()
        spans = outages_between(now - LATELY, now)
        _known = (time.monotonic(), spans)
    return spans


def forget() -> None:
    """Ask the database next time."""
    global _known
    _known = (float("-inf"), [])


memory.forgotten_too.append(forget)


def silence(name: str) -> timedelta | None:
    """Return how long ago a process last gave a sign of life; None when it never did."""
    beat = Heartbeat.objects.filter(name=name).first()
    return beat.silence(clocks.now(), clocks.shift()) if beat else None


def quiet() -> list[str]:
    """Return the names of those that gave no sign of life for a minute: clock, worker."""
    spoken = {name: silence(name) for name in (INSTALLATION, WORKER)}
    return [name for name, ago in spoken.items() if ago is None or ago > LONG_SILENCE]
