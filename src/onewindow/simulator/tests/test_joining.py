"""The demonstration's first page: watching, joining, pausing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from onewindow.accounts.models import Device, User
from onewindow.accounts.states import DeviceKind, Role
from onewindow.accounts.tests.make import person
from onewindow.base.deadlines.tests.make import office_hours
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.floor.actions import close_hall, open_hall
from onewindow.floor.models import Window
from onewindow.floor.tests.make import SpotFactory
from onewindow.simulator.days import Shift
from onewindow.simulator.furnish import PIN, people_and_screens
from onewindow.simulator.models import Demonstration
from tests.fixtures.world import Clock


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


def test_a_closed_hall_says_when_the_next_day_begins_and_begins_it_at_once(
    demonstration: Demonstration,
    client: Client,
    settings: Settings,
    tmp_path: Path,
    clock: Clock,
    by: By,
) -> None:
    hall, settings.DATA = demonstration.hall, tmp_path
    office_hours(hall)
    clock.set(datetime(2026, 6, 8, 10, 0))  # noqa: DTZ001 (the clock's own zone)
    open_hall(hall=hall, by=by)
    assert "Begin a new day" not in client.get("/").content.decode()
    assert client.post("/demo/control/", {"new_day": "yes"}).status_code == 409
    close_hall(hall=hall, by=by)
    page = client.get("/").content.decode()
    assert "The next day begins by itself at 10:30." in page
    assert "Begin a new day" in page
    assert client.post("/demo/control/", {"new_day": "yes"}).status_code == 302
    kept = Shift(tmp_path).read()
    assert kept is not None
    morning = datetime(2026, 6, 9, 9, 30, tzinfo=hall.zone)
    assert abs(datetime.now(UTC) + kept - morning) < timedelta(minutes=1)
