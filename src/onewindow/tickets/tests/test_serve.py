"""At the window: start, walk in, finish."""

import pytest

from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.actions.call import WindowBusy
from onewindow.tickets.actions.serve import ReasonForNotPossible
from onewindow.tickets.models import NotNow, Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import Outcome, State
from onewindow.tickets.tests.conftest import Take, now, order
from tests.fixtures.api import Program, problem
from tests.fixtures.world import Clock


def test_start_keeps_the_walk_and_who_serves(called: Ticket, by: By, clock: Clock) -> None:
    clock.forward(seconds=25)
    started = actions.start(ticket=called, by=by)
    assert (started.state, started.walking_s) == (State.SERVING, 25)
    assert started.started_at == clock.now
    assert started.user_id == by.id
    assert Entry.objects.filter(kind="ticket.started", label="A001").count() == 1


def test_nobody_starts_twice(serving: Ticket, by: By) -> None:
    with pytest.raises(NotNow):
        actions.start(ticket=serving, by=by)


def test_a_walk_in_is_served_at_once_in_a_series_of_its_own(
    open_window: Window, service: Service, by: By
) -> None:
    ticket = actions.walk_in(window=open_window, service=service, by=by)
    assert (ticket.number, ticket.state, ticket.window) == ("W001", State.SERVING, open_window)
    assert (ticket.waiting_s, ticket.walking_s) == (0, 0)
    assert now(ticket).visit.at_id == open_window.pk
    assert Entry.objects.get(kind="ticket.walked_in").data["service"] == "ID-01"


def test_a_walk_in_waits_until_the_window_is_free(
    called: Ticket, open_window: Window, service: Service, by: By
) -> None:
    with pytest.raises(WindowBusy):
        actions.walk_in(window=open_window, service=service, by=by)
    assert Ticket.objects.count() == 1


def test_a_closed_window_takes_no_walk_in(window: Window, service: Service, by: By) -> None:
    with pytest.raises(floor.WindowNotOpen):
        actions.walk_in(window=window, service=service, by=by)


def test_finishing_keeps_outcome_services_and_files(
    serving: Ticket, hall: Hall, by: By, clock: Clock
) -> None:
    other = ServiceFactory.create(hall=hall)
    clock.forward(minutes=4)
    done = actions.finish(
        ticket=serving,
        by=by,
        outcome=Outcome.RECEIVED,
        services=["ID-01", other.code],
        files=3,
        note=" by post ",
    )
    assert (done.state, done.outcome, done.files) == (State.DONE, Outcome.RECEIVED, 3)
    assert (done.given, done.outcome_note) == (["ID-01", other.code], "by post")
    assert (done.service_s, done.ended_at) == (240, clock.now)
    assert now(done).visit.at_id is None
    entry = Entry.objects.get(kind="ticket.finished")
    assert entry.data == {"outcome": "received", "services": ["ID-01", other.code], "files": 3}
    assert "window.5" in entry.topics.split()


def test_without_a_word_the_tickets_own_service_was_given(serving: Ticket, by: By) -> None:
    done = actions.finish(ticket=serving, by=by)
    assert (done.outcome, done.given, done.files) == (Outcome.DONE, ["ID-01"], 1)


def test_who_is_told_no_is_told_why(serving: Ticket, by: By) -> None:
    with pytest.raises(ReasonForNotPossible):
        actions.finish(ticket=serving, by=by, outcome=Outcome.NOT_POSSIBLE, note="  ")
    assert now(serving).state == State.SERVING
    done = actions.finish(ticket=serving, by=by, outcome=Outcome.NOT_POSSIBLE, note="not here")
    assert done.outcome_note == "not here"


def test_a_finish_without_a_start_counts_the_walk(called: Ticket, by: By, clock: Clock) -> None:
    clock.forward(minutes=5)
    done = actions.finish(ticket=called, by=by)
    assert (done.walking_s, done.service_s) == (30, 270)
    assert done.started_at is not None
    assert (clock.now - done.started_at).total_seconds() == 270


def test_a_finish_within_the_walk_has_no_service_time(called: Ticket, by: By, clock: Clock) -> None:
    clock.forward(seconds=10)
    done = actions.finish(ticket=called, by=by)
    assert (done.walking_s, done.service_s) == (10, 0)


def test_who_was_served_before_keeps_the_first_start(
    serving: Ticket, next_window: Window, by: By, clock: Clock
) -> None:
    first = serving.started_at
    clock.forward(minutes=2)
    actions.park(ticket=serving, by=by)
    clock.forward(minutes=10)
    actions.resume(ticket=serving, by=by, window=next_window)
    clock.forward(minutes=3)
    done = actions.finish(ticket=serving, by=by)
    assert done.started_at == first
    assert (done.parked_s, done.walking_s, done.service_s) == (600, 30, 120 + 150)


def test_nobody_finishes_who_is_not_at_a_window(take: Take, serving: Ticket, by: By) -> None:
    actions.finish(ticket=serving, by=by)
    for ticket in (serving, take()):
        with pytest.raises(NotNow):
            actions.finish(ticket=ticket, by=by)


def test_wrap_up_belongs_to_the_window(
    serving: Ticket, open_window: Window, hall: Hall, by: By, clock: Clock
) -> None:
    set_policy(hall, TicketPolicy(wrap_up_s=60))
    actions.finish(ticket=serving, by=by)
    session = open_window.sessions.get()
    assert session.wraps_up()
    clock.forward(seconds=60)
    assert not session.wraps_up()


@pytest.mark.parametrize("begin", [True, False])
def test_a_moved_visitor_comes_back_to_the_window(
    serving: Ticket, open_window: Window, next_window: Window, by: By, clock: Clock, begin: bool
) -> None:
    actions.transfer(ticket=serving, by=by, window=next_window, come_back=True)
    there = actions.call_next(window=next_window, by=by)
    assert there is not None
    if begin:
        actions.start(ticket=there, by=by)
    clock.forward(minutes=2)
    back = actions.finish(ticket=there, by=by)
    assert (back.state, back.only_window, back.return_to) == (State.WAITING, open_window, None)
    assert order(next_window) == []
    assert order(open_window) == ["A001"]
    again = actions.call_next(window=open_window, by=by)
    assert again is not None
    assert actions.finish(ticket=again, by=by).state == State.DONE


def test_a_visitor_does_not_wait_for_a_window_that_closed_meanwhile(
    serving: Ticket, open_window: Window, next_window: Window, by: By
) -> None:
    actions.transfer(ticket=serving, by=by, window=next_window, come_back=True)
    actions.close_window(window=open_window, by=by)
    there = actions.call_next(window=next_window, by=by)
    assert there is not None
    actions.start(ticket=there, by=by)
    actions.finish(ticket=there, by=by)
    assert order(next_window) == ["A001"]


@pytest.mark.parametrize("verb", ["start", "finish"])
def test_another_hall_serves_nobody_here(
    called: Ticket, strange_program: Program, verb: str
) -> None:
    assert problem(strange_program.post(f"/tickets/{called.pk}/{verb}")) == (404, "not-found")
    assert now(called).state == State.CALLED
