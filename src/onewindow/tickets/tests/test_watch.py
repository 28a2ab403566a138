"""Alarms of a crowd, and of a free window that calls nobody; a window closes after its visitor."""

import pytest

from onewindow.alerts.models import Alert
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.floor import actions as floor
from onewindow.floor.models import Session, Window
from onewindow.floor.rules import WindowPolicy
from onewindow.floor.states import SessionState
from onewindow.tickets import actions
from onewindow.tickets.actions.watch import run
from onewindow.tickets.models import Ticket
from onewindow.tickets.tests.conftest import Take
from tests.fixtures.world import Clock


def test_a_crowd_alarms_in_the_hall_and_in_its_zone_until_it_thins(
    hall: Hall, open_window: Window, take: Take, clock: Clock, by: By
) -> None:
    set_policy(hall, WindowPolicy(crowd_hall=3, crowd_zone=2, idle_min=0))
    take(), take(), take()
    clock.forward(seconds=5)
    run()
    causes = {"hall.crowded", f"zone.{open_window.zone.code}.crowded"}
    assert set(Alert.objects.values_list("cause", flat=True)) == causes
    actions.call_next(window=open_window, by=by)
    clock.forward(seconds=5)
    run()
    open_now = Alert.objects.filter(closed_at=None)
    assert [one.cause for one in open_now] == [f"zone.{open_window.zone.code}.crowded"]
    assert "2 wait." in open_now[0].sentence


def test_a_free_window_that_calls_nobody_alarms_until_it_calls(
    open_window: Window, take: Take, clock: Clock, by: By
) -> None:
    clock.forward(hours=1)
    take()
    clock.forward(minutes=4)
    run()
    assert not Alert.objects.exists()
    clock.forward(minutes=1)
    run()
    assert Alert.objects.get().sentence == "Window 5 is free since 11:00; waiting for it: 1."
    actions.call_next(window=open_window, by=by)
    run()
    assert Alert.objects.get().closed_at


@pytest.mark.parametrize("gone_by", ["finish", "park"])
def test_a_window_closes_after_its_visitor_and_calls_nobody_meanwhile(
    open_window: Window, serving: Ticket, by: By, gone_by: str
) -> None:
    for _press in range(2):
        actions.close_when_free(window=open_window, by=by)
    assert Session.objects.get().state == SessionState.OPEN
    with pytest.raises(floor.CloseComes, match="closes after this visitor"):
        actions.call_next(window=open_window, by=by)
    getattr(actions, gone_by)(ticket=serving, by=by)
    assert Session.objects.get().state == SessionState.CLOSED


def test_without_a_visitor_it_closes_at_once(open_window: Window, by: By) -> None:
    assert actions.close_when_free(window=open_window, by=by).state == SessionState.CLOSED
