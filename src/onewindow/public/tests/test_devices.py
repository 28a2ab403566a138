"""A new screen waits with a code; each device's token opens that device's own work only."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from onewindow.accounts.actions import pair, reload_device, retire_device
from onewindow.accounts.devices import PLACES, device_path, device_token
from onewindow.accounts.models import Device, Pairing
from onewindow.accounts.states import SCREENS, DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.floor import actions as floor
from onewindow.public.tests.make import World
from tests.fixtures.world import Clock
from tests.house.reading import addresses

pytestmark = pytest.mark.django_db

ADMIN = By("user", 1, "0201", "page", "10.0.0.9")


def become(hall: Hall, kind: DeviceKind = DeviceKind.KIOSK, name: str = "New") -> Device:
    """Somebody types the code that the only waiting screen shows."""
    code = Pairing.objects.get(device=None).code
    device = pair(code=code, hall=hall, kind=kind, name=name, by=ADMIN)
    assert device
    return device


def test_a_new_screen_shows_its_code(client: Client) -> None:
    page = client.get("/pair/")

    code = Pairing.objects.get().code
    assert f"<span>{code[:3]}</span><span>{code[3:]}</span>" in page.text
    assert 'http-equiv="refresh"' in page.text


def test_a_screen_that_asks_again_is_the_same_screen(client: Client) -> None:
    client.get("/pair/")
    client.get("/pair/now/")
    client.get("/pair/")

    assert Pairing.objects.count() == 1


def test_its_secret_is_no_scripts_business(client: Client) -> None:
    cookie = client.get("/pair/").cookies["ow_screen"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("kind", SCREENS)
def test_a_paired_screen_goes_to_its_own_page_by_itself(
    client: Client, place: World, kind: DeviceKind
) -> None:
    client.get("/pair/")

    device = become(place.hall, kind)

    assert client.get("/pair/now/").headers["HX-Redirect"] == device_path(device)
    went = client.get("/pair/")
    assert went["Location"] == device_path(device)
    assert client.get(went["Location"]).status_code == 200


def test_a_screen_without_cookies_is_told_so_and_takes_no_second_code(client: Client) -> None:
    page = client.get("/pair/now/")

    assert "refuses cookies" in page.text
    assert not Pairing.objects.exists()


def test_too_many_screens_from_one_address_are_told_to_wait() -> None:
    answers = [Client().get("/pair/").status_code for _ in range(21)]

    assert answers == [200] * 20 + [429]


def test_a_removed_device_says_so_at_once_and_shows_a_code_again(
    client: Client, place: World, by: By
) -> None:
    client.get("/pair/")
    device = become(place.hall)
    page = client.get(device_path(device))
    retire_device(device=device, by=by)

    gone = client.get(device_path(device))

    assert page.status_code == 200
    assert gone.status_code == 404
    assert "This device was removed" in gone.text
    assert 'content="8; url=/pair/"' in gone.text
    assert "This screen is new here" in client.get("/pair/").text


def test_a_screen_learns_that_it_is_to_load_anew(client: Client, place: World, by: By) -> None:
    device = DeviceFactory.create(hall=place.hall, name="Hall", kind=DeviceKind.HALL_DISPLAY)
    asks = f"/device/{device_token(device)}/"
    page = client.get(device_path(device)).text
    assert f'data-turn="0" data-asks="{asks}"' in page
    assert client.get(asks).text == "0"

    reload_device(device=device, by=by)

    assert client.get(asks).text == "1"


def test_a_screen_that_was_moved_loads_itself_anew(client: Client, place: World, by: By) -> None:
    device = DeviceFactory.create(hall=place.hall, name="5", kind=DeviceKind.WINDOW_DISPLAY)

    floor.place(device=device, window=place.window, zones=(), by=by)

    assert client.get(f"/device/{device_token(device)}/").text == "1"


@pytest.mark.parametrize(
    "kind", [DeviceKind.KIOSK, DeviceKind.HALL_DISPLAY, DeviceKind.WINDOW_DISPLAY]
)
def test_each_kind_of_screen_listens_to_its_own_name(
    client: Client, place: World, kind: DeviceKind
) -> None:
    device = DeviceFactory.create(hall=place.hall, name="One", kind=kind)

    page = client.get(device_path(device)).text

    assert f'data-topic="{device.topic}"' in page
    assert device.topic in page.split('data-topics="')[1].split('"')[0].split()


@pytest.mark.parametrize("kind", [DeviceKind.RATING_PAD, DeviceKind.CLOCK_IN_TERMINAL])
def test_a_terminal_says_where_it_belongs_and_since_when(
    client: Client, place: World, by: By, clock: Clock, kind: DeviceKind
) -> None:
    device = DeviceFactory.create(hall=place.hall, name="Pad 5", kind=kind)
    floor.place(device=device, window=place.window, zones=(), by=by)
    client.get(device_path(device))
    clock.forward(hours=2)

    page = client.get(device_path(device)).text

    assert "window 5" in page
    assert "Connected since 2026-06-08 10:00." in page
    assert "There is nothing to do on it yet" in page


def _of_devices() -> list[tuple[str, tuple[DeviceKind, ...]]]:
    """Return every address that a token opens, with the kinds it is for."""
    views = [(address, pattern.callback) for address, pattern in addresses()]
    return [(a, view.device) for a, view in views if hasattr(view, "device")]


OF_DEVICES = _of_devices()
FILLED = {"<str:code>": "A01", "<str:visit>": "none", "<path:rest>": "none", "<slug:name>": "none"}


def _filled(address: str, token: str) -> str:
    for gap, value in FILLED.items():
        address = address.replace(gap, value)
    return "/" + address.replace("<str:token>", token)


@pytest.mark.parametrize(("address", "kinds"), OF_DEVICES)
@pytest.mark.parametrize("kind", list(DeviceKind))
def test_a_token_opens_the_addresses_of_its_own_kind_only(
    client: Client, place: World, address: str, kinds: tuple[DeviceKind, ...], kind: DeviceKind
) -> None:
    device = DeviceFactory.create(hall=place.hall, name="One", kind=kind)
    ask = _filled(address, device_token(device))

    answers = [client.get(ask), client.post(ask)]

    removed = ["This device was removed" in answer.text for answer in answers]
    assert removed == [kind not in kinds] * 2
    if kind not in kinds:
        assert [answer.status_code for answer in answers] == [404, 404]


def test_the_table_holds_every_kind_of_screen() -> None:
    assert {kind for _address, kinds in OF_DEVICES for kind in kinds} == set(SCREENS)
    assert set(PLACES) == set(SCREENS)


def test_a_kiosk_shows_nothing_of_another_hall(
    client: Client, place: World, other_hall: Hall
) -> None:
    theirs = DeviceFactory.create(hall=other_hall, name="Theirs")
    number = place.take().visit.token
    inside = (f"number/{number}/", "service/A01/", "group/G/")

    for page in inside:
        assert client.get(f"{device_path(theirs)}{page}").status_code == 404


def test_a_token_of_another_installation_or_a_changed_kind_opens_nothing(
    client: Client, place: World
) -> None:
    device = DeviceFactory.create(hall=place.hall, name="One")
    token = device_token(device)
    Device.objects.filter(pk=device.pk).update(kind=DeviceKind.HALL_DISPLAY)

    assert client.get(f"/d/{token}/").status_code == 404


def test_every_sign_of_a_screen_is_noted_at_most_once_a_minute(
    client: Client, place: World, clock: Clock
) -> None:
    device = DeviceFactory.create(hall=place.hall, name="One")
    asks = f"/device/{device_token(device)}/"
    for _ in range(4):
        client.get(asks)
        clock.forward(seconds=20)

    device.refresh_from_db()
    assert device.connected_at == clocks.now() - timedelta(seconds=80)
    assert device.seen_at == clocks.now() - timedelta(seconds=20)


def test_anybody_who_opens_the_address_of_a_screen_reads_no_more_than_it_shows(
    client: Client, place: World, stranger: Any
) -> None:
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    device = DeviceFactory.create(hall=place.hall, name="One")

    assert client.get(device_path(device)).status_code == 200
    assert client.get("/s/east-lake/accounts/devices/").status_code == 404
