"""Calling the next visitor."""

from datetime import timedelta

import pytest

from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.floor.tests import make
from onewindow.tickets import actions
from onewindow.tickets.actions.call import WindowBusy
from onewindow.tickets.models import Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import Priority, State
from onewindow.tickets.tests.conftest import Take
from tests.fixtures.world import Clock


def serve(window: Window, by: By) -> Ticket:
    """Call the next visitor and let them go again."""
    ticket = actions.call_next(window=window, by=by)
    assert ticket is not None
    actions.start(ticket=ticket, by=by)
    return actions.finish(ticket=ticket, by=by)


def test_the_oldest_is_called_first(take: Take, open_window: Window, by: By, clock: Clock) -> None:
    oldest = take()
    clock.forward(minutes=1)
    take()
    called = actions.call_next(window=open_window, by=by)
    assert called is not None
    assert called.pk == oldest.pk
    assert called.state == State.CALLED
    assert called.waiting_s == 60
    assert called.window == open_window


def test_nobody_waits(open_window: Window, by: By) -> None:
    assert actions.call_next(window=open_window, by=by) is None


def test_a_call_is_written_down_and_wakes_the_screens(
    take: Take, open_window: Window, by: By
) -> None:
    take()
    called = actions.call_next(window=open_window, by=by)
    entry = Entry.objects.get(kind="ticket.called")
    assert called is not None
    assert entry.label == called.number
    assert set(entry.topics.split()) == {"ticket", "window.5", f"visit.{called.number}"}


def test_a_second_click_does_not_call_twice(take: Take, open_window: Window, by: By) -> None:
    take()
    take()
    actions.call_next(window=open_window, by=by)
    with pytest.raises(WindowBusy):
        actions.call_next(window=open_window, by=by)
    assert Ticket.objects.filter(state=State.CALLED).count() == 1


def test_a_closed_window_calls_nobody(take: Take, window: Window, by: By) -> None:
    take()
    with pytest.raises(floor.WindowNotOpen):
        actions.call_next(window=window, by=by)


def test_a_window_calls_only_what_it_serves(
    take: Take, hall: Hall, open_window: Window, by: By
) -> None:
    take(service=ServiceFactory.create(hall=hall))
    assert actions.call_next(window=open_window, by=by) is None


def test_a_pregnant_visitor_is_next_in_practice(
    take: Take, open_window: Window, by: By, clock: Clock
) -> None:
    take()
    clock.forward(minutes=30)
    pregnant = take(priority=Priority.P1)
    called = actions.call_next(window=open_window, by=by)
    assert called is not None
    assert called.pk == pregnant.pk


def test_who_has_waited_two_hours_goes_before_a_new_p1(
    take: Take, open_window: Window, by: By, clock: Clock
) -> None:
    patient = take()
    clock.forward(minutes=121)
    take(priority=Priority.P1)
    called = actions.call_next(window=open_window, by=by)
    assert called is not None
    assert called.pk == patient.pk


def test_of_three_calls_at_most_two_are_p1(
    take: Take, open_window: Window, by: By, clock: Clock
) -> None:
    ordinary = take()
    for _ in range(3):
        clock.forward(seconds=10)
        take(priority=Priority.P1)
    order = []
    for _ in range(4):
        clock.forward(seconds=10)
        order.append(serve(open_window, by))
    assert [one.visit.priority for one in order] == ["p1", "p1", "p4", "p1"]
    assert order[2].pk == ordinary.pk


def test_the_cap_holds_nobody_back_when_only_p1_wait(
    take: Take, open_window: Window, by: By, clock: Clock
) -> None:
    for _ in range(3):
        take(priority=Priority.P1)
        clock.forward(seconds=10)
        serve(open_window, by)
    assert Ticket.objects.filter(state=State.DONE).count() == 3


def test_a_family_in_two_queues_is_called_at_one_window(
    take: Take, hall: Hall, open_window: Window, by: By
) -> None:
    other = ServiceFactory.create(hall=hall)
    second_window = make.window(hall, other, label="6")
    floor.open_window(window=second_window, by=by)
    mine = take()
    take(service=other, visit=mine.visit)
    assert actions.call_next(window=open_window, by=by) is not None
    assert actions.call_next(window=second_window, by=by) is None
    actions.finish(ticket=mine, by=by)
    called = actions.call_next(window=second_window, by=by)
    assert called is not None
    assert called.number == mine.number


def test_second_choices_wait_where_the_hall_says_so(
    take: Take, hall: Hall, service: Service, by: By, clock: Clock
) -> None:
    set_policy(hall, TicketPolicy(first_choice_first=True))
    other = ServiceFactory.create(hall=hall)
    window = make.window(hall, other, second=(service,), label="7")
    floor.open_window(window=window, by=by)
    take()
    clock.forward(minutes=5)
    own = take(service=other)
    called = actions.call_next(window=window, by=by)
    assert called is not None
    assert called.pk == own.pk


def test_a_second_choice_is_called_where_no_first_one_waits(
    take: Take, hall: Hall, service: Service, by: By
) -> None:
    set_policy(hall, TicketPolicy(first_choice_first=True))
    window = make.window(hall, ServiceFactory.create(hall=hall), second=(service,), label="7")
    floor.open_window(window=window, by=by)
    waiting = take()
    assert actions.call_next(window=window, by=by) == waiting


def test_calling_ends_the_wrap_up(take: Take, open_window: Window, hall: Hall, by: By) -> None:
    set_policy(hall, TicketPolicy(wrap_up_s=60))
    take()
    take()
    serve(open_window, by)
    session = open_window.sessions.get()
    assert session.wraps_up()
    actions.call_next(window=open_window, by=by)
    session.refresh_from_db()
    assert not session.wraps_up()


def test_time_at_the_window_is_kept(take: Take, open_window: Window, by: By, clock: Clock) -> None:
    take()
    ticket = actions.call_next(window=open_window, by=by)
    assert ticket is not None
    clock.forward(seconds=40)
    actions.start(ticket=ticket, by=by)
    clock.forward(minutes=6)
    done = actions.finish(ticket=ticket, by=by)
    assert (done.walking_s, done.service_s) == (40, 360)
    assert done.ended_at is not None
    assert done.started_at is not None
    assert done.ended_at - done.started_at == timedelta(minutes=6)
