"""The demonstration's six buttons: each through the rooms' own actions, and put right again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.test import Client
from pytest_django import Settings

from onewindow.accounts.actions.devices import make_printer
from onewindow.accounts.models import Device, User
from onewindow.accounts.states import DeviceKind, Role
from onewindow.accounts.tests.make import DeviceFactory, person
from onewindow.alerts.models import Alert
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By, job
from onewindow.base.trail.models import Entry
from onewindow.floor.models import HallDay
from onewindow.printing import actions as printing
from onewindow.public.tests.make import World, world
from onewindow.simulator.actions import CUT_FOR, find_nobody
from onewindow.simulator.dark import Dark
from onewindow.simulator.engine import Day, Engine, Post
from onewindow.simulator.models import Demonstration
from onewindow.simulator.ports import ActionPort, seen_of
from onewindow.simulator.printer import Printer
from onewindow.simulator.rules import Offered
from onewindow.tickets import actions
from onewindow.tickets.models import Ticket
from onewindow.tickets.queries import at_window, waiting
from onewindow.tickets.states import State
from tests.fixtures.world import Clock

WHATS = ("jam", "unjam", "leave", "back", "crowd", "deaf", "cut", "close", "open")


@pytest.fixture
def place(hall: Hall, settings: Settings, tmp_path: Path) -> World:
    """A demonstration with a window, a kiosk, displays, and who one plays there."""
    settings.DEMO, settings.DATA = True, tmp_path
    made = world(hall)
    for kind in (DeviceKind.HALL_DISPLAY, DeviceKind.WINDOW_DISPLAY):
        DeviceFactory.create(hall=hall, kind=kind, name=kind)
    for number, role in (("0101", Role.DUTY_MANAGER), ("0201", Role.GUIDE)):
        person(hall, role, staff_number=number)
    Demonstration.objects.create(hall=hall)
    return made


@pytest.fixture
def printer(place: World, by: By) -> Iterator[Device]:
    """The kiosk prints on the demonstration's own printer."""
    stuck = Demonstration.objects.get
    heard = {"jammed": False}
    stand_in = Printer(lambda: heard["jammed"])
    device = make_printer(
        hall=place.hall, name="Printer", host="127.0.0.1", port=stand_in.port, by=by
    )
    kiosk = Device.objects.get(hall=place.hall, kind=DeviceKind.KIOSK)
    printing.set_printer(kiosk=kiosk, printer=device, by=by)

    def work() -> None:
        heard["jammed"] = stuck().jammed  # the thread that listens has no database here
        printing.work(device.pk)

    device.work = work  # type: ignore[attr-defined]  # what the worker does
    yield device
    stand_in.off()


def press(client: Client, what: str) -> str:
    """Press a button; return the page that tells what happened."""
    answer = client.post(f"/demo/happens/{what}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/#happened")
    return client.get("/").text


def standing(kind: str) -> list[Alert]:
    return list(Alert.objects.filter(kind=kind, closed_at=None))


def test_a_paper_jam_alarms_with_the_number_and_ends_when_cleared(
    place: World, printer: Device, client: Client, clock: Clock
) -> None:
    page = press(client, "jam")
    printer.work()  # type: ignore[attr-defined]
    ticket = Ticket.objects.get()
    (alarm,) = standing("printer.unprinted")
    assert alarm.data["numbers"] == [ticket.number]
    assert f"{ticket.number} was drawn at Entrance, and the paper stuck." in page
    number = f"{place.kiosk}number/{ticket.visit.token}/"
    assert f'href="{number}"' in page
    assert "paper-note strong" in client.get(number).text  # it asks to note the number

    assert "Paper jam at the kiosk" in press(client, "unjam")
    clock.forward(minutes=2)
    printer.work()  # type: ignore[attr-defined]
    assert not standing("printer.unprinted")


def test_a_clerk_leaves_a_visitor_before_an_empty_window_and_comes_back(
    place: World, client: Client, clerk: User, by: By
) -> None:
    served, next_one = place.take(), place.take()
    actions.open_window(window=place.window, user=clerk, by=by)
    actions.call_next(window=place.window, by=by)
    actions.start(ticket=served, by=by)

    page = press(client, "leave")
    served.refresh_from_db()
    next_one.refresh_from_db()
    assert (served.state, next_one.state) == (State.DONE, State.CALLED)
    assert f"called {next_one.number} to window 5 and left" in page
    assert f'href="/t/{next_one.visit.token}/"' in page
    find_nobody(hall=place.hall)
    assert [one.data["number"] for one in standing("window.nobody")] == [next_one.number]
    assert client.post("/demo/happens/leave/").status_code == 409  # nobody leaves twice

    assert "Window 5 empties" in press(client, "back")
    assert at_window(place.window) == next_one


def test_where_nobody_waits_for_the_window_somebody_comes(
    place: World, client: Client, clerk: User, by: By
) -> None:
    assert client.post("/demo/happens/leave/").status_code == 409  # nobody stands there
    actions.open_window(window=place.window, user=clerk, by=by)
    page = press(client, "leave")
    came = at_window(place.window)
    assert came is not None
    assert f"called {came.number} to window 5 and left" in page


def test_forty_people_arrive_once_however_often_one_clicks(place: World, client: Client) -> None:
    for _click in range(2):
        client.post("/demo/happens/crowd/", {"_once": "one-click"})
    assert waiting(place.hall).count() == 40
    assert "40 people took numbers at once, and 40 wait now." in client.get("/").text
    assert Entry.objects.filter(kind="demonstration.happened").count() == 1


def test_a_deaf_visitor_is_known_to_the_guides(
    place: World, printer: Device, client: Client
) -> None:
    page = press(client, "deaf")
    ticket = Ticket.objects.get()
    assert ticket.visit.needs == ["hearing"]
    assert [one.data["number"] for one in standing("visitor.needs")] == [ticket.number]
    assert f"{ticket.number} does not hear." in page
    assert client.get(f"/t/{ticket.visit.token}/").status_code == 200


def test_the_power_goes_for_a_good_minute_and_comes_back(
    place: World, client: Client, clock: Clock, tmp_path: Path
) -> None:
    assert "In five seconds every process dies" in press(client, "cut")
    assert not Dark(tmp_path).holds()  # the answer still arrives
    begins, ends = map(float, (tmp_path / "dark").read_text().split())
    assert ends - begins == CUT_FOR.total_seconds()
    clock.forward(minutes=2)
    page = client.get("/demo/now/").text
    assert "The power is back." in page
    assert 'value="outage"' in page


def test_it_is_dark_from_then_to_then(tmp_path: Path) -> None:
    dark, now, while_ = Dark(tmp_path), datetime.now(UTC), timedelta(seconds=30)
    assert not dark.holds()
    dark.plan(now - while_, now + while_)
    assert dark.holds()
    dark.plan(now - 2 * while_, now - while_)
    assert not dark.holds()


def test_the_hall_closes_with_an_offer_and_opens_again_with_a_reason(
    place: World, client: Client
) -> None:
    left = place.take()
    page = press(client, "close")
    left.refresh_from_db()
    assert (left.state, left.outcome_note) == (State.CLOSED, "Come tomorrow, you will be first.")
    assert "The hall is closed. 1 still waited" in page
    assert "Begin a new day" in page
    assert client.post("/demo/happens/crowd/").status_code == 409
    assert not waiting(place.hall).exists()

    assert "Begin a new day" not in press(client, "open")
    assert HallDay.objects.get().reopened_because == "The demonstration goes on."


def test_without_its_printer_the_kiosk_has_no_jam(place: World, client: Client) -> None:
    assert client.post("/demo/happens/jam/").status_code == 409
    assert not Demonstration.objects.get().jammed


def test_a_sight_leads_a_role_to_its_page_and_nowhere_else(place: World, client: Client) -> None:
    press(client, "crowd")
    answer = client.post("/demo/join/duty_manager/", {"page": "board"})
    assert answer.headers["Location"] == f"/s/{place.hall.slug}/board/"
    assert client.post("/demo/join/duty_manager/", {"page": "home"}).status_code == 404


def test_nothing_happens_to_a_real_hall(place: World, client: Client, settings: Settings) -> None:
    assert client.post("/demo/happens/earthquake/").status_code == 404
    settings.DEMO = False
    assert {client.post(f"/demo/happens/{what}/").status_code for what in WHATS} == {404}
    assert client.get("/demo/now/").status_code == 404
    assert Demonstration.objects.get().happened == {}


def test_a_simulated_clerk_does_nothing_while_away(place: World, clerk: User) -> None:
    post = Post("5", clerk.staff_number, frozenset(["A01"]))
    day = Day(0, 3600, [Offered("A01", 300, 1)], [post])
    engine = Engine(ActionPort(place.hall, job("simulator")), day, Random(1))  # noqa: S311 (a simulation)
    engine.at(0, lambda t: engine._open(t, post), "5")
    engine.step()
    engine.leave("5")
    assert engine.next_at is None
    place.take()
    ticket = actions.call_next(window=place.window, by=job("simulator"))
    assert ticket is not None
    engine.come_back(60, "5", seen_of(ticket))
    engine.step()
    ticket.refresh_from_db()
    assert ticket.state == State.SERVING
