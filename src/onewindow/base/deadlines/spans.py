"""A stretch of time."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Span:
    """From one moment to another; the end is no part of it."""

    start: datetime
    end: datetime

    def holds(self, at: datetime) -> bool:
        """Say whether a moment lies inside."""
        return self.start <= at < self.end
