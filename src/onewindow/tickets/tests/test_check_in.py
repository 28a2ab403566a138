"""Whoever booked a time comes: the ticket, its place in the order, and why it stands there."""

from datetime import timedelta

import pytest

from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.actions import reminders
from onewindow.tickets.actions.appointments import (
    AlreadyCheckedIn,
    NotToday,
    cancel,
    check_in,
)
from onewindow.tickets.estimates import look
from onewindow.tickets.models import Appointment, NotBooked, Ticket
from onewindow.tickets.states import Channel, Priority, State, TransferTo
from onewindow.tickets.tests.conftest import VISITOR, Take, now, offer, order
from onewindow.tickets.tests.make import Book, at
from onewindow.tickets.why import why
from tests.fixtures.world import Clock

TOMORROW = at("10:00").date() + timedelta(days=1)


def come(appointment: Appointment, **more: object) -> Ticket:
    """Check in."""
    return check_in(appointment=appointment, by=VISITOR, **more)  # type: ignore[arg-type]


def finish_all(window: Window, by: By) -> list[str]:
    """Serve everybody who is called at a window, one after another."""
    numbers = []
    while ticket := actions.call_next(window=window, by=by):
        numbers.append(ticket.number)
        actions.start(ticket=ticket, by=by)
        actions.finish(ticket=ticket, by=by)
    return numbers


def test_checking_in_draws_a_number(booked: Book) -> None:
    made = booked("11:00", language="en", answers={"agent": True})
    ticket = come(made, needs=["walking"])
    made.refresh_from_db()
    visit = ticket.visit
    assert (ticket.number, ticket.state, ticket.service) == ("A001", State.WAITING, made.service)
    assert (visit.channel, visit.needs, visit.language) == (Channel.APPOINTMENT, ["walking"], "en")
    assert (visit.phone, now(ticket).answers) == ("13800001234", {"agent": True})
    assert (made.state, made.ticket, made.remind_at) == ("checked_in", ticket, None)
    assert Entry.objects.get(kind="appointment.checked_in").subject_id == made.pk


def test_one_checks_in_once(booked: Book) -> None:
    made = booked("11:00")
    come(made)
    with pytest.raises(AlreadyCheckedIn) as no:
        come(made)
    assert "A001" in str(no.value)


def test_a_cancelled_appointment_is_used_no_more(booked: Book) -> None:
    made = booked("14:00")
    cancel(appointment=made, by=VISITOR)
    with pytest.raises(NotBooked):
        come(made)


def test_one_checks_in_on_the_day_itself(booked: Book) -> None:
    with pytest.raises(NotToday):
        come(booked("11:00", day=TOMORROW))


def test_a_cap_does_not_send_away_who_has_booked(booked: Book, take: Take, hall: Hall) -> None:
    capped = offer(hall, day_cap=2)
    made = booked("11:00", service=capped)
    take(service=capped)
    take(service=capped)
    assert come(made).state == State.WAITING


def test_who_comes_early_stands_behind_all_who_come_before_the_time(
    booked: Book, take: Take, open_window: Window, clock: Clock
) -> None:
    early = come(booked("11:00"))
    clock.forward(minutes=30)
    walk_in = take()
    assert order(open_window) == [walk_in.number, early.number]
    assert why(early) == (
        "Checked in at 10:00. Appointment at 11:00: before that, only an idle window calls."
    )


def test_an_idle_window_calls_before_the_time(
    booked: Book, take: Take, open_window: Window, by: By
) -> None:
    early, walk_in = come(booked("11:00")), take()
    assert finish_all(open_window, by) == [walk_in.number, early.number]


def test_ten_minutes_before_one_gets_the_place_of_the_time_booked(
    booked: Book, take: Take, open_window: Window, clock: Clock
) -> None:
    early = come(booked("11:00"))
    clock.set(at("10:30"))
    before = take()
    clock.set(at("10:40"))
    after = take()
    assert reminders.call_up() == 0
    clock.set(at("10:50"))
    assert (reminders.call_up(), reminders.call_up()) == (1, 0)
    early = now(early)
    lead = early.booked_for and early.booked_for - early.due
    assert lead == timedelta(minutes=22)  # the two who wait take so long
    assert order(open_window) == [before.number, early.number, after.number]
    assert "Appointment at 11:00: placed so as to be called about then." in why(early)
    assert Entry.objects.filter(kind="appointment.called_up").count() == 1


def test_in_a_long_queue_one_stands_the_median_wait_before_the_time(
    booked: Book, take: Take, open_window: Window, clock: Clock, service: Service, hall: Hall
) -> None:
    clock.set(at("10:50"))
    for _ in range(5):
        take()
    clock.forward(seconds=3)
    median = timedelta(seconds=look(hall).wait(service.pk, clock.now)[0])
    assert median > timedelta(minutes=15)
    ticket = come(booked("11:00"))
    assert now(ticket).due == at("11:00") - median
    assert order(open_window)[0] == ticket.number


def test_a_quarter_of_an_hour_late_keeps_the_place(booked: Book, clock: Clock) -> None:
    made = booked("11:00")
    clock.set(at("11:15"))
    assert now(come(made)).due == at("10:45")


def test_who_comes_later_joins_now(
    booked: Book, take: Take, open_window: Window, clock: Clock
) -> None:
    made = booked("11:00")
    clock.set(at("11:16"))
    before = take()
    late = come(made)
    clock.forward(minutes=1)
    after = take()
    assert (now(late).due, late.visit.priority) == (at("11:16"), Priority.P4)
    assert order(open_window) == [before.number, late.number, after.number]
    assert "Came too late for the appointment at 11:00" in why(late)


def test_a_class_is_never_worse_for_a_booking(booked: Book) -> None:
    ticket = now(come(booked("14:00"), priority=Priority.P1))
    assert (ticket.due, ticket.credit_s, ticket.is_early) == (at("08:00"), 7200, False)


def test_who_was_set_aside_meanwhile_has_the_place_afterwards(booked: Book, clock: Clock) -> None:
    ticket = come(booked("11:00"))
    actions.later(ticket=ticket, by=VISITOR)
    clock.set(at("10:50"))
    reminders.call_up()
    assert (now(ticket).state, now(ticket).due) == (State.PARKED, at("10:45"))


def test_a_place_is_given_late_when_nobody_was_there_to_give_it(booked: Book, clock: Clock) -> None:
    ticket = come(booked("11:00"))
    clock.set(at("11:40"))
    reminders.call_up()
    assert now(ticket).due == at("10:45")


def test_who_is_called_early_and_misses_it_keeps_the_appointment(
    booked: Book, take: Take, open_window: Window, by: By, clock: Clock
) -> None:
    ticket = come(booked("11:00"))
    actions.call_next(window=open_window, by=by)
    for _ in range(2):
        clock.forward(minutes=2)
        actions.recall(ticket=ticket, by=by)
    missed = actions.miss(ticket=ticket, by=by)
    back = actions.come_back(ticket=missed, by=VISITOR)
    assert now(back).is_early


def test_nobody_is_put_behind_an_appointment_that_is_to_come(
    booked: Book, take: Take, open_window: Window, by: By, clock: Clock
) -> None:
    early = come(booked("14:00"))
    moved = take()
    actions.call_next(window=open_window, by=by)
    actions.start(ticket=moved, by=by)
    moved = actions.transfer(ticket=moved, by=by, window=open_window, place=TransferTo.END)
    clock.forward(minutes=1)
    after = take()
    assert order(open_window) == [moved.number, after.number, early.number]
