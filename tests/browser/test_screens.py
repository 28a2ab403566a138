"""Screens that nobody touches: they follow what happens at the windows."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from onewindow.accounts.devices import device_path
from onewindow.accounts.models import User
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.floor.models import Window
from onewindow.tickets import actions
from tests.browser.conftest import Tab, Take
from tests.fixtures.world import SHANGHAI

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def listens(page: "Page") -> "Page":
    """Wait until a screen hears what happens."""
    expect(page.locator("body")).to_have_attribute("data-live", "on")
    return page


def test_a_display_shows_a_call_by_itself(
    tab: Tab, hall: Hall, open_window: Window, take: Take, by: By
) -> None:
    ticket = take()
    screen = DeviceFactory.create(hall=hall, kind=DeviceKind.HALL_DISPLAY)
    display = listens(tab(device_path(screen), width=1920, height=1080))
    expect(display.locator(".nobody")).to_be_visible()
    actions.call_next(window=open_window, by=by)
    expect(display.locator(".call.first .number")).to_have_text(ticket.number)
    expect(display.locator(".call.first .window")).to_contain_text("5")


def test_a_screen_whose_own_clock_jumps_shows_the_halls_time_again(
    tab: Tab, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onewindow.base.live.streams.LIVES_SECONDS", (1.0, 1.0))
    screen = DeviceFactory.create(hall=hall, kind=DeviceKind.HALL_DISPLAY)
    display = listens(tab(device_path(screen), width=1920, height=1080))
    shown = display.locator("[data-clock]")
    right = shown.inner_text()
    display.evaluate("const real = Date.now; Date.now = () => real() + 5 * 3600 * 1000")
    expect(shown).not_to_have_text(right)
    soon = [(clocks.now().astimezone(SHANGHAI) + timedelta(minutes=m)) for m in (0, 1)]
    expect(shown).to_contain_text(re.compile("|".join(f"{one:%H:%M}" for one in soon)))


def test_the_duty_board_follows_a_window_and_opens_it(
    tab: Tab, open_window: Window, take: Take, by: By, clerk: User, duty_manager: User
) -> None:
    ticket = take()
    board = listens(tab("board/", duty_manager))
    window = board.locator(".board-window", has_text="5").first
    expect(window).not_to_contain_text(ticket.number)
    actions.call_next(window=open_window, by=by)
    expect(window).to_contain_text(ticket.number)
    actions.finish(ticket=actions.start(ticket=ticket, by=by), by=by)
    actions.close_window(window=open_window, by=by)
    expect(window).to_contain_text("closed")
    window.locator("a").click()
    sheet = board.locator("#sheet")
    sheet.get_by_label("Who works there").select_option(clerk.staff_number)
    sheet.get_by_role("button", name="Open", exact=True).click()
    expect(window).to_contain_text("free")


def test_the_desk_hears_who_comes(tab: Tab, open_window: Window, clerk: User, take: Take) -> None:
    desk = listens(tab("desk/", clerk))
    expect(desk.locator("#side")).to_contain_text("Nobody waits for this window.")
    ticket = take()
    expect(desk.locator("#side .next")).to_contain_text(ticket.number)


STREAM = """on => {
    document.body.dataset.live = on ? "on" : "off";
    document.body.dispatchEvent(new CustomEvent("live:state", { detail: { on: on } }));
}"""


@pytest.mark.parametrize("path", ["desk/", "desk/strip/"])
def test_staff_see_that_the_server_is_away_until_it_is_back(
    tab: Tab, open_window: Window, take: Take, clerk: User, path: str
) -> None:
    take()
    desk = listens(tab(path, clerk))
    desk.evaluate(STREAM, False)
    expect(desk.locator("#flash .lost")).to_contain_text("what you see may be old")
    desk.route("**/*", lambda route: route.abort())
    desk.keyboard.press("Enter")
    expect(desk.locator("#flash .error")).to_contain_text("cannot be reached")
    desk.unroute("**/*")
    desk.evaluate(STREAM, True)
    expect(desk.locator("#flash")).to_be_empty()


def test_both_names_of_the_hall_stand_beside_the_button_for_sound(tab: Tab, hall: Hall) -> None:
    hall.name = {"zh-Hans": "政务服务大厅", "en": "Government Service Hall"}
    hall.languages = ["zh-Hans", "en"]
    hall.save()
    screen = DeviceFactory.create(hall=hall, kind=DeviceKind.HALL_DISPLAY)
    display = tab(device_path(screen), width=1920, height=1080)
    expect(display.locator("[data-sound] span")).to_be_visible()
    lines = display.locator(".head .name > *")
    expect(lines).to_have_count(2)
    first, second = (lines.nth(place).bounding_box() for place in range(2))
    assert first
    assert second
    assert abs(first["y"] - second["y"]) < first["height"] / 2
