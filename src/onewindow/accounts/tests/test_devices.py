"""The door of devices: what a screen's address opens, and for how long."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.accounts.actions import make_device, new_address, retire_device
from onewindow.accounts.actions.devices import NameTaken
from onewindow.accounts.devices import device_of, device_token
from onewindow.accounts.models import Device
from onewindow.accounts.states import DeviceKind
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.base.web.refused import NotFound
from tests.fixtures.world import Clock

pytestmark = pytest.mark.urls("onewindow.accounts.tests.screen_urls")


@pytest.fixture
def kiosk(hall: Hall, by: By) -> Device:
    """The kiosk at the entrance."""
    return make_device(hall=hall, kind=DeviceKind.KIOSK, name="Entrance", by=by)


def test_a_devices_address_opens_its_page(client: Client, kiosk: Device) -> None:
    seen = client.get(f"/k/{device_token(kiosk)}/").json()

    assert seen["hall"] == kiosk.hall.slug
    assert seen["device"] == "Entrance"
    assert seen["caller"] == f"device:{kiosk.pk}"
    assert seen["by"] == ["device", kiosk.pk, "Entrance", "device"]


def test_a_device_speaks_the_halls_language_when_nobody_asked(kiosk: Device) -> None:
    page = f"/k/{device_token(kiosk)}/"

    assert Client().get(page).json()["language"] == "zh-hans"
    assert Client(headers={"accept-language": "en"}).get(page).json()["language"] == "en"


def test_a_new_address_makes_the_old_one_worthless(client: Client, kiosk: Device, by: By) -> None:
    old = device_token(kiosk)

    new_address(device=kiosk, by=by)

    assert client.get(f"/k/{old}/").status_code == 404
    assert client.get(f"/k/{device_token(kiosk)}/").status_code == 200


def test_a_retired_device_opens_nothing_and_frees_its_name(
    client: Client, kiosk: Device, hall: Hall, by: By
) -> None:
    old = device_token(kiosk)
    retire_device(device=kiosk, by=by)

    make_device(hall=hall, kind=DeviceKind.KIOSK, name="Entrance", by=by)

    assert client.get(f"/k/{old}/").status_code == 404
    with pytest.raises(NotFound):
        new_address(device=kiosk, by=by)


def test_a_display_is_no_kiosk(kiosk: Device) -> None:
    with pytest.raises(NotFound):
        device_of(device_token(kiosk), DeviceKind.HALL_DISPLAY)


@pytest.mark.parametrize(
    "token", ["", "1", "1-", "-", "x-y", "٣-0", "9" * 40 + "-0", "1-0\N{BELL}"]
)
def test_a_made_up_token_opens_nothing(kiosk: Device, token: str) -> None:
    with pytest.raises(NotFound):
        device_of(token, DeviceKind.KIOSK)


def test_two_devices_of_a_hall_have_two_names(kiosk: Device, hall: Hall, by: By) -> None:
    with pytest.raises(NameTaken):
        make_device(hall=hall, kind=DeviceKind.HALL_DISPLAY, name="Entrance", by=by)


def test_what_happens_to_a_device_is_on_the_trail(kiosk: Device, by: By) -> None:
    new_address(device=kiosk, by=by)
    retire_device(device=kiosk, by=by)

    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["device.made", "device.new-address", "device.retired"]


def test_the_last_sign_is_written_once_a_minute(
    client: Client, kiosk: Device, clock: Clock
) -> None:
    page = f"/k/{device_token(kiosk)}/"
    began = clock.now
    client.get(page)
    clock.forward(seconds=40)

    with CaptureQueriesContext(connection) as asked:
        client.get(page)

    assert len(asked) == 1
    kiosk.refresh_from_db()
    assert kiosk.seen_at == began
    clock.forward(seconds=30)
    client.get(page)
    kiosk.refresh_from_db()
    assert kiosk.seen_at == began + timedelta(seconds=70)
