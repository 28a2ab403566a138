"""The demonstration's first page: watching, joining, pausing."""

import pytest
from django.test import Client
from pytest_django import Settings

from onewindow.accounts.models import Device, User
from onewindow.accounts.states import DeviceKind, Role
from onewindow.accounts.tests.make import person
from onewindow.base.halls.models import Hall
from onewindow.base.trail.models import Entry
from onewindow.floor.models import Window
from onewindow.floor.tests.make import SpotFactory
from onewindow.simulator.furnish import PIN, people_and_screens
from onewindow.simulator.models import Demonstration


@pytest.fixture
def demonstration(hall: Hall, window: Window, settings: Settings) -> Demonstration:
    settings.DEMO = True
    SpotFactory.create(hall=hall)
    for kind in DeviceKind:
        Device.objects.create(hall=hall, kind=kind, name=kind)
    person(hall, Role.CLERK, staff_number="0399")
    return Demonstration.objects.create(hall=hall)


def test_the_first_page_leads_to_every_screen(demonstration: Demonstration, client: Client) -> None:
    page = client.get("/").content.decode()
    for address in ("/k/", "/d/", "/w/", f"/h/{demonstration.hall.slug}/"):
        assert f'href="{address}' in page


def test_one_joins_as_a_clerk(demonstration: Demonstration, client: Client) -> None:
    answer = client.post("/demo/join/clerk/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/s/east-lake/")
    assert client.get("/s/east-lake/desk/").status_code == 200


def test_joining_again_opens_a_locked_screen(demonstration: Demonstration, client: Client) -> None:
    client.post("/demo/join/clerk/")
    client.post("/lock/close")
    assert client.get("/s/east-lake/desk/").headers["Location"].startswith("/lock/")
    client.post("/demo/join/clerk/")
    assert client.get("/s/east-lake/desk/").status_code == 200


def test_the_lock_says_the_pin_that_opens_it(
    demonstration: Demonstration, hall: Hall, client: Client
) -> None:
    User.objects.all().delete()
    people_and_screens(hall)
    client.post("/demo/join/clerk/")
    client.post("/lock/close")
    assert f"PIN is {PIN}." in client.get("/lock/").text
    client.post("/lock/open", {"pin": PIN})
    assert client.get("/s/east-lake/desk/").status_code == 200


def test_nobody_joins_a_real_hall(
    demonstration: Demonstration, client: Client, settings: Settings
) -> None:
    settings.DEMO = False
    assert client.post("/demo/join/clerk/").status_code == 404
    assert client.post("/demo/control/", {"paused": "yes"}).status_code == 404
    assert client.get("/").headers["Location"] == "/s/"


def test_there_is_no_such_role(demonstration: Demonstration, client: Client) -> None:
    assert client.post("/demo/join/king/").status_code == 404


def test_pausing_is_kept_and_written_down(demonstration: Demonstration, client: Client) -> None:
    client.post("/demo/control/", {"paused": "yes"})
    demonstration.refresh_from_db()
    assert demonstration.paused
    assert Entry.objects.filter(kind="demonstration.paused").exists()
    client.post("/demo/control/", {"paused": "no"})
    demonstration.refresh_from_db()
    assert not demonstration.paused


def test_traffic_is_one_of_the_offered(demonstration: Demonstration, client: Client) -> None:
    client.post("/demo/control/", {"traffic": "4.0"})
    demonstration.refresh_from_db()
    assert demonstration.traffic == 4
    assert client.post("/demo/control/", {"traffic": "nan"}).status_code == 422
    assert client.post("/demo/control/", {"traffic": "many"}).status_code == 422
