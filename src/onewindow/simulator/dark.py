"""A power cut that somebody asked for: from when to when nothing of ours runs.

It stands in a file with the data: what ends the processes cannot live in one of them. Times are
the machine's own.
"""

import time
from datetime import datetime
from pathlib import Path


class Dark:
    """The span that was asked for last."""

    def __init__(self, data: Path) -> None:
        self.file = data / "dark"

    def plan(self, begins: datetime, ends: datetime) -> None:
        """Let it be dark from a moment to another."""
        draft = self.file.with_suffix(".new")
        draft.write_text(f"{begins.timestamp()} {ends.timestamp()}")
        draft.replace(self.file)

    def holds(self) -> bool:
        """Say whether it is dark now."""
        try:
            begins, ends = map(float, self.file.read_text().split())
        except (OSError, ValueError):
            return False
        return begins <= time.time() < ends
