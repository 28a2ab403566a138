"""Suggested moves on the board, and a window that serves something else for a while."""

from collections.abc import Callable

import pytest

from onewindow.accounts.models import User
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.desks.tests.conftest import Take
from onewindow.floor.models import ForNow, Session, Window
from onewindow.floor.queries import profile_of, window_by_label
from onewindow.floor.states import SessionState
from onewindow.floor.tests import make
from onewindow.tickets import actions
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock


@pytest.fixture
def manager(browser_for: Callable[..., GuardedClient], duty_manager: User) -> GuardedClient:
    """The duty manager's phone."""
    return browser_for(duty_manager)


@pytest.fixture
def other(hall: Hall) -> Service:
    """A service that window 5 does not serve."""
    return ServiceFactory.create(hall=hall, code="TAX", name={"en": "Tax"})


def board(manager: GuardedClient, hall: Hall, page: str = "") -> str:
    return manager.get(f"/s/{hall.slug}/board/{page}").content.decode()


def verb(hall: Hall, label: str, verb: str) -> str:
    return f"/s/{hall.slug}/board/windows/{label}/{verb}"


def test_a_suggested_move_is_done_with_one_tap_and_is_gone_then(
    manager: GuardedClient,
    hall: Hall,
    service: Service,
    take: Take,
    clock: Clock,
    by: By,
    clerk: User,
) -> None:
    for label in "58":
        make.window(hall, service, label=label)
    actions.open_window(window=window_by_label(hall, "5"), by=by)
    for _turn in range(12):
        take()
    clock.forward(minutes=1)
    page = board(manager, hall)
    assert f"Open window 8 for {service}" in page
    assert f"Open with {clerk.name}" in page
    for _manager in range(2):  # two of them press it
        manager.post(verb(hall, "8", "open"), {"staff": clerk.staff_number})
    assert Session.objects.filter(window__label="8").count() == 1
    assert "Open window 8 for" not in board(manager, hall)


def test_a_window_serves_something_else_for_an_hour_and_then_goes_back_by_one_tap(
    manager: GuardedClient, hall: Hall, window: Window, service: Service, other: Service
) -> None:
    changed(hall)
    serve = verb(hall, "5", "serve")
    assert manager.post(serve, {"service": "nothing", "choice": "1"}).status_code == 422
    manager.post(serve, {"service": other.code, "choice": "1", "minutes": "60"})
    sheet = board(manager, hall, "windows/5/")
    assert "Window 5 serves Tax for now." in sheet
    assert "until 11:00" in sheet
    assert "changed for now" in sheet
    manager.post(verb(hall, "5", "as-ever"))
    assert not ForNow.objects.exists()


def test_a_service_with_people_waiting_is_taken_off_only_where_others_serve_it(
    manager: GuardedClient,
    hall: Hall,
    open_window: Window,
    service: Service,
    other: Service,
    take: Take,
    by: By,
) -> None:
    make.window(hall, service, other, label="6")
    off = {"service": service.code, "choice": ""}
    take()
    refused = manager.post(verb(hall, "5", "serve"), off)
    assert refused.status_code == 409
    assert "no other open window serves it" in refused.content.decode()
    actions.open_window(window=window_by_label(hall, "6"), by=by)
    refused = manager.post(verb(hall, "5", "serve"), off)
    assert "Window 5 would serve nothing. Close it instead; who waits is served at: 6." in (
        refused.content.decode()
    )
    hall.refresh_from_db()
    added = {"service": other.code, "choice": "2", "minutes": ""}
    manager.post(verb(hall, "5", "serve"), added)
    manager.post(verb(hall, "5", "serve"), off)
    assert f"Window 5 leaves {service} to: 6." in board(manager, hall)
    hall.refresh_from_db()
    assert profile_of(window_by_label(hall, "5")) == ((), (other.pk,))


def test_a_person_is_sent_to_another_window_and_a_busy_window_closes_after_its_visitor(
    manager: GuardedClient,
    hall: Hall,
    open_window: Window,
    service: Service,
    take: Take,
    by: By,
    clerk: User,
) -> None:
    make.window(hall, service, label="6")
    manager.post(verb(hall, "5", "move"), {"to": "6"})
    assert Session.objects.get(state=SessionState.OPEN).window.label == "6"
    take()
    actions.call_next(window=window_by_label(hall, "6"), by=by)
    assert manager.post(verb(hall, "6", "move"), {"to": "5"}).status_code == 409
    assert manager.post(verb(hall, "6", "close")).status_code == 303
    assert Session.objects.get(window__label="6").then_closes
    assert "Closes after this visitor" in board(manager, hall, "windows/6/")


def test_the_desk_of_who_pauses_says_that_the_duty_manager_asks(
    manager: GuardedClient,
    browser_for: Callable[..., GuardedClient],
    hall: Hall,
    open_window: Window,
    clerk: User,
    stranger: User,
) -> None:
    manager.post(verb(hall, "5", "pause"), {"reason": "other"})
    assert Session.objects.get().state == SessionState.OPEN  # other, but nobody said why
    manager.post(verb(hall, "5", "pause"), {"reason": "other", "words": "moving the printer"})
    assert "moving the printer" in board(manager, hall)
    assert manager.post(verb(hall, "5", "call-back")).status_code == 303
    desk = browser_for(clerk).get(f"/s/{hall.slug}/desk/").content.decode()
    assert "The duty manager asks you to come back." in desk
    assert browser_for(clerk).post(verb(hall, "5", "call-back")).status_code == 403
    assert browser_for(stranger).post(verb(hall, "5", "call-back")).status_code == 404


@pytest.mark.parametrize("wrong", ["serve", "as-ever", "move", "close", "call-back"])
def test_another_halls_window_is_not_found(
    manager: GuardedClient, hall: Hall, other_hall: Hall, wrong: str
) -> None:
    make.WindowFactory.create(hall=other_hall, label="77")
    assert manager.post(verb(hall, "77", wrong)).status_code == 404
