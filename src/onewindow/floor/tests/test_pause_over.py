"""A pause that lasts too long is told to the duty manager, and rises; the clerk is called back."""

from datetime import timedelta

import pytest

from onewindow.accounts.models import User
from onewindow.alerts.models import Alert
from onewindow.alerts.states import Level
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.floor import actions, queries
from onewindow.floor.actions.pauses import run
from onewindow.floor.models import Window
from onewindow.floor.states import PauseReason
from tests.fixtures.world import Clock


@pytest.fixture
def paused(window: Window, clerk: User, by: By) -> Window:
    """The clerk of window 5 pauses for ten minutes."""
    actions.open_window(window=window, user=clerk, by=by)
    until = clocks.now() + timedelta(minutes=10)
    actions.pause(window=window, reason=PauseReason.MEAL, until=until, by=by)
    return window


def test_a_pause_that_is_over_is_told_today_and_then_at_once(
    hall: Hall, paused: Window, clock: Clock
) -> None:
    clock.forward(minutes=10, seconds=30)
    run()
    assert not Alert.objects.exists()
    clock.forward(minutes=1)
    run()
    alert = Alert.objects.get()
    assert alert.sentence == "Window 5: the pause (meal) should have ended at 10:10."
    assert alert.level == Level.TODAY
    clock.forward(minutes=5)
    run()
    run()
    assert Alert.objects.get().level == Level.ACT_NOW


def test_the_alarm_ends_when_the_window_goes_on(
    hall: Hall, paused: Window, clock: Clock, by: By
) -> None:
    clock.forward(minutes=20)
    run()
    actions.resume(window=paused, by=by)
    run()
    assert Alert.objects.get().closed_at


def test_a_clerk_is_called_back_once_and_going_on_answers_it(
    paused: Window, clock: Clock, by: By
) -> None:
    first = actions.call_back(window=paused, by=by).called_back_at
    clock.forward(minutes=1)
    assert actions.call_back(window=paused, by=by).called_back_at == first
    assert actions.resume(window=paused, by=by).called_back_at is None
    session = queries.session_at(paused)
    assert session
    assert session.at_work_since == clock.now
