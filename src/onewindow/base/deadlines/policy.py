"""The settings of opening hours and working days."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HoursPolicy:
    """How a hall opens, and which country's working days it counts by."""

    always_open: bool = False
    before_opening_min: int = 15  # tickets are taken from so long before opening
    closed_on_holidays: bool = True  # and open as on a Monday where a weekend day is made up
    country: str = "CN"
