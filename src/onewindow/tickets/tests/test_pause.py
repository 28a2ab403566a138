"""A pause waits for the visitor who is on the way: nobody is called to an empty window."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.floor import actions as floor
from onewindow.floor.models import Session, Window
from onewindow.floor.states import PauseReason, SessionState
from onewindow.tickets import actions
from onewindow.tickets.actions import sweep
from onewindow.tickets.estimates import forget, look
from onewindow.tickets.models import Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.tests.conftest import Take
from tests.fixtures.api import Program
from tests.fixtures.world import Clock

Pause = Callable[..., Session]


@pytest.fixture
def pause(open_window: Window, by: By) -> Pause:
    """Ask for a pause of some minutes at window 5."""

    def ask(minutes: int = 10) -> Session:
        until = clocks.now() + timedelta(minutes=minutes)
        return actions.pause_window(
            window=open_window, reason=PauseReason.BREAK, until=until, by=by
        )

    return ask


def at(window: Window) -> Session:
    """Return the session at a window as the database has it."""
    return window.sessions.get(closed_at=None)


def test_without_a_visitor_a_window_pauses_at_once(open_window: Window, pause: Pause) -> None:
    assert pause().state == SessionState.PAUSED
    assert not at(open_window).pause_waits


def test_a_pause_waits_for_who_was_called(
    called: Ticket, open_window: Window, pause: Pause, by: By
) -> None:
    session = pause()
    assert (session.state, session.pause_waits) == (SessionState.OPEN, True)
    assert Entry.objects.get(kind="window.pause_asked").data["reason"] == "break"
    actions.start(ticket=called, by=by)
    assert at(open_window).state == SessionState.OPEN
    actions.finish(ticket=called, by=by)
    paused = at(open_window)
    assert (paused.state, paused.pause_waits) == (SessionState.PAUSED, False)
    assert paused.pause_reason == PauseReason.BREAK
    assert Entry.objects.filter(kind="window.paused").count() == 1


def test_a_pause_is_not_shorter_for_having_waited(
    serving: Ticket, open_window: Window, pause: Pause, by: By, clock: Clock
) -> None:
    pause(minutes=10)
    clock.forward(minutes=25)
    actions.finish(ticket=serving, by=by)
    paused = at(open_window)
    assert (paused.paused_at, paused.until) == (clock.now, clock.now + timedelta(minutes=10))


def test_it_begins_when_a_visitor_is_set_aside(
    serving: Ticket, open_window: Window, pause: Pause, by: By
) -> None:
    pause()
    actions.park(ticket=serving, by=by)
    assert at(open_window).state == SessionState.PAUSED


def test_it_begins_when_a_visitor_is_moved(
    serving: Ticket, open_window: Window, next_window: Window, pause: Pause, by: By
) -> None:
    pause()
    actions.transfer(ticket=serving, by=by, window=next_window)
    assert at(open_window).state == SessionState.PAUSED


def test_it_begins_when_a_visitor_does_not_come(
    called: Ticket, open_window: Window, pause: Pause, by: By, clock: Clock
) -> None:
    pause()
    for _turn in range(2):
        clock.forward(minutes=2)
        actions.recall(ticket=called, by=by)
    actions.miss(ticket=called, by=by)
    assert at(open_window).state == SessionState.PAUSED


def test_it_begins_when_a_visitor_leaves(
    called: Ticket, open_window: Window, pause: Pause, by: By
) -> None:
    pause()
    actions.leave(ticket=called, by=by)
    assert at(open_window).state == SessionState.PAUSED


def test_nobody_new_comes_to_a_window_that_is_to_pause(
    take: Take, called: Ticket, open_window: Window, pause: Pause, service: Service, by: By
) -> None:
    waiting = take()
    pause()
    with pytest.raises(floor.PauseComes, match="pauses after this visitor"):
        actions.call_next(window=open_window, by=by)
    with pytest.raises(floor.PauseComes):
        actions.call(window=open_window, ticket=waiting, reason="medical", by=by)
    with pytest.raises(floor.PauseComes):
        actions.walk_in(window=open_window, service=service, by=by)


def test_those_who_wait_reckon_without_it(
    take: Take,
    called: Ticket,
    open_window: Window,
    next_window: Window,
    pause: Pause,
    clock: Clock,
) -> None:
    for _one in range(3):
        take()
    clock.forward(seconds=5)
    before = look(called.hall).estimate(called.service_id)
    pause(minutes=50)
    forget()
    assert look(called.hall).estimate(called.service_id).p50_s > before.p50_s


def test_a_pause_that_waits_can_be_taken_back(
    take: Take, called: Ticket, open_window: Window, pause: Pause, by: By
) -> None:
    second = take()
    pause()
    taken_back = floor.resume(window=open_window, by=by)
    assert (taken_back.state, taken_back.pause_waits, taken_back.until) == ("open", False, None)
    assert Entry.objects.filter(kind="window.pause_taken_back").count() == 1
    actions.finish(ticket=called, by=by)
    assert actions.call_next(window=open_window, by=by) == second


def test_the_papers_of_the_visitor_come_before_the_pause(
    serving: Ticket, hall: Hall, open_window: Window, pause: Pause, by: By, clock: Clock
) -> None:
    set_policy(hall, TicketPolicy(wrap_up_s=60))
    pause(minutes=10)
    actions.finish(ticket=serving, by=by)
    sweep.run()
    assert (at(open_window).state, at(open_window).wraps_up()) == (SessionState.OPEN, True)
    with pytest.raises(floor.PauseComes):
        actions.call_next(window=open_window, by=by)
    clock.forward(seconds=61)
    sweep.run()
    paused = at(open_window)
    assert (paused.state, paused.until) == (
        SessionState.PAUSED,
        clock.now + timedelta(minutes=10),
    )
    assert not paused.wraps_up()


def test_during_the_papers_a_pause_begins_at_once(
    serving: Ticket, hall: Hall, open_window: Window, pause: Pause, by: By
) -> None:
    set_policy(hall, TicketPolicy(wrap_up_s=60))
    actions.finish(ticket=serving, by=by)
    assert pause().state == SessionState.PAUSED


def test_a_pause_asked_for_as_the_visitor_went_begins_with_the_next_sweep(
    serving: Ticket, open_window: Window, by: By
) -> None:
    actions.finish(ticket=serving, by=by)
    # as the database shows it to who had seen the visitor still there
    floor.pause(window=open_window, reason=PauseReason.BREAK, by=by, after_visitor=True)
    sweep.run()
    assert at(open_window).state == SessionState.PAUSED


def test_a_window_that_closes_forgets_the_pause(
    called: Ticket, open_window: Window, pause: Pause, by: By, clock: Clock
) -> None:
    pause()
    clock.forward(days=1)
    sweep.run()
    session = Session.objects.get()
    assert (session.state, session.pause_waits) == (SessionState.CLOSED, False)
    assert not floor.open_window(window=open_window, by=by).pause_waits


def test_a_program_pauses_after_the_visitor_too(
    program: Program, take: Take, window: Window
) -> None:
    program.post("/windows/5/open")
    take()
    ticket = program.post("/windows/5/call-next").json()
    asked = program.post(
        "/windows/5/pause", {"reason": "break", "until": "2026-06-08T10:20:00+08:00"}
    )
    assert (asked.json()["state"], asked.json()["until"]) == ("open", "2026-06-08T10:20:00+08:00")
    assert program.post("/windows/5/call-next").status_code == 409
    program.post(f"/tickets/{ticket['id']}/finish")
    assert program.post("/windows/5/pause", {"reason": "help"}).json()["state"] == "paused"
