"""Nobody pays for the time in which the product was away."""

from onewindow.base.ticks.actions.life import beat
from onewindow.base.trail import By
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.actions.sweep import run as sweep
from onewindow.tickets.states import State
from onewindow.tickets.tests.conftest import Take
from tests.fixtures.world import Clock


def test_who_asked_for_time_still_has_it_after_an_outage(take: Take, by: By, clock: Clock) -> None:
    ticket = actions.later(ticket=take(), by=by, minutes=10)
    beat()
    clock.forward(minutes=20)
    beat()
    sweep()
    ticket.refresh_from_db()
    assert ticket.state == State.PARKED
    for _ in range(11):
        clock.forward(minutes=1)
        beat()
    sweep()
    ticket.refresh_from_db()
    assert ticket.state == State.WAITING


def test_the_wait_leaves_the_outage_out(
    take: Take, open_window: Window, by: By, clock: Clock
) -> None:
    take()
    beat()
    clock.forward(minutes=20)
    beat()
    clock.forward(seconds=30)
    called = actions.call_next(window=open_window, by=by)
    assert called is not None
    assert called.waiting_s == 30
