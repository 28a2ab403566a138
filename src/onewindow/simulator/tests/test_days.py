"""Which day the demonstration shows."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onewindow.base.deadlines.tests.make import office_hours
from onewindow.base.halls.models import Hall
from onewindow.simulator.days import Shift, days_before, next_morning


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 6, day, hour - 8, tzinfo=UTC)  # hours of Shanghai


@pytest.fixture
def hall(hall: Hall) -> Hall:
    office_hours(hall)
    return hall


def test_the_shift_grows_and_never_goes_back(tmp_path: Path) -> None:
    shift = Shift(tmp_path)
    assert shift.read() is None
    shift.grow(timedelta(hours=3))
    shift.grow(timedelta(hours=5))
    with pytest.raises(ValueError, match="never goes back"):
        shift.grow(timedelta(hours=4))
    assert Shift(tmp_path).read() == timedelta(hours=5)


@pytest.mark.parametrize(
    ("now", "day"),
    [(at(8, 8), 8), (at(8, 10), 9), (at(12, 18), 15), (at(13, 9), 15)],
    ids=["early on a Monday", "later on a Monday", "Friday evening", "Saturday"],
)
def test_it_is_half_past_nine_of_the_next_working_day(hall: Hall, now: datetime, day: int) -> None:
    morning = next_morning(hall, now)
    assert morning == at(day, 9) + timedelta(minutes=30)
    assert morning >= now


def test_the_days_before_are_working_days(hall: Hall) -> None:
    days = days_before(hall, at(9, 10).date(), 7)
    assert len(days) == 7
    assert days[0] == at(8, 10).date()
    assert all(day.weekday() < 5 for day in days)
    assert days == sorted(days, reverse=True)
