"""A free window calls by itself where the hall wishes: from an open desk, once, and no other."""

from collections.abc import Callable

import pytest

from onewindow.accounts.models import User
from onewindow.alerts.actions import declare_emergency
from onewindow.alerts.states import EmergencyKind
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.desks.tests.conftest import Desk, Take
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.floor.states import PauseReason
from onewindow.tickets.models import Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import State
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock

WOKEN = {"hx-request": "true", "X-Woken": "1"}
SIGN = "is called by itself in"


@pytest.fixture
def by_itself(hall: Hall) -> None:
    """The hall wishes it after 20 seconds."""
    set_policy(hall, TicketPolicy(auto_call_s=20))


def press(desk: Desk, **fields: str) -> int:
    """What the script of an open desk sends when the time has come; the answer's status."""
    return desk.browser.post(f"{desk.panel}auto", fields, headers=WOKEN).status_code


def called() -> int:
    return Ticket.objects.filter(state=State.CALLED).count()


def test_nobody_is_called_by_itself_unless_the_hall_wishes_it(
    desk: Desk, open_window: Window, take: Take, clock: Clock
) -> None:
    take()
    clock.forward(minutes=5)
    assert SIGN not in desk.page()
    press(desk)
    assert not called()


@pytest.mark.parametrize("look", ["", "?as=strip"])
def test_desk_and_strip_say_when_and_nobody_is_called_before(
    desk: Desk, by_itself: None, open_window: Window, take: Take, clock: Clock, look: str
) -> None:
    assert SIGN not in desk.page()
    clock.forward(minutes=5)
    ticket = take()
    page = desk.browser.get(f"{desk.panel}{look}").content.decode()
    assert SIGN in page
    assert "data-patient" in page
    clock.forward(seconds=19)
    assert press(desk) == 303
    assert not called()
    clock.forward(seconds=1)
    assert press(desk) == 303
    ticket.refresh_from_db()
    assert ticket.state == State.CALLED
    assert Entry.objects.get(kind="ticket.called").data["by_itself"] is True


def test_the_last_visitor_and_the_papers_come_first(
    desk: Desk, open_window: Window, take: Take, clock: Clock
) -> None:
    set_policy(desk.hall, TicketPolicy(auto_call_s=20, wrap_up_s=30))
    first, _second = take(), take()
    desk.press("next")
    desk.press("start", first)
    clock.forward(minutes=5)
    press(desk)
    desk.press("finish", first, outcome="done", how_many="1")
    assert SIGN in desk.page()  # nothing wakes the panel when the papers are done
    for seconds, many in ((30, 0), (20, 1)):
        clock.forward(seconds=seconds)
        press(desk)
        assert called() == many


def test_wait_holds_it_back_until_the_clerk_calls_again(
    desk: Desk, by_itself: None, open_window: Window, take: Take, clock: Clock
) -> None:
    first, second = take(), take()
    desk.press("wait")
    clock.forward(minutes=5)
    press(desk)
    assert not called()
    assert "Nobody is called by itself before you press" in desk.page()
    desk.press("next")
    desk.press("start", first)
    desk.press("finish", first, outcome="done", how_many="1")
    clock.forward(seconds=20)
    press(desk)
    second.refresh_from_db()
    assert second.state == State.CALLED


def test_two_panels_of_one_window_call_one_visitor(
    desk: Desk, by_itself: None, open_window: Window, take: Take, clock: Clock
) -> None:
    take(), take()
    clock.forward(seconds=20)
    for key in ("desk", "strip", "desk"):
        assert press(desk, _once=key) == 303
    assert called() == 1
    assert Entry.objects.filter(kind="ticket.called").count() == 1


def test_a_pause_calls_nobody(
    desk: Desk, by_itself: None, open_window: Window, take: Take, clock: Clock, by: By
) -> None:
    take()
    floor.pause(window=open_window, reason=PauseReason.BREAK, by=by)
    clock.forward(minutes=5)
    press(desk)
    assert not called()
    desk.press("go-on")
    press(desk)
    assert not called()
    clock.forward(seconds=20)
    press(desk)
    assert called() == 1


def test_an_emergency_calls_nobody(
    desk: Desk, by_itself: None, open_window: Window, take: Take, clock: Clock, by: By
) -> None:
    take()
    clock.forward(seconds=20)
    declare_emergency(hall=desk.hall, kind=EmergencyKind.EVACUATE, by=by)
    assert SIGN not in desk.page()
    assert press(desk) == 409
    assert not called()


def test_a_locked_desk_calls_nobody_and_calling_by_itself_keeps_none_awake(
    desk: Desk, by_itself: None, open_window: Window, take: Take, clock: Clock
) -> None:
    desk.page()
    clock.forward(minutes=14)
    assert press(desk) == 303
    take()
    clock.forward(minutes=1)
    assert press(desk) == 423
    assert not called()


def test_nobody_calls_so_at_the_window_of_somebody_else(
    browser_for: Callable[..., GuardedClient],
    by_itself: None,
    open_window: Window,
    hall: Hall,
    take: Take,
    duty_manager: User,
    service: Service,
    clock: Clock,
) -> None:
    take()
    clock.forward(minutes=1)
    assert press(Desk(browser_for(duty_manager), hall)) == 409
    assert not called()
