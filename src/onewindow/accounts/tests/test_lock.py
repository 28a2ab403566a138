"""The idle lock: when it closes, what it keeps, and how it opens."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.test import Client, RequestFactory

from onewindow.accounts import lock
from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.trail.models import Entry
from tests.fixtures.world import Clock

Browser = Callable[..., Client]
PAGE = "/s/east-lake/accounts/devices/"
PIN = "4709"
JSON = {"Accept": "application/json"}
WOKEN = {"X-Woken": "1"}
MINUTE = 60


@pytest.fixture
def manager(hall: Hall) -> User:
    """A hall manager with a PIN."""
    return make.person(hall, Role.HALL_MANAGER, pin=make_password(PIN))


@pytest.fixture
def desk(manager: User, browser_for: Browser) -> Client:
    """A browser that was used just now."""
    browser = browser_for(manager)
    assert browser.get(PAGE).status_code == 200
    return browser


def unlock(browser: Client, pin: str, **headers: str) -> Any:
    return browser.post("/lock/open", {"pin": pin, "next": PAGE}, headers=headers)


def test_after_fifteen_idle_minutes_the_pin_is_asked_and_leads_back(
    desk: Client, clock: Clock
) -> None:
    clock.forward(minutes=15)
    assert (
        desk.get(f"{PAGE}?page=2")["Location"]
        == "/lock/?next=%2Fs%2Feast-lake%2Faccounts%2Fdevices%2F%3Fpage%3D2"
    )
    assert "This screen is locked." in desk.get("/lock/").text

    assert unlock(desk, PIN)["Location"] == PAGE

    assert desk.get(PAGE).status_code == 200


def test_use_prolongs(desk: Client, clock: Clock) -> None:
    for _ in range(3):
        clock.forward(minutes=14)
        assert desk.get(PAGE).status_code == 200


def test_a_woken_screen_does_not_prolong(desk: Client, clock: Clock) -> None:
    for _ in range(2):
        clock.forward(minutes=7)
        assert desk.get(PAGE, headers=WOKEN).status_code == 200
    clock.forward(minutes=1)

    assert desk.get(PAGE, headers=WOKEN).status_code == 423


def test_a_locked_screen_answers_no_script_and_does_nothing(
    desk: Client, hall: Hall, clock: Clock
) -> None:
    clock.forward(minutes=16)
    new = {"kind": "kiosk", "name": "Entrance"}

    no = desk.post(PAGE, new, headers={"HX-Request": "true"})

    assert no.status_code == 423
    assert no["HX-Retarget"] == "#flash"
    assert not hall.devices.exists()
    assert desk.post(PAGE, new, headers={"Sec-Fetch-Mode": "cors"}).status_code == 423


def test_a_form_sent_from_a_locked_screen_leads_to_the_lock_and_back_to_its_page(
    desk: Client, hall: Hall, clock: Clock
) -> None:
    clock.forward(minutes=16)

    no = desk.post(
        PAGE, {"kind": "kiosk", "name": "x"}, headers={"Referer": f"http://testserver{PAGE}"}
    )

    assert no["Location"].startswith("/lock/?next=http%3A%2F%2Ftestserver%2Fs")
    assert not hall.devices.exists()


def test_the_script_opens_the_lock_without_leaving_the_page(desk: Client, clock: Clock) -> None:
    clock.forward(minutes=16)
    assert desk.get("/lock/state", headers=WOKEN).json() == {"locked": True, "left": 0}

    assert unlock(desk, PIN, **JSON).json() == {"locked": False}

    assert desk.get("/lock/state").json() == {"locked": False, "left": 900}


def test_a_key_or_a_finger_told_by_the_script_prolongs(desk: Client, clock: Clock) -> None:
    clock.forward(minutes=10)
    assert desk.get("/lock/state", headers=WOKEN).json()["left"] == 5 * MINUTE

    assert desk.get("/lock/state").json()["left"] == 15 * MINUTE


def test_a_wrong_pin_says_how_many_tries_are_left(desk: Client, clock: Clock) -> None:
    clock.forward(minutes=16)

    no = unlock(desk, "0000")
    script = unlock(desk, "0000", **JSON)

    assert no.status_code == 422
    assert "That is not right. 4 tries are left." in no.text
    assert script.json() == {"said": "That is not right. 3 tries are left."}
    assert desk.get(PAGE).status_code == 302


def test_the_fifth_wrong_pin_signs_out(desk: Client, clock: Clock) -> None:
    clock.forward(minutes=16)
    for _ in range(4):
        unlock(desk, "0000")

    gone = unlock(desk, "0000")

    assert gone["Location"] == "/sign-in"
    assert desk.get(PAGE)["Location"].startswith("/sign-in")
    assert Entry.objects.get(kind="user.signed-out").data == {"why": "wrong PINs"}


def test_the_fifth_wrong_pin_sends_the_script_to_the_sign_in(desk: Client) -> None:
    answers = [unlock(desk, "0000", **JSON) for _ in range(5)]

    assert answers[-1].status_code == 401
    assert answers[-1].json() == {"go": "/sign-in"}


def test_the_right_pin_forgets_the_wrong_ones(desk: Client) -> None:
    for _ in range(2):
        for _ in range(4):
            unlock(desk, "0000")
        assert unlock(desk, PIN)["Location"] == PAGE


def test_who_has_no_pin_opens_with_the_password(
    hall: Hall, browser_for: Browser, clock: Clock
) -> None:
    newcomer = make.person(hall, Role.HALL_MANAGER, password=make_password("Paper-Bridge-29"))
    desk = browser_for(newcomer)
    desk.get(PAGE)
    clock.forward(minutes=16)

    assert unlock(desk, "Paper-Bridge-29")["Location"] == PAGE


def test_one_may_lock_at_once(desk: Client) -> None:
    assert desk.post("/lock/close")["Location"] == "/lock/"
    assert desk.get(PAGE).status_code == 302
    unlock(desk, PIN)

    assert desk.post("/lock/close", headers=JSON).json() == {"locked": True}
    assert desk.get("/lock/state", headers=WOKEN).json()["locked"]


def test_an_open_screen_needs_no_lock_page(desk: Client) -> None:
    assert desk.get(f"/lock/?next={PAGE}")["Location"] == PAGE


def test_an_administrator_is_signed_out_instead(
    hall: Hall, browser_for: Browser, clock: Clock
) -> None:
    desk = browser_for(make.person(None, Role.SYSTEM_ADMINISTRATOR))
    desk.get(PAGE)
    clock.forward(minutes=16)

    assert desk.get(PAGE)["Location"].startswith("/sign-in")
    assert unlock(desk, PIN)["Location"].startswith("/sign-in")


def test_an_administrator_who_serves_is_not_signed_out_and_after_it_the_idle_time_runs(
    hall: Hall, browser_for: Browser, clock: Clock
) -> None:
    both = make.person(hall, Role.SYSTEM_ADMINISTRATOR, Role.HALL_MANAGER, pin=make_password(PIN))
    desk = browser_for(both)
    desk.get(PAGE)
    serve(desk, on=True)
    clock.forward(minutes=50)
    assert desk.get(PAGE).status_code == 200

    serve(desk, on=False)
    clock.forward(minutes=14)
    assert desk.get(PAGE).status_code == 200
    clock.forward(minutes=15)

    assert desk.get(PAGE)["Location"].startswith("/sign-in")


def serve(browser: Client, *, on: bool) -> None:
    """What the desk says when it shows a ticket that is being served, and when it shows none."""
    session = browser.session
    told = RequestFactory().get("/")
    told.session = session
    lock.keep_awake(told, serving=on)
    session.save()


def test_a_locked_screen_can_be_left_by_signing_out(desk: Client, clock: Clock) -> None:
    clock.forward(minutes=16)

    assert desk.post("/sign-out")["Location"] == "/sign-in"


def asked(session: dict[str, Any], *, woken: bool = False) -> HttpRequest:
    request = RequestFactory(headers=WOKEN if woken else {}).get("/")
    request.session = session  # type: ignore[assignment]  # a dict does here
    return request


def test_who_serves_is_never_locked_and_after_it_the_idle_time_runs(clock: Clock) -> None:
    session: dict[str, Any] = {}
    lock.sign_of_life(asked(session))
    lock.keep_awake(asked(session))

    clock.forward(minutes=50)
    assert not lock.is_locked(asked(session))
    lock.sign_of_life(asked(session))
    assert lock.left(asked(session)) == lock.SERVING

    lock.keep_awake(asked(session, woken=True), serving=False)
    assert lock.left(asked(session)) == lock.IDLE
    clock.forward(minutes=15)
    assert lock.is_locked(asked(session))


def test_a_sign_of_life_is_written_once_a_minute(clock: Clock) -> None:
    session: dict[str, Any] = {}
    lock.sign_of_life(asked(session))
    before = dict(session)
    clock.forward(seconds=30)
    lock.sign_of_life(asked(session))
    assert session == before

    clock.forward(seconds=31)
    lock.sign_of_life(asked(session))

    assert lock.left(asked(session)) == lock.IDLE
