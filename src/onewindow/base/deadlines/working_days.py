"""What a country's calendar says of a day: pure, from the data of ``holidays``."""

from datetime import date
from enum import Enum
from functools import cache

import holidays
from babel import Locale
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _
from holidays.version import __version__

EDITION = f"holidays {__version__}"  # of the data that every answer here comes from


class DayKind(Enum):
    """A day as its country sees it."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MADE_UP = "made up"  # a weekend day that is worked in exchange for a holiday


def kind_of(day: date, country: str) -> DayKind:
    """Say what a day is in a country; without a country only the weekend is free."""
    if not country:
        return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKING
    calendar = _calendar(country, day.year)
    if day in calendar.weekend_workdays:
        return DayKind.MADE_UP
    if day in calendar:
        return DayKind.HOLIDAY
    return DayKind.WEEKEND if calendar.is_weekend(day) else DayKind.WORKING


def is_known(year: int, country: str) -> bool:
    """Say whether the calendar of a year is known, and not guessed.

    ``holidays`` guesses years it has no data for and does not say so. China announces each year
    with days that are made up: a year without one has not been announced.
    """
    if country != "CN":
        return True
    return any(day.year == year for day in _calendar(country, year).weekend_workdays)


def countries() -> list[tuple[str, str]]:
    """Return the countries whose calendars are known, by code, named in the language spoken."""
    names = Locale.parse(to_locale(get_language() or "en")).territories
    known = [(code, names.get(code, code)) for code in holidays.list_supported_countries()]
    return [("", _("none: only weekends are free")), *sorted(known, key=lambda one: one[1])]


@cache
def _calendar(country: str, year: int) -> holidays.HolidayBase:
    return holidays.country_holidays(country, years=year)
