"""When a printer is tried again, and when its paper would come too late."""

from datetime import timedelta

PATIENCE = timedelta(seconds=60)  # as long as the kiosk keeps the number; later nobody stands there
LEASE = timedelta(seconds=30)  # who prints has so long before another may
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (2, 4, 8, 15))
ASK_EVERY = timedelta(seconds=60)  # how a printer is that has nothing to do
REMEMBERED = timedelta(minutes=30)  # so long an alert names what was not printed
NAMED = 6
KEPT = timedelta(days=30)


def pause_after(tries: int) -> timedelta:
    """Return how long a printer rests after so many failures in a row."""
    return PAUSES[min(tries, len(PAUSES)) - 1]
