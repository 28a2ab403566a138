"""What is done to a device from afar: another name, a load anew; and where a printer is."""

from collections.abc import Callable

import pytest
from django.test import Client

from onewindow.accounts.models import Device, User
from onewindow.accounts.rules import is_reachable
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.trail.models import Entry

DEVICES = "/s/east-lake/accounts/devices/"
Browser = Callable[..., Client]


@pytest.fixture
def browser(hall_manager: User, browser_for: Browser) -> Client:
    """The hall manager's browser."""
    return browser_for(hall_manager)


@pytest.fixture
def kiosk(hall: Hall) -> Device:
    """The kiosk at the entrance."""
    return make.DeviceFactory.create(hall=hall, name="Entrance")


def test_a_device_gets_another_name_and_its_screen_is_told(browser: Client, kiosk: Device) -> None:
    browser.post(f"{DEVICES}{kiosk.pk}/name", {"name": "Exit"})

    kiosk.refresh_from_db()
    row = Entry.objects.get(kind="device.renamed")
    assert (kiosk.name, kiosk.turn) == ("Exit", 1)
    assert (row.label, row.data, row.topics) == (
        "Exit",
        {"before": "Entrance"},
        f"{kiosk.topic} hall",
    )


def test_a_name_that_another_has_is_refused(browser: Client, kiosk: Device, hall: Hall) -> None:
    make.DeviceFactory.create(hall=hall, name="Exit")

    assert browser.post(f"{DEVICES}{kiosk.pk}/name", {"name": "Exit"}).status_code == 409
    assert browser.post(f"{DEVICES}{kiosk.pk}/name", {"name": ""}).status_code == 422


def test_a_screen_is_told_to_load_anew(browser: Client, kiosk: Device) -> None:
    done = browser.post(f"{DEVICES}{kiosk.pk}/reload")

    kiosk.refresh_from_db()
    assert kiosk.turn == 1
    assert Entry.objects.get(kind="device.reloaded").topics == f"{kiosk.topic} hall"
    assert "The screen loads itself anew." in browser.get(done["Location"]).text


def test_a_printer_is_added_by_its_address(browser: Client, hall: Hall) -> None:
    new = {"name": "Printer 1", "host": "192.168.1.60", "port": "9100"}

    made = browser.post(f"{DEVICES}printer", new)

    printer = hall.devices.get()
    assert (printer.kind, printer.host, printer.port) == ("printer", "192.168.1.60", 9100)
    page = browser.get(made["Location"]).text
    assert "192.168.1.60:9100" in page
    assert "<svg" in page
    assert "New address" not in page


def test_a_printer_moves_in_the_network(browser: Client, hall: Hall) -> None:
    browser.post(f"{DEVICES}printer", {"name": "P", "host": "192.168.1.60", "port": "9100"})
    printer = hall.devices.get()

    browser.post(f"{DEVICES}{printer.pk}/reach", {"host": "printer.hall", "port": "9101"})

    printer.refresh_from_db()
    assert (printer.host, printer.port) == ("printer.hall", 9101)
    assert Entry.objects.filter(kind="device.reached").last().data == {"at": "printer.hall:9101"}  # type: ignore[union-attr]  # there is one


def test_a_screen_has_no_place_in_the_network(browser: Client, kiosk: Device) -> None:
    moved = browser.post(f"{DEVICES}{kiosk.pk}/reach", {"host": "192.168.1.60", "port": "1"})

    assert moved.status_code == 404


@pytest.mark.parametrize(
    ("host", "is_one"),
    [
        ("192.168.1.60", True),
        ("10.1.2.3", True),
        ("fd00::60", True),
        ("printer-1.hall.lan", True),
        ("", False),
        ("::", False),
        ("224.0.0.1", False),
        ("300.1.1.1", False),
        ("http://printer", False),
        ("printer 1", False),
        ("-printer", False),
        ("a" * 64, False),
    ],
)
def test_an_address_of_a_printer_is_a_name_or_a_number(host: str, is_one: bool) -> None:
    assert is_reachable(host) is is_one


def test_a_bad_address_is_said_beside_the_field(browser: Client, hall: Hall) -> None:
    no = browser.post(f"{DEVICES}printer", {"name": "P", "host": "http://x", "port": "70000"})

    assert no.status_code == 422
    assert "This is no address of a printer." in no.text
    assert not hall.devices.exists()


def test_another_halls_device_is_not_cared_for(browser: Client, other_hall: Hall) -> None:
    theirs = make.DeviceFactory.create(hall=other_hall, kind=DeviceKind.PRINTER)

    for verb in ("name", "reach", "reload"):
        assert browser.post(f"{DEVICES}{theirs.pk}/{verb}").status_code == 404
