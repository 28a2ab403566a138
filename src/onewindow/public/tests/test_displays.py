"""The displays: what is called, where to go, what is said aloud."""

from datetime import timedelta
from typing import Any

import pytest

from onewindow.accounts.actions import set_photo
from onewindow.accounts.devices import device_token
from onewindow.accounts.models import User
from onewindow.accounts.photos import name_of
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.base import clocks
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.floor import actions as floor
from onewindow.floor.models import Place, Window, Zone
from onewindow.floor.states import PauseReason
from onewindow.floor.tests import make
from onewindow.public import screens
from onewindow.public.tests.make import World
from onewindow.tickets import actions
from onewindow.tickets.actions import sweep
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import Channel
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock

VISITOR = By("visitor", via="device")


@pytest.fixture
def hall(hall: Hall) -> Hall:
    """A hall that gives numbers at any hour and speaks Chinese first."""
    hall.languages = ["zh-Hans", "en"]
    hall.save()
    set_policy(hall, HoursPolicy(always_open=True))
    return hall


@pytest.fixture
def display(hall: Hall) -> str:
    """The address of a hall display."""
    return f"/d/{device_token(DeviceFactory.create(hall=hall, kind=DeviceKind.HALL_DISPLAY))}/"


@pytest.fixture
def beside(hall: Hall, window: Window) -> str:
    """The address of the display at window 5."""
    device = DeviceFactory.create(hall=hall, kind=DeviceKind.WINDOW_DISPLAY)
    Place.objects.create(device=device, window=window)
    return f"/w/{device_token(device)}/"


@pytest.fixture
def open_window(window: Window, clerk: User, by: By) -> Window:
    """Window 5 with its clerk."""
    actions.open_window(window=window, user=clerk, by=by)
    return window


def take(hall: Hall, service: Service, **more: Any) -> Ticket:
    """Take a number at the kiosk."""
    return actions.take(hall=hall, service=service, by=VISITOR, channel=Channel.KIOSK, **more)


def shown(browser: GuardedClient, address: str, language: str = "en") -> str:
    """Return what a display shows."""
    browser.cookies["ow_language"] = language
    return browser.get(address).content.decode()


def test_the_newest_call_stands_first(
    client: GuardedClient,
    hall: Hall,
    service: Service,
    open_window: Window,
    display: str,
    by: By,
    clock: Clock,
) -> None:
    first, second, third = (take(hall, service) for _turn in range(3))
    actions.call_next(window=open_window, by=by)
    actions.finish(ticket=first, by=by)
    clock.forward(minutes=1)
    actions.call_next(window=open_window, by=by)
    page = shown(client, display)
    assert page.index(f'data-number="{second.number}"') < page.index(
        f'data-number="{first.number}"'
    )
    assert f'data-number="{third.number}"' not in page
    assert f'Get ready</span> <b class="num">{third.number}' in page


def test_a_call_leaves_the_display_some_time_after_its_visitor(
    client: GuardedClient,
    hall: Hall,
    service: Service,
    open_window: Window,
    display: str,
    by: By,
    clock: Clock,
) -> None:
    ticket = take(hall, service)
    actions.call_next(window=open_window, by=by)
    actions.finish(ticket=ticket, by=by)
    clock.forward(minutes=16)
    assert ticket.number not in shown(client, display)
    assert "Nobody is called at this moment." in shown(client, display)


def test_yesterdays_calls_are_gone_with_the_date(
    client: GuardedClient,
    hall: Hall,
    service: Service,
    display: str,
    open_window: Window,
    by: By,
    clock: Clock,
) -> None:
    take(hall, service)
    ticket = actions.call_next(window=open_window, by=by)
    assert ticket
    assert ticket.number in shown(client, display)
    clock.forward(hours=24)
    sweep.run()
    assert ticket.number not in shown(client, display)


def test_a_recall_has_a_key_of_its_own(
    hall: Hall, service: Service, open_window: Window, by: By, clock: Clock
) -> None:
    ticket = take(hall, service)
    actions.call_next(window=open_window, by=by)
    (before,) = screens.calls(hall, [open_window])
    clock.forward(minutes=2)
    actions.recall(ticket=ticket, by=by)
    (after,) = screens.calls(hall, [open_window])
    assert before.key != after.key


def test_somebody_without_a_number_is_not_on_the_display(
    hall: Hall, service: Service, open_window: Window, by: By
) -> None:
    actions.walk_in(window=open_window, service=service, by=by)
    assert screens.calls(hall, [open_window]) == []


def test_a_display_shows_the_zones_it_is_for(
    client: GuardedClient, hall: Hall, service: Service, open_window: Window, by: By
) -> None:
    ticket = take(hall, service)
    actions.call_next(window=open_window, by=by)
    upstairs: Zone = make.ZoneFactory.create(hall=hall)
    device = DeviceFactory.create(hall=hall, kind=DeviceKind.HALL_DISPLAY)
    Place.objects.create(device=device).zones.add(upstairs)
    assert ticket.number not in shown(client, f"/d/{device_token(device)}/")


def test_who_missed_is_sent_to_the_guide_desk(
    client: GuardedClient,
    hall: Hall,
    service: Service,
    open_window: Window,
    display: str,
    by: By,
    clock: Clock,
) -> None:
    ticket = take(hall, service)
    actions.call_next(window=open_window, by=by)
    for _turn in range(2):
        clock.forward(minutes=2)
        actions.recall(ticket=ticket, by=by)
    actions.miss(ticket=ticket, by=by)
    page = shown(client, display)
    assert f'Missed: go to the guide desk</span> <b class="num">{ticket.number}' in page


def test_announcements_and_the_panel_alone(
    client: GuardedClient, hall: Hall, display: str, by: By
) -> None:
    floor.announce(hall=hall, text={"en": "The lift is out of order."}, by=by)
    assert "The lift is out of order." in shown(client, display)
    panel = shown(client, f"{display}now/")
    assert "The lift is out of order." in panel
    assert "<html" not in panel


def test_an_announcement_is_on_the_kiosk_and_the_phone_until_it_is_over(
    client: GuardedClient, place: World, by: By, clock: Clock
) -> None:
    phone = f"/t/{place.take().visit.token}/"
    until = clocks.now() + timedelta(hours=1)
    floor.announce(hall=place.hall, text={"en": "The lift is out of order."}, until=until, by=by)
    for address in (place.kiosk, phone):
        assert "The lift is out of order." in shown(client, address)
    clock.forward(hours=2)
    for address in (place.kiosk, phone):
        assert "The lift is out of order." not in shown(client, address)


def test_everything_the_hall_announces_is_on_the_display(
    client: GuardedClient, hall: Hall, display: str, by: By
) -> None:
    for told in ("The lift is out of order.", "The hall closes at noon on Saturday."):
        floor.announce(hall=hall, text={"en": told}, by=by)
    panel = shown(client, f"{display}now/")
    assert '<p class="is-told">The hall closes at noon on Saturday.</p>' in panel
    assert "<p>The lift is out of order.</p>" in panel


def test_no_group_is_left_out_of_the_waits(client: GuardedClient, hall: Hall, display: str) -> None:
    for place in range(12):
        make.window(hall, ServiceFactory.create(hall=hall), label=f"{place + 20}")
    changed(hall)
    assert shown(client, f"{display}now/").count('<div class="wait">') >= 12


def test_a_display_speaks_the_halls_language(client: GuardedClient, display: str) -> None:
    browser = GuardedClient(headers={"accept-language": "en"})
    assert "当前没有正在呼叫的号码" in browser.get(display).content.decode()


def test_the_window_display_follows_its_window(
    client: GuardedClient,
    hall: Hall,
    service: Service,
    window: Window,
    beside: str,
    clerk: User,
    by: By,
) -> None:
    assert "This window is closed" in shown(client, beside)
    actions.open_window(window=window, user=clerk, by=by)
    page = shown(client, beside)
    assert clerk.name in page
    assert f"badge {clerk.staff_number}" in page
    ticket = take(hall, service)
    actions.call_next(window=window, by=by)
    assert "please come" in shown(client, beside)
    actions.start(ticket=ticket, by=by)
    assert "being served" in shown(client, f"{beside}now/")
    actions.finish(ticket=ticket, by=by)
    floor.pause(window=window, reason=PauseReason.BREAK, by=by)
    assert "Paused" in shown(client, beside)


def test_the_window_display_shows_the_photo_of_who_stands_there_and_of_nobody_else(
    client: GuardedClient, window: Window, beside: str, clerk: User, guide: User, by: By
) -> None:
    for user in (clerk, guide):
        set_photo(user=user, jpeg=f"the face of {user.name}".encode(), by=by)
    mine, other = (f"{beside}face/{name_of(user)}.jpg" for user in (clerk, guide))
    assert client.get(mine).status_code == 404  # nobody stands there yet
    actions.open_window(window=window, user=clerk, by=by)
    assert mine in shown(client, beside)
    assert client.get(mine).content == f"the face of {clerk.name}".encode()
    assert client.get(other).status_code == 404
    actions.close_window(window=window, by=by)
    assert client.get(mine).status_code == 404


def test_a_window_display_without_a_window_says_what_to_do(
    client: GuardedClient, hall: Hall
) -> None:
    device = DeviceFactory.create(hall=hall, kind=DeviceKind.WINDOW_DISPLAY)
    assert "This screen has no window yet" in shown(client, f"/w/{device_token(device)}/")


def test_the_token_of_one_kind_opens_no_other(
    client: GuardedClient, display: str, beside: str
) -> None:
    assert client.get(display.replace("/d/", "/w/")).status_code == 404
    assert client.get(beside.replace("/w/", "/d/")).status_code == 404


QUERIES_OF_A_DISPLAY = 7


@pytest.mark.parametrize("many", [2, 20])
def test_a_display_asks_the_database_as_often_for_two_windows_as_for_twenty(
    client: GuardedClient,
    hall: Hall,
    service: Service,
    display: str,
    by: By,
    many: int,
    django_assert_num_queries: Any,
) -> None:
    for place in range(many):
        made = make.window(hall, service, label=f"{place + 1}")
        changed(hall)
        actions.open_window(window=made, by=by)
        take(hall, service)
        actions.call_next(window=made, by=by)
    shown(client, display)
    with django_assert_num_queries(QUERIES_OF_A_DISPLAY):
        shown(client, display)


def test_a_group_whose_windows_are_busy_is_not_said_to_have_no_wait(
    client: GuardedClient,
    hall: Hall,
    service: Service,
    open_window: Window,
    display: str,
    by: By,
    clock: Clock,
) -> None:
    take(hall, service)
    actions.call_next(window=open_window, by=by)
    clock.forward(seconds=3)
    assert "no wait" not in shown(client, display)


def test_a_display_of_a_closed_hall_says_when_it_opens_again(
    client: GuardedClient,
    hall: Hall,
    service: Service,
    open_window: Window,
    display: str,
    by: By,
    clock: Clock,
) -> None:
    gone, served = take(hall, service), take(hall, service)
    for ticket in (gone, served):
        actions.call_next(window=open_window, by=by)
        if ticket == gone:
            actions.finish(ticket=ticket, by=by)
    clock.forward(minutes=1)
    actions.close_hall(hall=hall, by=by)
    page = shown(client, f"{display}now/")
    assert "The hall is closed for today" in page
    assert "It opens again" in page
    assert 'class="wait"' not in page
    assert served.number in page  # is served to the end
    assert gone.number not in page
    actions.finish(ticket=served, by=by)
    assert "Nobody is called at this moment." not in shown(client, display)


def test_a_name_that_is_the_same_in_both_languages_is_said_once(
    client: GuardedClient, hall: Hall, display: str
) -> None:
    hall.name = {"zh-Hans": "River Bank", "en": "River Bank"}
    hall.save()
    head = client.get(display).content.decode().partition("<header")[2].partition("</header>")[0]
    assert head.count("River Bank") == 1
    hall.name = {"zh-Hans": "江河银行", "en": "River Bank"}
    hall.save()
    page = client.get(display).content.decode()
    assert "江河银行" in page
    assert "River Bank" in page
