"""Days on which a hall's clock is changed: summer time begins and ends, another time zone."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests.make import person
from onewindow.base.deadlines.actions import set_hours, start
from onewindow.base.deadlines.models import Deadline, Hours
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.deadlines.queries import is_open, opening_today, spans
from onewindow.base.deadlines.states import Unit
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.floor.models import Window
from onewindow.tickets import actions, appointments
from onewindow.tickets.actions import sweep
from onewindow.tickets.actions.appointments import book, cancel
from onewindow.tickets.actions.clock import NumbersAreHeld, TimesAreBooked, save_hall
from onewindow.tickets.estimates import estimates
from onewindow.tickets.slots import AppointmentPolicy
from onewindow.tickets.states import State
from onewindow.tickets.tests.conftest import VISITOR, Take, now
from tests.fixtures.world import Clock

ORDINARY = date(2026, 3, 22)
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)  # Sundays: 02:00 is 03:00; 03:00 is 02:00
HALL = "/s/east-lake/setup/hall/it/"


@pytest.fixture
def hall(hall: Hall) -> Hall:
    """A hall in Berlin that is open at any hour of any day."""
    hall.timezone = "Europe/Berlin"
    hall.save(update_fields=["timezone"])
    changed(hall)
    return hall


def utc(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


@pytest.mark.parametrize(("turn", "opens", "closes"), [(FORWARD, 7, 15), (BACK, 8, 16)])
def test_a_hall_opens_and_closes_by_its_own_clock_on_the_day_of_the_change(
    hall: Hall, by: By, turn: date, opens: int, closes: int
) -> None:
    set_policy(hall, HoursPolicy(country="", closed_on_holidays=False))
    set_hours(hall=hall, week={6: [(time(9), time(17))]}, by=by)
    (span,) = spans(hall, turn)
    assert (span.start, span.end) == (utc(turn, opens), utc(turn, closes))
    assert opening_today(hall, utc(turn, 12)).hours == "09:00–17:00"


def test_hours_in_the_night_of_the_change_never_run_backwards(hall: Hall, by: By) -> None:
    set_policy(hall, HoursPolicy(country="", closed_on_holidays=False))
    hours = [(time(0), time(2, 30)), (time(2, 30), time(2, 45)), (time(2, 45), time(6))]
    Hall.objects.filter(pk=hall.pk).update(day_starts=time(0))
    hall.refresh_from_db()
    set_hours(hall=hall, week={6: hours}, by=by)
    for turn, long in ((FORWARD, 5), (BACK, 7)):
        found = spans(hall, turn)
        assert sum((one.end - one.start for one in found), timedelta(0)) == timedelta(hours=long)
        assert all(one.start <= one.end for one in found)
        instants = [utc(turn, 0) + timedelta(minutes=15 * n) for n in range(16)]
        assert all(is_open(hall, one) for one in instants)


@pytest.mark.parametrize("turn", [ORDINARY, FORWARD, BACK])
def test_who_waits_through_the_change_keeps_number_day_and_wait(
    hall: Hall, window: Window, take: Take, clock: Clock, clerk: User, by: By, turn: date
) -> None:
    clock.set(utc(turn, 0, 50))
    actions.open_window(window=window, user=clerk, by=by)
    first, second = take(), take()
    clock.forward(minutes=20)  # over the change
    third = take()
    assert [one.number for one in (first, second, third)] == ["A001", "A002", "A003"]
    assert {one.day for one in (first, second, third)} == {turn - timedelta(days=1)}
    sweep.run()
    called = actions.call_next(window=window, by=by)
    assert called is not None
    assert (called.pk, now(called).waiting_s) == (first.pk, 20 * 60)
    assert estimates(hall)[first.service_id].p50_s == 22 * 60  # as on any other night
    assert now(second).state == State.WAITING


@pytest.mark.parametrize("turn", [FORWARD, BACK])
def test_numbers_begin_once_where_the_day_begins_in_the_changed_hour(
    hall: Hall, take: Take, clock: Clock, turn: date
) -> None:
    Hall.objects.filter(pk=hall.pk).update(day_starts=time(2, 30))
    hall.refresh_from_db()
    changed(hall)
    clock.set(utc(turn, 0, 10))
    given = []
    for _turn in range(5):
        given.append(take())
        clock.forward(minutes=30)
    days = [one.day for one in given]
    assert days == sorted(days)
    assert [one.number for one in given if one.day == turn][:2] == ["A001", "A002"]
    assert len({(one.day, one.number) for one in given}) == 5


@pytest.mark.parametrize("turn", [FORWARD, BACK])
def test_times_to_book_are_as_many_as_the_hall_is_open_and_each_is_one_moment(
    hall: Hall, service: Service, clock: Clock, turn: date
) -> None:
    set_policy(hall, HoursPolicy(country="", closed_on_holidays=False))
    Hours.objects.create(hall=hall, weekday=6, opens="09:00", closes="12:00")
    set_policy(hall, AppointmentPolicy(slot_min=60))
    changed(hall)
    clock.set(utc(turn - timedelta(days=1), 12))
    found = [one.starts_at for one in appointments.free_slots(hall, service, turn)]
    assert [f"{one.astimezone(hall.zone):%H:%M}" for one in found] == ["09:00", "10:00", "11:00"]
    booked = book(hall=hall, service=service, starts_at=found[0], phone="13800001234", by=VISITOR)
    assert booked.day == turn
    assert booked.remind_at is not None
    saturday = turn - timedelta(days=1)
    assert f"{booked.remind_at.astimezone(hall.zone):%Y-%m-%d %H:%M}" == f"{saturday} 16:00"


def test_a_deadline_counts_the_hours_that_the_hall_is_open_and_ends_by_its_clock(
    hall: Hall, clock: Clock, by: By
) -> None:
    clock.set(utc(BACK - timedelta(days=1), 12))
    days = start(hall=hall, subject=hall, kind="reply", amount=2, unit=Unit.DAYS, by=by)
    hours = start(hall=hall, subject=hall, kind="look", amount=24, unit=Unit.HOURS, by=by)
    assert hours.due_at == utc(BACK, 12)
    assert f"{days.due_at.astimezone(hall.zone):%m-%d %H:%M}" == "10-27 04:00"


def test_an_export_says_the_halls_own_time_and_the_wait_that_was(
    hall: Hall,
    take: Take,
    open_window: Window,
    clock: Clock,
    by: By,
    duty_manager: User,
    browser_for: Callable[..., Client],
) -> None:
    clock.set(utc(BACK, 0, 50))
    ticket = take()
    clock.forward(minutes=20)
    actions.call_next(window=open_window, by=by)
    answer: Any = browser_for(duty_manager).get(
        f"/s/east-lake/tickets/export/{ticket.day}/{ticket.day}.csv"
    )
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    _head, row = list(csv.reader(io.StringIO(text)))
    assert ticket.number in row
    assert "2026-10-25 02:50:00" in row
    assert "2026-10-25 02:10:00" in row  # the second time round


# Another time zone


def test_the_clock_stays_while_somebody_holds_a_number(hall: Hall, take: Take, by: By) -> None:
    ticket = take()
    for values in ({"timezone": "Asia/Shanghai"}, {"day_starts": time(0)}):
        with pytest.raises(NumbersAreHeld, match="1 visitors hold a number of this day"):
            save_hall(hall=hall, row=hall, values=values, by=by)
    hall.refresh_from_db()
    assert (hall.timezone, hall.day_starts) == ("Europe/Berlin", time(4))
    save_hall(hall=hall, row=hall, values={"phone": "110", "timezone": "Europe/Berlin"}, by=by)
    actions.leave(ticket=ticket, by=by)
    save_hall(hall=hall, row=hall, values={"timezone": "Asia/Shanghai"}, by=by)


def test_the_clock_stays_while_times_are_booked(hall: Hall, service: Service, by: By) -> None:
    at = appointments.free_slots(hall, service, hall.today())[-1].starts_at
    booked = book(hall=hall, service=service, starts_at=at, phone="13800001234", by=VISITOR)
    with pytest.raises(TimesAreBooked, match="1 appointments are booked by the clock of Europe"):
        save_hall(hall=hall, row=hall, values={"timezone": "Asia/Shanghai"}, by=by)
    cancel(appointment=booked, by=by)
    save_hall(hall=hall, row=hall, values={"timezone": "Asia/Shanghai"}, by=by)


def test_the_page_says_so_beside_the_field_and_keeps_what_was_typed(
    hall: Hall, take: Take, browser_for: Callable[..., Client]
) -> None:
    take()
    browser = browser_for(person(hall, Role.SYSTEM_ADMINISTRATOR, name="Ad Min"))
    typed = {"name-zh-Hans": "新大厅", "languages": ["zh-Hans"], "first": "zh-Hans"}
    typed |= {"accent": "30", "timezone": "Asia/Tokyo", "day_starts": "04:00"}
    answer = browser.post(HALL, typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["timezone"]
    assert "visitors hold a number" in answer.text
    assert "新大厅" in answer.text
    assert browser.post(HALL, typed | {"timezone": "Europe/Berlin"}).status_code == 302


def test_after_another_time_zone_hours_times_and_deadlines_follow_the_new_clock(
    hall: Hall, service: Service, clock: Clock, by: By, take: Take
) -> None:
    set_policy(hall, HoursPolicy(country="", closed_on_holidays=False))
    set_hours(hall=hall, week={day: [(time(9), time(17))] for day in range(7)}, by=by)
    due = start(hall=hall, subject=hall, kind="reply", amount=2, unit=Unit.WORKING_DAYS, by=by)
    assert f"{due.due_at.astimezone(hall.zone):%H:%M}" == "17:00"
    saved = save_hall(hall=hall, row=hall, values={"timezone": "Asia/Shanghai"}, by=by)
    found = Deadline.objects.get(pk=due.pk)
    assert f"{found.due_at.astimezone(saved.zone):%H:%M}" == "17:00"
    assert found.due_at < due.due_at
    monday = saved.today()
    assert [one.start for one in spans(saved, monday)] == [utc(monday, 1)]
    times = [one.starts_at for one in appointments.free_slots(saved, service, monday)]
    assert f"{times[-1].astimezone(saved.zone):%H:%M}" == "16:30"
    assert take(hall=saved).number == "A001"
