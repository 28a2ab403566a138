"""The page that says where a device stands."""

from collections.abc import Callable
from typing import Any

from onewindow.accounts.models import User
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.base.halls.models import Hall
from onewindow.base.trail.models import Entry
from onewindow.floor.models import Place, Window

Browser = Callable[..., Any]


def address(device: Any) -> str:
    return f"/s/east-lake/floor/devices/{device.pk}/place/"


def test_a_window_display_stands_at_a_window(
    hall: Hall, window: Window, hall_manager: User, browser_for: Browser
) -> None:
    device, browser = DeviceFactory.create(hall=hall, kind=DeviceKind.WINDOW_DISPLAY), None
    browser = browser_for(hall_manager)
    assert "Window" in browser.get(address(device)).content.decode()

    kept = browser.post(address(device), {"window": "5"})

    assert (kept.status_code, kept["Location"]) == (303, address(device))
    assert Place.objects.get(device=device).window == window
    assert Entry.objects.get(kind="device.placed").data["window"] == "5"


def test_a_hall_display_shows_the_zones_chosen_for_it(
    hall: Hall, window: Window, hall_manager: User, browser_for: Browser
) -> None:
    device = DeviceFactory.create(hall=hall, kind=DeviceKind.HALL_DISPLAY)
    browser = browser_for(hall_manager)

    browser.post(address(device), {"zones": [window.zone.code]})

    assert list(Place.objects.get(device=device).zones.all()) == [window.zone]
    assert "checked" in browser.get(address(device)).content.decode()


def test_an_unknown_window_is_said_beside_the_field(
    hall: Hall, window: Window, hall_manager: User, browser_for: Browser
) -> None:
    device = DeviceFactory.create(hall=hall, kind=DeviceKind.WINDOW_DISPLAY)

    page = browser_for(hall_manager).post(address(device), {"window": "99"})

    assert page.status_code == 422
    assert "99" in page.content.decode()
    assert not Place.objects.exists()


def test_only_who_manages_devices_places_them(
    hall: Hall, clerk: User, stranger: User, browser_for: Browser
) -> None:
    device = DeviceFactory.create(hall=hall)

    assert browser_for(clerk).get(address(device)).status_code == 403
    assert browser_for(stranger).get(address(device)).status_code == 404


def test_another_halls_device_is_not_found(
    hall: Hall, other_hall: Hall, hall_manager: User, browser_for: Browser
) -> None:
    device = DeviceFactory.create(hall=other_hall)

    assert browser_for(hall_manager).get(address(device)).status_code == 404
