"""The duty board, and closing the hall: nobody who still waits is forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests.make import person
from onewindow.alerts.models import Alert
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.halls.tests.make import DepartmentFactory
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import MaterialFactory
from onewindow.desks.tests.conftest import Desk, Take
from onewindow.floor.models import HallDay, Session, Window
from onewindow.floor.queries import window_by_label
from onewindow.floor.states import PauseReason, SessionState
from onewindow.floor.tests import make
from onewindow.tickets import actions
from onewindow.tickets.actions import promise
from onewindow.tickets.estimates import estimates
from onewindow.tickets.models import Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import OutOfOrder, Priority, State
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock


@pytest.fixture
def manager(browser_for: Callable[..., GuardedClient], duty_manager: User) -> GuardedClient:
    """The duty manager's phone."""
    return browser_for(duty_manager)


def shown(browser: GuardedClient, hall: Hall, page: str = "board/") -> str:
    """Return what a page of the duty manager shows."""
    return browser.get(f"/s/{hall.slug}/{page}").content.decode()


def test_the_board_shows_windows_waits_and_calls_before_their_turn(
    manager: GuardedClient, hall: Hall, open_window: Window, take: Take, by: By, clerk: User
) -> None:
    take()
    urgent, _third = take(), take()
    actions.call(window=open_window, ticket=urgent, reason=OutOfOrder.MEDICAL, by=by)
    page = shown(manager, hall)
    assert clerk.name in page
    assert urgent.number in page
    assert "medical" in page
    assert "2 visitors wait" in page


def test_the_duty_manager_opens_pauses_and_closes_a_window(
    manager: GuardedClient, hall: Hall, window: Window, clerk: User, clock: Clock
) -> None:
    at = f"/s/{hall.slug}/board/windows/5/"
    assert manager.post(f"{at}open", {"staff": clerk.staff_number}).status_code == 303
    session = Session.objects.get(window=window)
    assert session.user == clerk
    assert manager.post(f"{at}pause", {"reason": "whim"}).status_code == 422
    manager.post(f"{at}pause", {"reason": "equipment", "minutes": "20"})
    session.refresh_from_db()
    assert (session.state, session.pause_reason) == (SessionState.PAUSED, PauseReason.EQUIPMENT)
    assert session.until == clock.now + timedelta(minutes=20)
    manager.post(f"{at}go-on")
    answer = manager.post(f"{at}close", headers={"hx-request": "true"})
    assert answer.headers["Location"] == f"/s/{hall.slug}/board/now/"
    session.refresh_from_db()
    assert session.state == SessionState.CLOSED


def test_the_duty_manager_pauses_a_window_after_its_visitor_and_takes_that_back(
    manager: GuardedClient, hall: Hall, open_window: Window, take: Take, by: By
) -> None:
    take()
    actions.call_next(window=open_window, by=by)
    at = f"/s/{hall.slug}/board/windows/5/"
    assert manager.post(f"{at}pause", {"reason": "help"}).status_code == 303
    assert "Pause after this visitor" in shown(manager, hall)
    assert "Cancel the pause" in shown(manager, hall, "board/windows/5/")
    assert Session.objects.get().pause_waits
    manager.post(f"{at}go-on")
    assert not Session.objects.get().pause_waits


def test_the_alarm_of_a_long_wait_leads_to_the_window_that_would_help(
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
    promise.watch(hall=hall, by=by)
    address = f"/s/{hall.slug}/board/windows/8/"
    page = shown(manager, hall)
    assert "promised 15. Open window 8." in page
    assert f'href="{address}">Open a window</a>' in page
    assert "autofocus" not in page
    opened = manager.get(address).content.decode()
    assert 'id="sheet"' in opened
    assert "autofocus" in opened
    assert manager.get(f"/s/{hall.slug}/board/windows/99/").status_code == 404
    assert manager.post(f"{address}open").status_code == 422
    assert manager.post(f"{address}open", {"staff": clerk.staff_number}).status_code == 303
    promise.watch(hall=hall, by=by)
    assert "Nothing needs you now." in shown(manager, hall)


@pytest.mark.parametrize(("share", "is_twice"), [(0.8, False), (0.4, True)])
def test_a_wait_of_more_than_twice_the_promise_says_so(
    manager: GuardedClient,
    hall: Hall,
    open_window: Window,
    take: Take,
    clock: Clock,
    share: float,
    is_twice: bool,
) -> None:
    for _turn in range(12):
        service = take().service_id
    clock.forward(minutes=1)
    promised = int(estimates(hall)[service].p80_s / 60 * share)
    set_policy(hall, TicketPolicy(wait_target_min=promised))
    page = shown(manager, hall)
    assert "small bad" in page
    assert ("over twice the promise" in page) is is_twice


def test_a_sentence_says_how_the_waits_of_a_group_stand_against_the_promise(
    manager: GuardedClient, hall: Hall, open_window: Window, take: Take, clock: Clock
) -> None:
    for _turn in range(12):
        ticket = take()
    clock.forward(minutes=1)
    longest = round(estimates(hall)[ticket.service_id].p80_s / 60)
    group = f"{ticket.service.group}: 12 wait, up to {longest} min; "
    set_policy(hall, TicketPolicy(wait_target_min=longest + 1))
    assert f"{group}within the {longest + 1} min promised." in shown(manager, hall)
    set_policy(hall, TicketPolicy(wait_target_min=longest - 3))
    assert f"{group}3 min over the promise." in shown(manager, hall)


def test_what_no_button_does_is_not_found(
    manager: GuardedClient, hall: Hall, window: Window
) -> None:
    assert manager.post(f"/s/{hall.slug}/board/windows/5/paint").status_code == 404


def test_a_no_show_is_brought_back_with_a_reason(
    manager: GuardedClient, hall: Hall, open_window: Window, take: Take, by: By, clock: Clock
) -> None:
    ticket = take()
    for _miss in range(2):
        actions.call_next(window=open_window, by=by)
        for _turn in range(2):
            clock.forward(minutes=2)
            actions.recall(ticket=ticket, by=by)
        actions.miss(ticket=ticket, by=by)
        ticket.refresh_from_db()
        if ticket.state == State.MISSED:
            actions.come_back(ticket=ticket, by=by)
    assert "Bring back" in shown(manager, hall)
    back = f"/s/{hall.slug}/board/back/{ticket.pk}"
    assert manager.post(back, {"reason": ""}).status_code == 422
    assert manager.post(back, {"reason": "was with the doctor"}).status_code == 303
    ticket.refresh_from_db()
    assert ticket.state == State.WAITING


def test_the_closing_page_lists_who_waits_and_keeps_what_each_was_offered(
    manager: GuardedClient, hall: Hall, take: Take
) -> None:
    first, second = take(), take()
    page = shown(manager, hall, "board/close/")
    assert first.number in page
    assert second.number in page
    close = f"/s/{hall.slug}/board/close/"
    assert manager.post(f"{close}{first.pk}", {"offered": " "}).status_code == 422
    manager.post(f"{close}{first.pk}", {"offered": "First tomorrow"})
    first.refresh_from_db()
    assert (first.state, first.outcome_note) == (State.CLOSED, "First tomorrow")


def test_the_hall_does_not_close_over_people_who_were_offered_nothing(
    manager: GuardedClient, hall: Hall, take: Take
) -> None:
    take(), take()
    close = f"/s/{hall.slug}/board/close/now"
    assert manager.post(close).status_code == 422
    assert not HallDay.objects.filter(closed_at__isnull=False).exists()
    assert manager.post(close, {"offered": "An appointment"}).status_code == 302
    assert HallDay.objects.get(hall=hall).closed_at is not None
    assert set(Ticket.objects.values_list("state", flat=True)) == {State.CLOSED}
    assert "2 visitors were not served" in shown(manager, hall)
    board = shown(manager, hall)
    assert "Open the hall" in board
    assert "Close the hall" not in board
    assert "Close the hall for today" not in shown(manager, hall, "board/close/")
    manager.post(f"/s/{hall.slug}/board/open", {"reason": "a bus came late"})
    assert HallDay.objects.get(hall=hall).closed_at is None
    board = shown(manager, hall)
    assert "Close the hall" in board
    assert "Open the hall" not in board


def test_clerks_see_no_board_and_strangers_no_hall(
    browser_for: Callable[..., GuardedClient], hall: Hall, clerk: User, stranger: User
) -> None:
    for page in ("board/", "board/now/", "board/close/"):
        assert browser_for(clerk).get(f"/s/{hall.slug}/{page}").status_code == 403
        assert browser_for(stranger).get(f"/s/{hall.slug}/{page}").status_code == 404


QUERIES_OF_THE_BOARD = 14


@pytest.mark.parametrize("many", [5, 50])
def test_the_board_asks_the_database_as_often_for_five_as_for_fifty(
    manager: GuardedClient,
    hall: Hall,
    open_window: Window,
    take: Take,
    many: int,
    django_assert_num_queries: Any,
) -> None:
    for _turn in range(many):
        take()
    shown(manager, hall)
    with django_assert_num_queries(QUERIES_OF_THE_BOARD):
        shown(manager, hall)


def test_home_is_where_my_role_works(
    browser_for: Callable[..., GuardedClient],
    hall: Hall,
    clerk: User,
    duty_manager: User,
    guide: User,
) -> None:
    assert browser_for(clerk).get("/s/").headers["Location"] == f"/s/{hall.slug}/"
    assert browser_for(clerk).get(f"/s/{hall.slug}/").headers["Location"] == f"/s/{hall.slug}/desk/"
    assert (
        browser_for(duty_manager).get(f"/s/{hall.slug}/").headers["Location"]
        == f"/s/{hall.slug}/board/"
    )
    there = browser_for(guide).get(f"/s/{hall.slug}/")
    assert there.headers["Location"] == f"/s/{hall.slug}/guide/"


def test_who_works_in_several_halls_chooses(
    browser_for: Callable[..., GuardedClient], hall: Hall, other_hall: Hall, clerk: User
) -> None:
    clerk.memberships.create(hall=other_hall, role="clerk")
    page = browser_for(clerk).get("/s/").content.decode()
    assert f"/s/{hall.slug}/" in page
    assert f"/s/{other_hall.slug}/" in page


def test_a_ticket_is_printed_again(
    browser_for: Callable[..., GuardedClient], hall: Hall, guide: User, take: Take
) -> None:
    ticket = take()
    page = browser_for(guide).get(f"/s/{hall.slug}/tickets/{ticket.pk}/print/")
    assert ticket.number in page.content.decode()
    assert "within 30 minutes" in page.content.decode()


def test_a_slip_says_where_how_long_and_what_to_have_ready_and_no_class_openly(
    browser_for: Callable[..., GuardedClient],
    hall: Hall,
    guide: User,
    open_window: Window,
    take: Take,
    clock: Clock,
    settings: Settings,
) -> None:
    first = take()
    MaterialFactory.create(service=first.service, name={"en": "Identity card"})
    changed(hall)
    ticket = take(priority=Priority.P2)
    take()
    clock.forward(minutes=1)
    address = f"/s/{hall.slug}/tickets/{ticket.pk}/print/"
    page = browser_for(guide).get(address).content.decode()
    for said in (str(open_window.zone), "People ahead of you", "□ Identity card"):
        assert said in page
    assert str(Priority.P2.label) not in page
    assert 'class="code"' not in page
    settings.PUBLIC_URL = "https://hall.example"
    assert 'class="code"' in browser_for(guide).get(address).content.decode()


@pytest.mark.parametrize(
    ("kind", "said"),
    [("", "The duty manager was called."), ("alarm", "Alarm raised: the duty manager was called.")],
)
def test_the_duty_manager_comes_only_when_somebody_took_the_call(
    manager: GuardedClient,
    desk: Desk,
    open_window: Window,
    kind: str,
    said: str,
) -> None:
    desk.press("duty", kind=kind)
    page = desk.page()
    assert said in page
    assert "on the way" not in page
    alert = Alert.objects.get()
    manager.post(f"/s/{desk.hall.slug}/alerts/{alert.pk}/take")
    assert "The duty manager is on the way." in desk.page()


def test_only_free_clerks_of_the_department_are_offered_and_nobody_is_chosen_for_me(
    manager: GuardedClient,
    hall: Hall,
    service: Service,
    open_window: Window,
    clerk: User,
    hall_manager: User,
) -> None:
    tax, housing = (DepartmentFactory.create(organisation=hall.organisation) for _ in range(2))
    make.window(hall, service, label="8", department=tax)
    for number, department in (("0811", tax), ("0822", housing)):
        user = person(hall, Role.CLERK, staff_number=number, name=number)
        user.memberships.update(department=department)
    sheet = "board/windows/8/"
    page = shown(manager, hall, sheet)
    assert '<option value="0811">0811</option>' in page
    assert "Please choose</option>" not in page
    for other in ("0822", hall_manager.staff_number, clerk.staff_number):
        assert f'<option value="{other}">' not in page
    person(hall, Role.CLERK, staff_number="0833")
    assert '<option value="">Please choose</option>' in shown(manager, hall, sheet)
