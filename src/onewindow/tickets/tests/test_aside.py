"""Set aside and back: park, ten more minutes, resume."""

import pytest

from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.tickets import actions, queries
from onewindow.tickets.actions import sweep
from onewindow.tickets.actions.call import WindowBusy
from onewindow.tickets.actions.place import WhereTo
from onewindow.tickets.models import NotNow, Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import State
from onewindow.tickets.tests.conftest import Take, now, order
from tests.fixtures.api import Program, problem
from tests.fixtures.world import Clock


def test_parking_frees_the_window_and_keeps_the_place(
    take: Take, serving: Ticket, open_window: Window, by: By, clock: Clock
) -> None:
    clock.forward(minutes=3)
    parked = actions.park(ticket=serving, by=by)
    assert (parked.state, parked.service_s, parked.due) == (State.PARKED, 180, serving.due)
    assert now(parked).visit.at_id is None
    assert not queries.is_busy(open_window)
    assert [one.pk for one in queries.parked_at(open_window)] == [parked.pk]
    entry = Entry.objects.get(kind="ticket.parked")
    assert "window.5" in entry.topics.split()


def test_a_parked_visitor_goes_on_at_the_same_window_at_once(
    serving: Ticket, by: By, clock: Clock
) -> None:
    clock.forward(minutes=3)
    actions.park(ticket=serving, by=by)
    clock.forward(minutes=8)
    back = actions.resume(ticket=serving, by=by)
    assert (back.state, back.parked_s, back.until) == (State.SERVING, 480, None)
    clock.forward(minutes=2)
    assert actions.finish(ticket=back, by=by).service_s == 300


def test_at_another_window_a_parked_visitor_is_called(
    serving: Ticket, next_window: Window, by: By
) -> None:
    actions.park(ticket=serving, by=by)
    called = actions.resume(ticket=serving, by=by, window=next_window)
    assert (called.state, called.window) == (State.CALLED, next_window)


def test_a_busy_or_closed_window_resumes_nobody(
    take: Take, serving: Ticket, open_window: Window, by: By
) -> None:
    actions.park(ticket=serving, by=by)
    take()
    other = actions.call_next(window=open_window, by=by)
    assert other is not None
    with pytest.raises(WindowBusy):
        actions.resume(ticket=serving, by=by)
    actions.finish(ticket=other, by=by)
    actions.close_window(window=open_window, by=by)
    with pytest.raises(floor.WindowNotOpen):
        actions.resume(ticket=serving, by=by)


def test_when_the_time_has_passed_they_wait_in_the_old_place(
    take: Take, serving: Ticket, open_window: Window, by: By, clock: Clock
) -> None:
    actions.park(ticket=serving, by=by, minutes=10)
    take()
    clock.forward(minutes=10)
    assert sweep.run() == 0
    clock.forward(seconds=1)
    assert sweep.run() == 1
    assert order(open_window) == ["A001", "A002"]
    assert now(serving).parked_s == 601
    assert Entry.objects.filter(kind="ticket.waits_again", by_kind="job").count() == 1
    assert sweep.run() == 0


def test_ten_more_minutes_keep_the_place(
    take: Take, open_window: Window, by: By, clock: Clock
) -> None:
    first, second = take(), take()
    clock.forward(minutes=5)
    aside = actions.later(ticket=first, by=by)
    assert (aside.state, aside.waiting_s) == (State.PARKED, 300)
    assert order(open_window) == [second.number]
    assert [one.pk for one in queries.parked_at(open_window)] == [first.pk]
    clock.forward(minutes=10, seconds=1)
    sweep.run()
    assert order(open_window) == [first.number, second.number]


def test_who_asked_for_time_is_called_where_they_are_fetched(
    take: Take, open_window: Window, by: By
) -> None:
    aside = actions.later(ticket=take(), by=by)
    with pytest.raises(WhereTo):
        actions.resume(ticket=aside, by=by)
    assert actions.resume(ticket=aside, by=by, window=open_window).state == State.CALLED


def test_the_hall_says_for_how_long(hall: Hall, serving: Ticket, by: By, clock: Clock) -> None:
    set_policy(hall, TicketPolicy(park_min=45))
    parked = actions.park(ticket=serving, by=by)
    assert parked.until is not None
    assert (parked.until - clock.now).total_seconds() == 45 * 60


def test_only_who_is_served_is_parked_and_only_who_waits_asks_for_time(
    take: Take, called: Ticket, next_window: Window, by: By
) -> None:
    with pytest.raises(NotNow):
        actions.park(ticket=called, by=by)
    with pytest.raises(NotNow):
        actions.later(ticket=called, by=by)
    with pytest.raises(NotNow):
        actions.resume(ticket=take(), by=by, window=next_window)


@pytest.mark.parametrize("verb", ["park", "resume"])
def test_another_hall_sets_nobody_aside_here(
    serving: Ticket, strange_program: Program, verb: str
) -> None:
    assert problem(strange_program.post(f"/tickets/{serving.pk}/{verb}")) == (404, "not-found")
