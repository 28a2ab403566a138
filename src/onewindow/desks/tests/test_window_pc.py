"""The window's PC: a PIN or a badge puts another person in, at once or after this visitor."""

from collections.abc import Callable
from typing import Any

import pytest

from onewindow.accounts.actions import new_address, retire_device, set_badge, set_pin
from onewindow.accounts.devices import device_path
from onewindow.accounts.models import Device, User
from onewindow.accounts.states import DeviceKind, Role
from onewindow.accounts.tests import make as people
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.desks.tests.conftest import Take
from onewindow.floor import actions as floor
from onewindow.floor.models import Session, Window
from onewindow.floor.queries import session_at, session_of
from onewindow.floor.tests import make
from onewindow.tickets import actions
from onewindow.tickets.models import Ticket
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock

PIN, BADGE = "2580", "BADGE-00417"


@pytest.fixture
def client() -> GuardedClient:
    """The browser of the PC, in English."""
    return GuardedClient(headers={"accept-language": "en"})


@pytest.fixture
def pc(hall: Hall, window: Window, by: By) -> Device:
    """The PC of window 5."""
    device = people.DeviceFactory.create(hall=hall, kind=DeviceKind.WINDOW_PC)
    floor.place(device=device, window=window, zones=(), by=by)
    return device


@pytest.fixture
def colleague(hall: Hall, by: By) -> User:
    """A second clerk, with a PIN and a badge."""
    user = people.person(hall, Role.CLERK)
    set_pin(user=user, pin=PIN, by=by)
    set_badge(user=user, badge=BADGE, by=by)
    return user


@pytest.fixture
def sixth(hall: Hall, service: Service, colleague: User, by: By) -> Window:
    """Window 6, where the colleague stands."""
    window = make.window(hall, service, label="6")
    actions.open_window(window=window, user=colleague, by=by)
    return window


@pytest.fixture
def serving(open_window: Window, take: Take, by: By) -> Ticket:
    """A visitor who is being served at window 5."""
    take()
    ticket = actions.call_next(window=open_window, by=by)
    assert ticket
    return actions.start(ticket=ticket, by=by)


def type_in(browser: GuardedClient, pc: Device, user: User, pin: str = PIN, **more: str) -> Any:
    """Type a staff number and a PIN at the PC."""
    fields = {"staff_number": user.staff_number, "pin": pin} | more
    return browser.post(device_path(pc), fields)


def who_is_in(browser: GuardedClient) -> str:
    return str(browser.session.get("_auth_user_id", ""))


def stands(window: Window) -> User | None:
    session = session_at(window)
    return session.user if session else None


def test_a_free_window_is_taken_over_at_once(
    browser_for: Callable[..., GuardedClient],
    pc: Device,
    open_window: Window,
    clerk: User,
    colleague: User,
) -> None:
    browser = browser_for(clerk)
    before = browser.session.session_key

    answer = type_in(browser, pc, colleague)

    assert answer.headers["Location"] == f"/s/{pc.hall.slug}/desk/"
    assert (stands(open_window), session_of(clerk)) == (colleague, None)
    assert who_is_in(browser) == str(colleague.pk)
    assert browser.session.session_key != before
    told = Entry.objects.get(kind="window.swapped").data
    assert (told["staff"], told["before"]) == (colleague.staff_number, clerk.staff_number)
    assert device_path(pc) in browser.get(answer.headers["Location"]).content.decode()


def test_a_badge_is_enough_at_a_closed_window(
    client: GuardedClient, pc: Device, window: Window, colleague: User
) -> None:
    assert "Nobody works at this window now." in client.get(device_path(pc)).content.decode()

    client.post(device_path(pc), {"staff_number": BADGE, "pin": ""})

    assert stands(window) == colleague
    assert who_is_in(client) == str(colleague.pk)


def test_while_a_visitor_is_there_the_swap_waits_for_the_end(
    browser_for: Callable[..., GuardedClient],
    pc: Device,
    serving: Ticket,
    clerk: User,
    colleague: User,
    by: By,
) -> None:
    browser, window = browser_for(clerk), serving.window
    assert window
    desk = f"/s/{pc.hall.slug}/desk/"

    type_in(browser, pc, colleague)

    assert (stands(window), who_is_in(browser)) == (clerk, str(clerk.pk))
    page = browser.get(desk).content.decode()
    assert f"{colleague.name} takes over after this visitor" in page
    assert "Finish and hand over" in page
    assert "The window is yours" not in browser.get(device_path(pc)).content.decode()

    actions.finish(ticket=serving, by=by)

    assert stands(window) == colleague
    assert browser.get(desk).headers["Location"] == device_path(pc)
    yours = browser.get(f"{device_path(pc)}who/").content.decode()
    assert f"The window is yours, {colleague.name}." in yours
    browser.post(f"{device_path(pc)}in")
    assert who_is_in(browser) == str(colleague.pk)
    assert Entry.objects.filter(kind="window.swapped").count() == 1


def test_the_proof_does_not_lie_about_for_long(
    browser_for: Callable[..., GuardedClient],
    pc: Device,
    serving: Ticket,
    clerk: User,
    colleague: User,
    by: By,
    clock: Clock,
) -> None:
    browser = browser_for(clerk)
    type_in(browser, pc, colleague)
    actions.finish(ticket=serving, by=by)
    clock.forward(minutes=6)

    browser.post(f"{device_path(pc)}in")

    assert who_is_in(browser) == str(clerk.pk)


def test_a_swap_that_waits_is_cancelled_by_who_is_there(
    client: GuardedClient, pc: Device, serving: Ticket, clerk: User, colleague: User, by: By
) -> None:
    type_in(client, pc, colleague)
    assert serving.window
    with pytest.raises(floor.SwapComes):
        floor.lock(serving.window)

    floor.resume(window=serving.window, by=by)
    actions.finish(ticket=serving, by=by)

    assert stands(serving.window) == clerk


def test_whoever_went_elsewhere_meanwhile_is_not_pulled_back(
    client: GuardedClient, pc: Device, serving: Ticket, colleague: User, sixth: Window, by: By
) -> None:
    type_in(client, pc, colleague)
    actions.open_window(window=sixth, user=colleague, by=by)

    actions.finish(ticket=serving, by=by)

    assert stands(sixth) == colleague
    assert serving.window
    assert session_at(serving.window) is None


def test_one_person_one_window(
    client: GuardedClient, pc: Device, window: Window, colleague: User, sixth: Window
) -> None:
    type_in(client, pc, colleague)

    assert session_at(sixth) is None
    assert stands(window) == colleague


def test_who_serves_elsewhere_finishes_there_first(
    client: GuardedClient, pc: Device, colleague: User, sixth: Window, take: Take, by: By
) -> None:
    take()
    actions.call_next(window=sixth, by=by)

    answer = type_in(client, pc, colleague)

    assert answer.status_code == 409
    assert "Window 6 is still with a visitor" in answer.content.decode()
    assert stands(sixth) == colleague
    assert not who_is_in(client)


def test_five_wrong_pins_lock_the_person_and_the_pc(
    client: GuardedClient, pc: Device, colleague: User, clerk: User, by: By, clock: Clock
) -> None:
    set_pin(user=clerk, pin="1379", by=by)
    for _try in range(4):
        answer = type_in(client, pc, colleague, pin="9999")
        assert answer.status_code == 422
        assert "Staff number or PIN is not right." in answer.content.decode()
    assert type_in(client, pc, colleague, pin="9999").status_code == 429

    assert type_in(client, pc, clerk, pin="1379").status_code == 429
    clock.forward(minutes=16)
    assert type_in(client, pc, colleague).status_code == 429  # the person is locked still
    assert type_in(client, pc, clerk, pin="1379").status_code == 302


@pytest.mark.parametrize("typed", ["BADGE-99999", "1"])
def test_an_unknown_badge_opens_nothing(
    client: GuardedClient, pc: Device, window: Window, typed: str
) -> None:
    answer = client.post(device_path(pc), {"staff_number": typed, "pin": ""})

    assert answer.status_code == 422
    assert ("This badge is not known here" in answer.content.decode()) == (len(typed) > 1)
    assert session_at(window) is None


def test_the_people_of_another_hall_learn_nothing(
    client: GuardedClient, pc: Device, stranger: User, by: By
) -> None:
    set_pin(user=stranger, pin=PIN, by=by)
    set_badge(user=stranger, badge="BADGE-77777", by=by)

    by_pin = type_in(client, pc, stranger)
    by_badge = client.post(device_path(pc), {"staff_number": "BADGE-77777", "pin": ""})

    assert "Staff number or PIN is not right." in by_pin.content.decode()
    assert "This badge is not known here" in by_badge.content.decode()
    assert not who_is_in(client)


@pytest.mark.parametrize("ended", [retire_device, new_address])
def test_a_sign_in_ends_with_its_pc(
    client: GuardedClient, pc: Device, colleague: User, by: By, ended: Any
) -> None:
    type_in(client, pc, colleague)
    before, desk = device_path(pc), f"/s/{pc.hall.slug}/desk/"
    assert client.get(desk).status_code == 200

    ended(device=pc, by=by)

    assert client.get(desk).headers["Location"].startswith("/sign-in?")
    assert client.post(before, {"staff_number": BADGE}).status_code == 404


def test_a_pin_opens_no_more_than_a_clerks_work(
    client: GuardedClient, pc: Device, window: Window, by: By
) -> None:
    manager = people.person(pc.hall, Role.HALL_MANAGER, Role.SYSTEM_ADMINISTRATOR)
    set_pin(user=manager, pin=PIN, by=by)

    type_in(client, pc, manager)

    assert stands(window) == manager
    assert client.get(f"/s/{pc.hall.slug}/desk/").status_code == 200
    for page in ("board/", "setup/", "people/"):
        assert client.get(f"/s/{pc.hall.slug}/{page}").status_code == 403


def test_what_the_swap_itself_wakes_does_not_sign_out(
    browser_for: Callable[..., GuardedClient],
    pc: Device,
    open_window: Window,
    clerk: User,
    colleague: User,
) -> None:
    browser, woken = browser_for(clerk), GuardedClient()
    woken.cookies["ow_session"] = browser.cookies["ow_session"].value
    type_in(browser, pc, colleague)

    assert "ow_session" not in woken.get(f"{device_path(pc)}who/").cookies


def test_a_second_click_swaps_once(
    client: GuardedClient, pc: Device, open_window: Window, colleague: User
) -> None:
    type_in(client, pc, colleague)
    type_in(client, pc, colleague)

    assert Session.objects.filter(user=colleague).count() == 1
    assert Entry.objects.filter(kind="window.swapped").count() == 1
    assert who_is_in(client) == str(colleague.pk)


def test_a_pc_without_a_window_says_so(client: GuardedClient, hall: Hall) -> None:
    pc = people.DeviceFactory.create(hall=hall, kind=DeviceKind.WINDOW_PC)

    assert "This PC stands at no window yet." in client.get(device_path(pc)).content.decode()
    assert client.post(device_path(pc), {"staff_number": "1", "pin": "1"}).status_code == 422
