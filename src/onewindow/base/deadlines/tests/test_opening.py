"""When a hall opens, closes and takes tickets."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from onewindow.base.deadlines import queries
from onewindow.base.deadlines.actions import (
    SpansOverlap,
    TooManySpans,
    set_hours,
    set_special_day,
)
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.deadlines.tests.make import FIVE, NINE, NOON, office_hours
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import job

SHANGHAI = ZoneInfo("Asia/Shanghai")
BY = job("test")


def at(day: str, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour, minute), SHANGHAI)


@pytest.fixture
def office(hall: Hall) -> Hall:
    """A hall that keeps office hours. 8 June 2026 is an ordinary Monday."""
    office_hours(hall)
    return hall


@pytest.mark.parametrize(
    ("hour", "minute", "taken"),
    [(8, 44, False), (8, 45, True), (12, 30, True), (16, 59, True), (17, 0, False)],
)
def test_tickets_are_taken_from_a_quarter_before_opening_until_closing(
    office: Hall, hour: int, minute: int, taken: bool
) -> None:
    assert queries.takes_tickets(office, at("2026-06-08", hour, minute)) is taken


def test_how_long_before_opening_is_the_halls_choice(office: Hall) -> None:
    set_policy(office, HoursPolicy(before_opening_min=60))
    assert queries.takes_tickets(office, at("2026-06-08", 8, 0))


def test_it_is_closed_at_noon_and_closes_at_five(office: Hall) -> None:
    noon = at("2026-06-08", 12, 30)
    assert not queries.is_open(office, noon)
    assert queries.closes_at(office, noon) == at("2026-06-08", 17)
    assert queries.closes_at(office, at("2026-06-08", 17)) is None
    assert queries.closes_at(office, at("2026-06-13", 10)) is None


def test_a_hall_without_hours_stays_closed(hall: Hall) -> None:
    assert not queries.takes_tickets(hall, at("2026-06-08", 10))
    assert queries.next_opening(hall, at("2026-06-08", 10)) is None


def test_a_hall_may_be_always_open(hall: Hall) -> None:
    set_policy(hall, HoursPolicy(always_open=True))
    for hour in (0, 3, 4, 12, 23):
        assert queries.takes_tickets(hall, at("2026-06-13", hour))
    assert queries.closes_at(hall, at("2026-06-13", 3)) == at("2026-06-13", 4)


def test_after_the_first_question_no_query_is_needed(
    office: Hall, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    queries.takes_tickets(office, at("2026-06-08", 10))
    with django_assert_num_queries(0):
        assert queries.takes_tickets(office, at("2026-06-08", 11))
        assert queries.closes_at(office, at("2026-06-08", 11))


def test_new_hours_hold_at_once(office: Hall) -> None:
    assert not queries.is_open(office, at("2026-06-13", 10))
    set_hours(hall=office, week={5: ((NINE, NOON),)}, by=BY)
    assert queries.is_open(office, at("2026-06-13", 10))
    assert not queries.is_open(office, at("2026-06-08", 10))


def test_a_public_holiday_is_closed_and_a_made_up_weekend_opens_as_a_monday(office: Hall) -> None:
    assert queries.spans(office, date(2026, 10, 1)) == ()
    assert queries.is_open(office, at("2026-10-10", 14))  # a Saturday
    assert queries.counts_as_working_day(office, date(2026, 10, 10))
    assert not queries.counts_as_working_day(office, date(2026, 10, 1))


def test_a_hall_may_open_on_holidays(office: Hall) -> None:
    set_policy(office, HoursPolicy(closed_on_holidays=False))
    assert queries.is_open(office, at("2026-10-01", 10))
    assert not queries.counts_as_working_day(office, date(2026, 10, 1))


def test_a_saturday_opened_for_visitors_does_not_count(office: Hall) -> None:
    saturday = date(2026, 6, 13)
    set_special_day(hall=office, day=saturday, is_open=True, hours=(NINE, NOON), by=BY)
    assert queries.closes_at(office, at("2026-06-13", 10)) == at("2026-06-13", 12)
    assert not queries.counts_as_working_day(office, saturday)


def test_a_closed_monday_still_counts_unless_it_says_otherwise(office: Hall) -> None:
    monday = date(2026, 6, 8)
    set_special_day(hall=office, day=monday, is_open=False, by=BY)
    assert queries.spans(office, monday) == ()
    assert queries.counts_as_working_day(office, monday)
    set_special_day(hall=office, day=monday, is_open=False, counts=False, by=BY)
    assert not queries.counts_as_working_day(office, monday)


def test_an_extra_day_without_hours_opens_as_usual(office: Hall) -> None:
    set_special_day(hall=office, day=date(2026, 6, 13), is_open=True, by=BY)
    assert queries.closes_at(office, at("2026-06-13", 10)) == at("2026-06-13", 17)


def test_a_window_may_keep_hours_of_its_own(office: Hall) -> None:
    set_hours(hall=office, scope="window.5", week={0: ((NINE, time(20)),)}, by=BY)
    evening = at("2026-06-08", 19)
    assert queries.is_open(office, evening, "window.5")
    assert not queries.is_open(office, evening)
    assert not queries.is_open(office, evening, "window.6")


def test_hours_may_pass_midnight(hall: Hall) -> None:
    set_hours(hall=hall, week={0: ((time(20), time(2)),)}, by=BY)
    assert queries.is_open(hall, at("2026-06-09", 1))
    assert not queries.is_open(hall, at("2026-06-09", 2))


def test_the_hall_is_asked_in_its_own_time(office: Hall) -> None:
    assert queries.is_open(office, datetime(2026, 6, 8, 1, 30, tzinfo=UTC))


def test_what_a_visitor_is_told(office: Hall) -> None:
    told = queries.opening_today(office, at("2026-06-08", 10))
    assert told.is_open
    assert told.sentence == "Open today 09:00–12:00, 13:30–17:00."
    noon = queries.opening_today(office, at("2026-06-08", 12, 30))
    assert noon.sentence == "Open today 09:00–12:00, 13:30–17:00."
    assert noon.next_opening == at("2026-06-08", 13, 30)
    friday_evening = queries.opening_today(office, at("2026-06-12", 18))
    assert friday_evening.sentence == "Closed now. Opens Monday, 15 June 09:00."
    with translation.override("zh-hans"):
        assert friday_evening.sentence == "现已闭厅，6月15日星期一 09:00 开门。"


def test_a_special_day_says_why(office: Hall) -> None:
    note = {"en": "Moving house.", "zh-Hans": "搬迁。"}
    set_special_day(hall=office, day=date(2026, 6, 8), is_open=False, note=note, by=BY)
    told = queries.opening_today(office, at("2026-06-08", 10))
    assert told.sentence == "Closed now. Opens Tuesday, 9 June 09:00. Moving house."


def test_a_hall_that_never_opens_says_so(hall: Hall) -> None:
    told = queries.opening_today(hall, at("2026-06-08", 10))
    assert told.sentence == "Closed; the next opening is not known."


def test_hours_that_make_no_sense_are_refused(hall: Hall) -> None:
    with pytest.raises(SpansOverlap):
        set_hours(hall=hall, week={0: ((NINE, FIVE), (NOON, FIVE))}, by=BY)
    hourly = tuple((time(hour), time(hour, 30)) for hour in range(9, 13))
    with pytest.raises(TooManySpans):
        set_hours(hall=hall, week={0: hourly}, by=BY)
