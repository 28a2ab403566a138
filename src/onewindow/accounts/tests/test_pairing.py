"""A screen shows a code; who types it on the devices page says what the screen becomes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from onewindow.accounts.actions import new_address, pair, retire_device
from onewindow.accounts.actions.pairing import (
    GUESSES,
    GUESSES_OF_ADDRESS,
    WAITING_AT_ADDRESS,
    TooManyCodes,
    TooManyScreens,
    purge,
    wait,
    waiting,
)
from onewindow.accounts.models import Device, Pairing, User, WrongCode
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from tests.fixtures.world import Clock

DEVICES = "/s/east-lake/accounts/devices/"
Browser = Callable[..., Client]
ADMIN = By("user", 1, "0201", "page", "10.0.0.9")


@pytest.fixture
def browser(hall_manager: User, browser_for: Browser) -> Client:
    """The hall manager's browser."""
    return browser_for(hall_manager)


def typed(hall: Hall, code: str, by: By = ADMIN, name: str = "Entrance") -> Device | None:
    """Somebody types a code and chooses a kiosk."""
    return pair(code=code, hall=hall, kind=DeviceKind.KIOSK, name=name, by=by)


def wrong(hall: Hall, times: int, address: str = "10.0.0.9") -> None:
    """Somebody types codes that no screen shows."""
    for _ in range(times):
        assert typed(hall, "x", By("user", 1, "0201", "page", address)) is None


def test_a_code_turns_its_screen_into_the_device(hall: Hall) -> None:
    secret, screen = wait("10.0.0.60")

    device = typed(hall, screen.code)

    found = waiting(secret)
    assert device is not None
    assert found
    assert found.device == device
    assert (device.kind, device.name) == ("kiosk", "Entrance")


def test_a_code_has_six_digits_and_only_its_hash_of_the_secret_is_kept(hall: Hall) -> None:
    secret, screen = wait("10.0.0.60")

    assert screen.code.isdecimal()
    assert len(screen.code) == 6
    assert secret not in str(Pairing.objects.values())


def test_a_code_opens_once(hall: Hall) -> None:
    code = wait("10.0.0.60")[1].code
    typed(hall, code)

    assert typed(hall, code, name="Exit") is None
    assert hall.devices.count() == 1


def test_a_code_that_ran_out_opens_nothing_and_the_screen_shows_another(
    hall: Hall, clock: Clock
) -> None:
    secret, screen = wait("10.0.0.60")
    clock.forward(minutes=10)

    fresh = waiting(secret)

    assert typed(hall, screen.code) is None
    assert fresh
    assert fresh.code != screen.code
    assert typed(hall, fresh.code)


def test_one_address_may_guess_only_so_often(hall: Hall, clock: Clock) -> None:
    code = wait("10.0.0.60")[1].code
    wrong(hall, GUESSES_OF_ADDRESS)

    with pytest.raises(TooManyCodes, match="10 min"):
        typed(hall, code)

    assert typed(hall, code, By("user", 2, "0202", "page", "10.0.0.10"))
    clock.forward(minutes=11)
    assert typed(hall, wait("10.0.0.60")[1].code, name="Exit")


def test_all_addresses_together_may_guess_only_so_often(hall: Hall) -> None:
    for place in range(GUESSES // 5):
        wrong(hall, 5, f"10.0.1.{place}")

    with pytest.raises(TooManyCodes):
        typed(hall, "123456")


def test_one_address_cannot_fill_the_line_of_waiting_screens(hall: Hall) -> None:
    for _ in range(WAITING_AT_ADDRESS):
        wait("10.0.0.60")

    with pytest.raises(TooManyScreens):
        wait("10.0.0.60")
    assert wait("10.0.0.61")


@pytest.mark.parametrize("end", [retire_device, new_address])
def test_a_screen_forgets_a_device_that_is_no_longer_its_own(
    hall: Hall, by: By, end: Callable[..., Any]
) -> None:
    secret, screen = wait("10.0.0.60")
    device = typed(hall, screen.code)

    end(device=device, by=by)

    assert waiting(secret) is None


def test_screens_that_gave_up_are_forgotten_and_paired_ones_are_not(
    hall: Hall, clock: Clock
) -> None:
    kept = wait("10.0.0.60")
    typed(hall, kept[1].code)
    wait("10.0.0.61")
    wrong(hall, 1)
    clock.forward(days=2)

    assert purge() == 2

    assert waiting(kept[0])
    assert not WrongCode.objects.exists()


def test_pairing_and_wrong_codes_are_on_the_trail(hall: Hall) -> None:
    wrong(hall, 1)
    typed(hall, wait("10.0.0.60")[1].code)

    rows = list(Entry.objects.order_by("pk").values_list("kind", "data"))
    assert rows[0] == ("device.code-refused", {})
    assert rows[-1] == ("device.paired", {"screen": "10.0.0.60"})


def test_the_page_pairs_a_screen_and_says_so(browser: Client, hall: Hall) -> None:
    code = wait("10.0.0.60")[1].code
    spaced = f"{code[:3]} {code[3:]}"

    done = browser.post(f"{DEVICES}pair", {"code": spaced, "kind": "kiosk", "name": "Entrance"})

    assert done["Location"] == f"{DEVICES}{hall.devices.get().pk}/"
    assert "Entrance is paired." in browser.get(done["Location"]).text


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("000000", "No screen shows this code now."),
        ("12345", "The code has six digits."),
        ("１２３４５６", "The code has six digits."),
    ],
)
def test_a_wrong_code_is_said_beside_its_field(
    browser: Client, hall: Hall, code: str, says: str
) -> None:
    no = browser.post(f"{DEVICES}pair", {"code": code, "kind": "kiosk", "name": "Entrance"})

    assert no.status_code == 422
    assert says in no.text
    assert not hall.devices.exists()


def test_a_wrong_code_counts_though_the_form_comes_back(browser: Client, hall: Hall) -> None:
    wrong_one = {"code": "000000", "kind": "kiosk", "name": "Entrance"}
    for _ in range(GUESSES_OF_ADDRESS):
        browser.post(f"{DEVICES}pair", wrong_one)

    assert browser.post(f"{DEVICES}pair", wrong_one).status_code == 429


def test_a_name_that_is_taken_leaves_the_code_as_it_was(browser: Client, hall: Hall) -> None:
    make.DeviceFactory.create(hall=hall, name="Entrance")
    code = wait("10.0.0.60")[1].code

    no = browser.post(f"{DEVICES}pair", {"code": code, "kind": "kiosk", "name": "Entrance"})

    assert "already a device named Entrance" in no.text
    assert typed(hall, code, name="Exit")


def test_a_printer_is_not_paired(browser: Client, hall: Hall) -> None:
    code = wait("10.0.0.60")[1].code

    no = browser.post(f"{DEVICES}pair", {"code": code, "kind": "printer", "name": "Printer"})

    assert no.status_code == 422
