"""The settings of opening hours and working days."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from onewindow.base.deadlines.working_days import countries
from onewindow.base.halls.setting import setting


@dataclass(frozen=True)
class HoursPolicy:
    """How a hall opens, and which country's working days it counts by."""

    title: ClassVar = _("How the hall opens")
    icon: ClassVar = "calendar-cog"

    before_opening_min: int = setting(
        15,
        _("Numbers are given so many minutes before opening"),
        _("Who comes early may take a number and sit down."),
        between=(0, 240),
    )
    closed_on_holidays: bool = setting(
        True,
        _("Closed on public holidays"),
        _("And open as on a Monday where a weekend day is worked instead."),
    )
    country: str = setting(
        "CN",
        _("Country whose working days count"),
        _("Limits in working days follow its calendar."),
        choices=countries,
    )
    always_open: bool = setting(
        False,
        _("Open around the clock"),
        _("The opening hours are then left aside. For self-service halls and for trying out."),
    )
