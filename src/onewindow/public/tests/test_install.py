"""Kiosk, pad and terminal as installed apps: each its own, and none keeps what the hall knows."""

import re

import pytest
from django.test import Client

from onewindow.accounts.devices import device_path, device_token
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.base.halls.models import Hall
from onewindow.public.tests.make import World

INSTALLED = (DeviceKind.KIOSK, DeviceKind.RATING_PAD, DeviceKind.CLOCK_IN_TERMINAL)


@pytest.mark.parametrize("kind", INSTALLED)
def test_a_screen_can_be_installed_and_opens_on_its_own_address(
    client: Client, place: World, kind: DeviceKind
) -> None:
    device = DeviceFactory.create(hall=place.hall, kind=kind, name="Entrance 2")
    home = device_path(device)
    page = client.get(home)
    assert f'data-worker="{home}worker.js"' in page.content.decode()
    policy = page.headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
    told = client.get(f"/device/{device_token(device)}/manifest/")
    assert told.headers["Content-Type"] == "application/manifest+json"
    assert told.json()["start_url"] == told.json()["scope"] == home
    assert "Entrance 2" in told.json()["name"]
    assert {icon["purpose"] for icon in told.json()["icons"]} == {"any", "maskable"}


def test_its_worker_keeps_one_page_and_what_that_needs(client: Client, place: World) -> None:
    answer = client.get(f"{place.kiosk}worker.js")
    assert answer.headers["Content-Type"] == "text/javascript"
    assert "no-cache" in answer.headers["Cache-Control"]
    script = answer.content.decode()
    kept = re.findall(r'"(/static/[^"]+|\\u002Fstatic[^"]+)"', script)
    assert len(kept) > 5
    assert "away/" in script
    assert script == client.get(f"{place.kiosk}worker.js").content.decode()


def test_a_new_name_of_the_hall_is_a_new_version(client: Client, place: World) -> None:
    before = client.get(f"{place.kiosk}worker.js").content
    Hall.objects.update(name={"zh-Hans": "东湖新厅"})
    assert client.get(f"{place.kiosk}worker.js").content != before
    away = client.get(f"{place.kiosk}away/").content.decode()
    assert "东湖新厅" in away
    assert "<form" not in away


def test_a_display_has_no_worker_and_a_removed_kiosk_none_any_more(
    client: Client, place: World, hall: Hall
) -> None:
    display = DeviceFactory.create(hall=hall, kind=DeviceKind.HALL_DISPLAY)
    assert client.get(f"/k/{device_token(display)}/worker.js").status_code == 404
    assert client.get("/k/1-0/worker.js").status_code == 404
    assert client.get(f"/device/{device_token(display)}/manifest/").status_code == 404
