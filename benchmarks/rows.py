"""A measured number beside its limit, and the table they stand in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured number. Without a limit it is only told."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the number is what was asked for."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    @property
    def is_fact(self) -> bool:
        """Whether this is a count, which no slow machine excuses, and not a time or a rate."""
        return not self.unit

    def cells(self) -> tuple[str, str, str, str]:
        """Return what, measured, asked, verdict."""
        if self.limit is None:
            return self.what, f"{self.value:,.2f} {self.unit}", "", ""
        sign = "≥" if self.at_least else "≤"
        verdict = "ok" if self.met else "MISSED"
        return self.what, f"{self.value:,.2f} {self.unit}", f"{sign} {self.limit:,g}", verdict

    def __str__(self) -> str:
        what, value, limit, verdict = self.cells()
        return f"{what:<64}{value:>20} {limit:>10} {verdict}"


def told(rows: Iterable[Row]) -> list[Row]:
    """Print rows as they are measured, and return them."""
    found = []
    for row in rows:
        print(row, flush=True)
        found.append(row)
    return found


def share(values: Sequence[float], part: float) -> float:
    """Return a quantile by nearest rank; 0 of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0
