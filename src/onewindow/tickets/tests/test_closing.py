"""Closing: a window, a ticket at the end of the day; and what time alone does."""

from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests.make import person
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.floor import actions as floor
from onewindow.floor.models import HallDay, Session, Window
from onewindow.floor.states import PauseReason
from onewindow.floor.tests import make
from onewindow.tickets import actions
from onewindow.tickets.actions import sweep
from onewindow.tickets.actions.closing import OfferMissing
from onewindow.tickets.actions.take import HallNotOpen
from onewindow.tickets.actions.windows import VisitorAtWindow
from onewindow.tickets.models import NotNow, Ticket, move_all
from onewindow.tickets.states import State
from onewindow.tickets.tests.conftest import Take, now, order
from tests.fixtures.api import Program, problem
from tests.fixtures.world import Clock


def test_a_window_closes_when_its_visitor_has_gone(
    called: Ticket, open_window: Window, by: By
) -> None:
    with pytest.raises(VisitorAtWindow, match="Window 5"):
        actions.close_window(window=open_window, by=by)
    actions.finish(ticket=called, by=by)
    assert actions.close_window(window=open_window, by=by).state == "closed"


def test_a_paused_window_closes_too(open_window: Window, by: By) -> None:
    floor.pause(window=open_window, reason=PauseReason.BREAK, by=by)
    assert actions.close_window(window=open_window, by=by).state == "closed"


def test_a_closed_window_cannot_be_closed(window: Window, by: By) -> None:
    with pytest.raises(floor.WindowNotOpen):
        actions.close_window(window=window, by=by)


def test_who_was_kept_for_a_window_that_closes_waits_for_all(
    serving: Ticket, open_window: Window, next_window: Window, by: By
) -> None:
    actions.transfer(ticket=serving, by=by, window=next_window)
    assert order(open_window) == []
    actions.close_window(window=next_window, by=by)
    assert order(open_window) == ["A001"]


def test_who_was_kept_for_a_window_waits_for_all_when_its_clerk_moves(
    serving: Ticket, open_window: Window, hall: Hall, service: Service, by: By
) -> None:
    neighbour = person(hall, Role.CLERK)
    theirs, elsewhere = (make.window(hall, service, label=label) for label in "89")
    actions.open_window(window=theirs, by=by, user=neighbour)
    actions.transfer(ticket=serving, by=by, window=theirs)
    actions.open_window(window=elsewhere, by=by, user=neighbour)
    assert order(open_window) == ["A001"]


def test_a_clerk_finishes_before_standing_elsewhere(
    called: Ticket, clerk: User, hall: Hall, service: Service, by: By
) -> None:
    elsewhere = make.window(hall, service, label="9")
    with pytest.raises(VisitorAtWindow):
        actions.open_window(window=elsewhere, by=by, user=clerk)
    actions.finish(ticket=called, by=by)
    assert actions.open_window(window=elsewhere, by=by, user=clerk).window == elsewhere


def test_at_closing_time_what_was_offered_is_kept(take: Take, by: By, clock: Clock) -> None:
    ticket = take()
    clock.forward(minutes=40)
    with pytest.raises(OfferMissing):
        actions.close_ticket(ticket=ticket, by=by, offered=" ")
    closed = actions.close_ticket(ticket=ticket, by=by, offered="tomorrow at nine")
    assert (closed.state, closed.outcome_note) == (State.CLOSED, "tomorrow at nine")
    assert (closed.waiting_s, closed.by_date, closed.ended_at) == (2400, False, clock.now)
    assert Entry.objects.get(kind="ticket.closed").data["offered"] == "tomorrow at nine"


def test_nobody_is_closed_at_a_window(called: Ticket, by: By) -> None:
    with pytest.raises(NotNow):
        actions.close_ticket(ticket=called, by=by, offered="tomorrow")


def test_the_new_business_date_closes_and_marks_what_is_open(
    take: Take, serving: Ticket, open_window: Window, by: By, clock: Clock
) -> None:
    waiting, aside = take(), actions.later(ticket=take(), by=by, minutes=24 * 60)
    clock.set(datetime(2026, 6, 9, 3, 59))  # noqa: DTZ001 (the clock's own zone)
    assert sweep.run() == 0
    clock.set(datetime(2026, 6, 9, 4, 0))  # noqa: DTZ001 (the clock's own zone)
    assert sweep.run() == 3
    for ticket in (waiting, aside, serving):
        closed = now(ticket)
        assert (closed.state, closed.by_date, closed.visit.at_id) == (State.CLOSED, True, None)
    assert Entry.objects.filter(kind="ticket.closed_by_date", by_kind="job").count() == 3
    assert set(Session.objects.values_list("state", flat=True)) == {"closed"}
    assert sweep.run() == 0


def test_nobody_waits_for_a_window_that_was_closed_by_another_door(
    serving: Ticket, open_window: Window, next_window: Window, by: By
) -> None:
    actions.transfer(ticket=serving, by=by, window=next_window)
    floor.close_window(window=next_window, by=by)
    assert order(open_window) == []
    sweep.run()
    assert order(open_window) == ["A001"]


def test_what_is_finished_stays_as_it_is(serving: Ticket, by: By, clock: Clock) -> None:
    actions.finish(ticket=serving, by=by)
    clock.forward(days=1)
    assert sweep.run() == 0
    assert now(serving).state == State.DONE


def test_another_hall_closes_no_window_here(open_window: Window, strange_program: Program) -> None:
    assert problem(strange_program.post("/windows/5/close")) == (404, "unknown-window")
    assert Session.objects.get().state == "open"


def test_a_hall_that_was_closed_gives_no_number_until_it_opens_again(
    take: Take, hall: Hall, by: By
) -> None:
    actions.close_hall(hall=hall, by=by)
    with pytest.raises(HallNotOpen):
        take()
    floor.open_hall(hall=hall, by=by, reason="a bus came late")
    assert take().state == State.WAITING


def test_closing_the_hall_closes_whoever_waits_with_all_their_seconds(
    take: Take, serving: Ticket, hall: Hall, by: By, clock: Clock
) -> None:
    waiting, aside = take(), take()
    clock.forward(minutes=10)
    actions.later(ticket=aside, by=by)
    clock.forward(minutes=5)
    assert actions.close_hall(hall=hall, by=by, offered=" First tomorrow ") == 2
    first, second = now(waiting), now(aside)
    assert (first.waiting_s, first.parked_s) == (900, 0)
    assert (second.waiting_s, second.parked_s, second.until) == (600, 300, None)
    for closed in (first, second):
        assert (closed.state, closed.outcome_note) == (State.CLOSED, "First tomorrow")
        assert closed.ended_at == closed.changed_at == clock.now
    assert now(serving).state == State.SERVING
    row = Entry.objects.get(kind="tickets.closed")
    assert row.data == {"offered": "First tomorrow", "numbers": ["A002", "A003"]}


def test_the_hall_does_not_close_while_somebody_was_offered_nothing(
    take: Take, hall: Hall, by: By
) -> None:
    take()
    with pytest.raises(OfferMissing, match="A001"):
        actions.close_hall(hall=hall, by=by)
    assert not HallDay.objects.filter(closed_at__isnull=False).exists()


def test_a_full_hall_closes_with_as_few_statements_as_an_empty_one(
    take: Take, hall: Hall, by: By, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _one in range(50):
        take()
    # SQLite counts the fifty of executemany as one; one asks who is told of it (webhooks)
    with django_assert_max_num_queries(23):
        actions.close_hall(hall=hall, by=by, offered="tomorrow")


def test_one_that_cannot_be_moved_keeps_all_where_they_are(take: Take, serving: Ticket) -> None:
    waiting = take()
    with pytest.raises(NotNow, match=serving.number):
        move_all([waiting, serving], State.LEFT, clocks.now())
    assert now(waiting).state == State.WAITING


def test_the_day_after_a_closing_gives_numbers(
    take: Take, hall: Hall, by: By, clock: Clock
) -> None:
    actions.close_hall(hall=hall, by=by)
    clock.forward(days=1)
    assert take().state == State.WAITING
