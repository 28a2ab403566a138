"""The arithmetic of deadlines: no database."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from onewindow.base.deadlines import rules
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.deadlines.rules import Calendar, Special, Week
from onewindow.base.deadlines.spans import Span
from onewindow.base.deadlines.states import Unit
from onewindow.base.deadlines.working_days import DayKind, is_known, kind_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEK: Week = {
    weekday: ((time(9), time(12)), (time(13, 30), time(17))) for weekday in range(5)
}  # 6.5 h a day


def calendar(
    special: dict[date, Special] | None = None, country: str = "CN", **policy: bool
) -> Calendar:
    chosen = HoursPolicy(country=country, **policy)
    return Calendar(SHANGHAI, time(4), chosen, WEEK, special or {})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def span(start: str, end: str) -> Span:
    return Span(at(start), at(end))


@pytest.mark.parametrize(
    ("started", "amount", "unit", "end"),
    [
        ("2026-06-08T10:00", 1, Unit.WORKING_DAYS, "2026-06-09T17:00"),
        ("2026-06-08T10:00", 5, Unit.WORKING_DAYS, "2026-06-15T17:00"),
        # the Dragon Boat Festival, 19 to 21 June
        ("2026-06-18T10:00", 1, Unit.WORKING_DAYS, "2026-06-22T17:00"),
        # National Day 1 to 7 October; Saturday the 10th is made up
        ("2026-09-30T10:00", 3, Unit.WORKING_DAYS, "2026-10-10T17:00"),
        ("2026-06-08T10:00", 5, Unit.DAYS, "2026-06-13T17:00"),
        ("2026-06-08T16:30", 60, Unit.MINUTES, "2026-06-09T09:30"),
        ("2026-06-08T11:00", 2, Unit.HOURS, "2026-06-08T14:30"),
        ("2026-06-12T16:00", 3, Unit.HOURS, "2026-06-15T11:00"),
        ("2026-06-13T10:00", 1, Unit.HOURS, "2026-06-15T10:00"),
        ("2026-06-08T10:00", 0, Unit.WORKING_DAYS, "2026-06-08T17:00"),
    ],
)
def test_when_it_is_due(started: str, amount: int, unit: Unit, end: str) -> None:
    assert rules.due(calendar(), at(started), amount, unit).at == at(end)


@pytest.mark.parametrize(
    ("unit", "amount", "pauses", "end"),
    [
        # Tuesday to Thursday: two whole working days
        (Unit.WORKING_DAYS, 2, [("2026-06-09T10:00", "2026-06-11T09:00")], "2026-06-12T17:00"),
        # over the weekend only Monday counts
        (Unit.WORKING_DAYS, 5, [("2026-06-12T10:00", "2026-06-15T09:30")], "2026-06-16T17:00"),
        # the same day: nothing
        (Unit.WORKING_DAYS, 2, [("2026-06-09T10:00", "2026-06-09T16:00")], "2026-06-10T17:00"),
        (Unit.DAYS, 2, [("2026-06-09T10:00", "2026-06-11T09:00")], "2026-06-12T17:00"),
        # an hour of it lies at noon
        (Unit.HOURS, 3, [("2026-06-08T11:30", "2026-06-08T14:00")], "2026-06-08T15:30"),
    ],
)
def test_a_pause_moves_the_end_by_the_working_time_it_took(
    unit: Unit, amount: int, pauses: Sequence[tuple[str, str]], end: str
) -> None:
    stopped = [span(*pause) for pause in pauses]
    assert rules.due(calendar(), at("2026-06-08T10:00"), amount, unit, stopped).at == at(end)


def test_a_year_that_was_not_announced_makes_it_provisional() -> None:
    assert is_known(2026, "CN")
    assert not is_known(2031, "CN")
    assert is_known(2031, "DE")
    december = at("2030-12-30T10:00")
    assert rules.due(calendar(), december, 5, Unit.WORKING_DAYS).provisional
    assert not rules.due(calendar(country="DE"), december, 5, Unit.WORKING_DAYS).provisional
    assert not rules.due(calendar(), december, 5, Unit.DAYS).provisional


def test_a_country_says_what_a_day_is() -> None:
    assert kind_of(date(2026, 10, 1), "CN") is DayKind.HOLIDAY
    assert kind_of(date(2026, 10, 10), "CN") is DayKind.MADE_UP
    assert kind_of(date(2026, 6, 13), "CN") is DayKind.WEEKEND
    assert kind_of(date(2026, 6, 8), "CN") is DayKind.WORKING
    assert kind_of(date(2026, 10, 1), "") is DayKind.WORKING
    assert kind_of(date(2026, 6, 13), "") is DayKind.WEEKEND


def test_work_ends_at_the_usual_hour_on_a_day_that_is_closed_but_counts() -> None:
    tuesday = date(2026, 6, 9)
    closed = calendar({tuesday: Special(is_open=False)})
    due = rules.due(closed, at("2026-06-08T10:00"), 1, Unit.WORKING_DAYS)
    assert due.at == at("2026-06-09T17:00")


def test_a_hall_without_hours_counts_by_the_wall_clock() -> None:
    never = Calendar(SHANGHAI, time(4), HoursPolicy(), {}, {})
    start = at("2026-06-08T10:00")
    assert rules.due(never, start, 2, Unit.HOURS).at == start + timedelta(hours=2)
    assert rules.due(never, start, 1, Unit.WORKING_DAYS).at == at("2026-06-10T04:00")
    half = rules.at_share(never, start, start + timedelta(hours=2), 50)
    assert half == start + timedelta(hours=1)


def test_reminders_come_at_shares_of_the_open_time() -> None:
    start, end = at("2026-06-08T09:00"), at("2026-06-09T17:00")  # 13 h
    assert rules.at_share(calendar(), start, end, 50) == at("2026-06-08T17:00")
    assert rules.at_share(calendar(), start, end, 80) == at("2026-06-09T14:24")
    assert rules.at_share(calendar(), start, end, 100) == end


def test_open_time_leaves_out_nights_and_pauses() -> None:
    pauses = [span("2026-06-08T10:00", "2026-06-08T11:00")]
    open_time = rules.open_time(calendar(), at("2026-06-08T09:00"), at("2026-06-09T10:00"), pauses)
    assert open_time == timedelta(hours=6.5)


def test_working_days_are_counted_after_one_day_until_another() -> None:
    assert rules.working_days(calendar(), date(2026, 6, 8), date(2026, 6, 15)) == 5
    assert rules.add_days(calendar(), date(2026, 6, 8), 5) == date(2026, 6, 15)
