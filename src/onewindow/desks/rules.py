"""What the board calls a long wait."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BoardPolicy:
    """The hall's promise: so many minutes, for four of five visitors."""

    wait_target_min: int = 15


def mark(p80_s: int, policy: BoardPolicy) -> str:
    """Return how a wait stands against the promise: ok, warn from four fifths of it, bad beyond."""
    target_s = policy.wait_target_min * 60
    if p80_s > target_s:
        return "bad"
    return "warn" if p80_s > target_s * 4 / 5 else "ok"
