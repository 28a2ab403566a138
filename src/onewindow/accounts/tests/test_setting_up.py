"""The pages where a hall gets its devices, and its programs their keys."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from onewindow.accounts.devices import device_of, device_path
from onewindow.accounts.models import ApiKey, Device, User
from onewindow.accounts.states import DeviceKind, Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall

DEVICES = "/s/east-lake/accounts/devices/"
KEYS = "/s/east-lake/accounts/keys/"
Browser = Callable[..., Client]


@pytest.fixture
def browser(hall_manager: User, browser_for: Browser) -> Client:
    """The hall manager's browser."""
    return browser_for(hall_manager)


@pytest.fixture
def administrator(hall: Hall, browser_for: Browser) -> Client:
    """The security administrator's browser."""
    return browser_for(make.person(None, Role.SECURITY_ADMINISTRATOR))


@pytest.fixture
def kiosk(hall: Hall) -> Device:
    """The kiosk at the entrance."""
    return make.DeviceFactory.create(hall=hall, name="Entrance")


def test_a_new_device_shows_its_address_and_a_code_to_scan(browser: Client, hall: Hall) -> None:
    made = browser.post(DEVICES, {"kind": "hall_display", "name": "Entrance <1>"})

    page = browser.get(made["Location"])

    assert "Entrance &lt;1&gt;" in page.text
    assert "<svg" in page.text
    found = re.search(r'href="http://testserver/d/([^/]+)/"', page.text)
    assert found
    assert device_of(found[1], DeviceKind.HALL_DISPLAY) == hall.devices.get()


def test_the_devices_are_listed(browser: Client, kiosk: Device) -> None:
    page = browser.get(DEVICES)

    assert "Entrance" in page.text
    assert "never yet" in page.text


def test_devices_stand_in_the_order_of_their_numbers(browser: Client, hall: Hall) -> None:
    names = ["Display 1", "Display 2", "Display 10", "Display 11"]
    for name in reversed(names):
        make.DeviceFactory.create(hall=hall, name=name)

    page = browser.get(DEVICES).text

    assert re.findall(r">(Display \d+)<", page) == names


def test_a_kiosk_is_told_to_print_and_not_to(browser: Client, kiosk: Device) -> None:
    for on, chip in (("1", "prints"), ("0", "shows only")):
        done = browser.post(f"{DEVICES}{kiosk.pk}/printing", {"on": on})

        kiosk.refresh_from_db()
        assert kiosk.settings["prints"] is (on == "1")
        assert f">{chip}<" in browser.get(done["Location"]).text


def test_a_display_has_nothing_to_print(browser: Client, hall: Hall) -> None:
    display = make.DeviceFactory.create(hall=hall, name="Left", kind=DeviceKind.HALL_DISPLAY)

    assert "Print every number" not in browser.get(f"{DEVICES}{display.pk}/").text


def test_a_device_without_a_name_is_refused_beside_the_field(browser: Client, hall: Hall) -> None:
    no = browser.post(DEVICES, {"kind": "kiosk", "name": ""})

    assert no.status_code == 422
    assert "This field is required." in no.text
    assert not hall.devices.exists()


def test_a_second_click_does_not_make_a_second_device(browser: Client, hall: Hall) -> None:
    new = {"kind": "kiosk", "name": "Entrance", "_once": "k1"}

    first, again = (browser.post(DEVICES, new) for _ in range(2))

    assert first["Location"] == again["Location"]
    assert hall.devices.count() == 1


def test_a_new_address_is_one_click(browser: Client, kiosk: Device) -> None:
    old = device_path(kiosk)

    done = browser.post(f"{DEVICES}{kiosk.pk}/address")

    kiosk.refresh_from_db()
    assert device_path(kiosk) != old
    assert "The old address opens nothing any more." in browser.get(done["Location"]).text


def test_a_device_is_taken_out_of_use(browser: Client, kiosk: Device) -> None:
    done = browser.post(f"{DEVICES}{kiosk.pk}/retire")

    assert "Entrance is out of use." in browser.get(done["Location"]).text
    assert browser.get(f"{DEVICES}{kiosk.pk}/").status_code == 404


def test_another_halls_device_is_not_there(browser: Client, other_hall: Hall) -> None:
    theirs = make.DeviceFactory.create(hall=other_hall)

    for path in (
        f"{theirs.pk}/",
        *(f"{theirs.pk}/{verb}" for verb in ("address", "printing", "retire")),
    ):
        assert browser.post(f"{DEVICES}{path}").status_code == 404


def test_a_key_is_shown_once(administrator: Client, hall: Hall) -> None:
    made = administrator.post(KEYS, {"label": "Queue program", "can": ["tickets.take"]})

    shown = administrator.get(made["Location"]).text

    key = ApiKey.objects.get()
    assert re.search(rf"ow_{key.prefix}_[0-9a-f]{{48}}", shown)
    assert "take numbers" in shown
    assert f"ow_{key.prefix}_" not in administrator.get(KEYS).text


def test_a_key_that_may_nothing_is_not_made(administrator: Client, hall: Hall) -> None:
    assert administrator.post(KEYS, {"label": "x", "can": []}).status_code == 422
    assert not ApiKey.objects.exists()


def test_a_key_is_revoked_with_one_click(administrator: Client, hall: Hall) -> None:
    key, _text = make.key(hall)

    done = administrator.post(f"{KEYS}{key.pk}/revoke")

    page = administrator.get(done["Location"]).text
    assert "The key opens nothing any more." in page
    assert "revoked" in page


def test_another_halls_key_is_not_there(
    administrator: Client, hall: Hall, other_hall: Hall
) -> None:
    key, _text = make.key(other_hall)

    assert administrator.post(f"{KEYS}{key.pk}/revoke").status_code == 404
    key.refresh_from_db()
    assert key.revoked_at is None


@pytest.mark.parametrize(("language", "words"), [("en", "answer alerts"), ("zh-hans", "处理提醒")])
def test_every_right_of_a_key_is_said_in_words_beside_its_code(
    administrator: Client, hall: Hall, language: str, words: str
) -> None:
    make.key(hall)
    administrator.cookies["ow_language"] = language

    page = administrator.get(KEYS).text

    assert f"{words} <code>alerts.answer</code>" in page
