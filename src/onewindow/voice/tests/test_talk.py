"""What a hall display is told to say, and when."""

from typing import Any

import pytest

from onewindow.accounts.devices import device_token
from onewindow.accounts.models import Device, User
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.alerts.actions import declare_emergency, end_emergency
from onewindow.alerts.states import EmergencyKind
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By, job
from onewindow.catalogue.models import Service
from onewindow.floor.models import Place, Window
from onewindow.floor.tests import make
from onewindow.public.tests.make import World
from onewindow.tickets import actions
from onewindow.tickets.states import Need
from onewindow.voice.actions import set_speaker
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock

QUERIES_OF_A_TALK = 8  # the door, how it speaks, the displays and their zones, four for the calls


@pytest.fixture
def display(place: World) -> Device:
    """The hall's only display; the hall speaks Chinese first."""
    place.hall.languages = ["zh-Hans", "en"]
    place.hall.save()
    return DeviceFactory.create(hall=place.hall, kind=DeviceKind.HALL_DISPLAY)


@pytest.fixture
def open_window(place: World, clerk: User, by: By) -> Window:
    """Window 5 with its clerk."""
    actions.open_window(window=place.window, user=clerk, by=by)
    return place.window


def asks(client: GuardedClient, display: Device, sound: str = "on") -> dict[str, Any]:
    """What a display hears when it asks what to say."""
    answer: dict[str, Any] = client.get(f"/d/{device_token(display)}/voice/?sound={sound}").json()
    return answer


def texts(answer: dict[str, Any], how: str = "whole") -> list[list[str]]:
    """The sentences of each announcement."""
    return [[line["text"] for line in call[how]] for call in answer["coming"]]


def test_a_call_is_said_in_the_halls_language_and_in_the_visitors(
    client: GuardedClient, place: World, display: Device, open_window: Window, by: By
) -> None:
    ticket = place.take(language="en")
    actions.call_next(window=open_window, by=by)
    spelled = " ".join(ticket.number)
    answer = asks(client, display)
    assert texts(answer) == [
        [f"请 {spelled} 号，到 5 号窗口。", f"Number {spelled}, please go to window 5."]
    ]
    assert texts(answer, "short") == [[f"{spelled} 号，5 号窗口。"]]


def test_a_display_loaded_anew_does_not_call_again(
    client: GuardedClient,
    place: World,
    display: Device,
    open_window: Window,
    by: By,
    clock: Clock,
) -> None:
    place.take()
    actions.call_next(window=open_window, by=by)
    clock.forward(seconds=5)
    assert texts(asks(client, display)) == []


def test_two_calls_at_once_are_said_one_after_the_other_and_a_recall_again(
    client: GuardedClient,
    place: World,
    display: Device,
    open_window: Window,
    by: By,
    clock: Clock,
) -> None:
    beside = make.window(place.hall, place.births, label="12")
    actions.open_window(window=beside, by=by)
    first, second = place.take(), place.take()
    actions.call_next(window=open_window, by=by)
    actions.call_next(window=beside, by=by)
    one, other = asks(client, display)["coming"]
    assert (one["ticket"], other["ticket"]) == (first.pk, second.pk)
    assert other["begins"] - one["begins"] > 4
    clock.forward(minutes=2)
    actions.recall(ticket=first, by=by)
    (again,) = asks(client, display)["coming"]
    assert again["ticket"] == first.pk


def test_who_is_fetched_by_a_guide_is_not_called_by_voice(
    client: GuardedClient, place: World, display: Device, open_window: Window, by: By
) -> None:
    place.take(needs=[Need.HEARING])
    actions.call_next(window=open_window, by=by)
    assert texts(asks(client, display)) == []


def test_of_two_displays_in_a_zone_one_speaks(
    client: GuardedClient, place: World, display: Device, open_window: Window, by: By
) -> None:
    place.take()
    actions.call_next(window=open_window, by=by)
    beside: Device = DeviceFactory.create(hall=place.hall, kind=DeviceKind.HALL_DISPLAY)
    assert texts(asks(client, beside)) == []
    Place.objects.create(device=beside).zones.add(open_window.zone)
    assert len(texts(asks(client, beside))) == 1
    assert texts(asks(client, display)) == []
    set_speaker(device=beside, speaks=False, volume=50, by=by)
    assert len(texts(asks(client, display))) == 1


def test_a_display_of_another_hall_does_not_say_it(
    client: GuardedClient,
    place: World,
    other_hall: Hall,
    open_window: Window,
    by: By,
) -> None:
    place.take()
    actions.call_next(window=open_window, by=by)
    elsewhere: Device = DeviceFactory.create(hall=other_hall, kind=DeviceKind.HALL_DISPLAY)
    assert texts(asks(client, elsewhere)) == []


def test_an_emergency_silences_the_calls_and_tells_people_to_leave(
    client: GuardedClient, place: World, display: Device, open_window: Window, by: By
) -> None:
    place.take()
    actions.call_next(window=open_window, by=by)
    declare_emergency(hall=place.hall, kind=EmergencyKind.EVACUATE, by=job("test"))
    answer = asks(client, display)
    assert answer["coming"] == []
    assert [line["language"] for line in answer["warning"]] == ["zh-Hans", "en"]
    end_emergency(hall=place.hall, by=job("test"))
    assert asks(client, display)["warning"] == []


def test_a_display_tells_once_that_its_browser_keeps_it_silent(
    client: GuardedClient, display: Device
) -> None:
    asks(client, display, sound="refused")
    display.refresh_from_db()
    assert display.speaker.sound == "refused"
    asks(client, display, sound="shouting")
    display.speaker.refresh_from_db()
    assert display.speaker.sound == "refused"


def test_it_asks_as_often_for_twenty_windows_as_for_two(
    client: GuardedClient,
    place: World,
    display: Device,
    service: Service,
    by: By,
    django_assert_num_queries: Any,
) -> None:
    for label in range(20, 40):
        made = make.window(place.hall, service, label=str(label))
        actions.open_window(window=made, by=by)
        place.take(service)
        actions.call_next(window=made, by=by)
        if label in (21, 39):
            asks(client, display)
            with django_assert_num_queries(QUERIES_OF_A_TALK):
                asks(client, display)
