"""The settings of deliveries."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HookPolicy:
    """How often a delivery is tried, when it is given up, and how long the log is kept."""

    pauses_min: tuple[int, ...] = (1, 5, 15, 60, 240, 720)  # after each failure; then the last
    give_up_after_h: int = 72
    failures_until_quiet: int = 5  # in a row; then the hook is tried once per pause only
    kept_days: int = 30
