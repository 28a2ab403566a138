"""When were we away, and are we well now?"""

from datetime import datetime, timedelta

from onewindow.base import clocks
from onewindow.base.ticks.models import Heartbeat, Outage

INSTALLATION, WORKER = "installation", "worker"
LONG_SILENCE = timedelta(seconds=60)


def outages_between(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """Return the spans between two moments in which we were not there, cut to those moments."""
    rows = Outage.objects.filter(ended_at__gt=start, began_at__lt=end)
    spans = rows.values_list("began_at", "ended_at")
    return [(max(began, start), min(ended, end)) for began, ended in spans]


def seconds_away(start: datetime, end: datetime) -> int:
    """Return how many whole seconds between two moments we were not there."""
    return sum(clocks.seconds(began, ended) for began, ended in outages_between(start, end))


def silence(name: str) -> timedelta | None:
    """Return how long ago a process last gave a sign of life; None when it never did."""
    beat = Heartbeat.objects.filter(name=name).first()
    return beat.silence(clocks.now(), clocks.shift()) if beat else None


def quiet() -> list[str]:
    """Return the names of those that gave no sign of life for a minute: clock, worker."""
    spoken = {name: silence(name) for name in (INSTALLATION, WORKER)}
    return [name for name, ago in spoken.items() if ago is None or ago > LONG_SILENCE]
