"""When a message is tried again, and when it is given up."""

from datetime import timedelta

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
LEASE = timedelta(minutes=5)  # who began to send it has so long before another may
NO_CHANNEL_PAUSE = timedelta(minutes=10)


def pause_after(tries: int) -> timedelta | None:
    """Return how long to wait after so many failures; None: give it up."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None
