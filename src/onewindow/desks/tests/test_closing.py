"""The closing page: who is still here, since when, and until when they may come back."""

from collections.abc import Callable
from typing import Any

from onewindow.accounts.models import User
from onewindow.base.trail import By
from onewindow.desks.tests.conftest import Take
from onewindow.floor.models import Window
from onewindow.tickets import actions
from tests.fixtures.world import Clock


def test_who_is_left_waits_since_they_came_whatever_became_of_them(
    browser_for: Callable[..., Any],
    duty_manager: User,
    open_window: Window,
    take: Take,
    by: By,
    clock: Clock,
) -> None:
    ticket = take()
    clock.forward(minutes=1)
    actions.call_next(window=open_window, by=by)
    actions.park(ticket=actions.start(ticket=ticket, by=by), by=by, minutes=60)
    clock.forward(minutes=30)
    page = browser_for(duty_manager).get(f"/s/{open_window.hall.slug}/board/close/")
    assert "set aside until 11:01 · waits since 10:00" in page.content.decode()
