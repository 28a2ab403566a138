"""A kiosk that loses its hall: an honest page even after a start, and no number twice."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from onewindow.public.tests.make import World
from onewindow.tickets.models import Ticket
from tests.browser.conftest import Tab

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SERVED = "navigator.serviceWorker.ready.then(() => true)"
BOOSTED = """() => {
    const form = document.querySelector("form.taking");
    return Boolean(form && form["htmx-internal-data"] && form["htmx-internal-data"].boosted);
}"""
KEPT = "caches.keys().then(names => names.length)"


@pytest.fixture
def kiosk(tab: Tab, place: World) -> "Page":
    """A kiosk, standing upright."""
    return tab(place.kiosk, width=1080, height=1920)


def test_a_number_whose_answer_was_lost_is_the_same_when_asked_again(kiosk: "Page") -> None:
    def loses(route: "Route") -> None:
        route.fetch(max_redirects=0)  # the hall has given the number
        route.abort("connectionreset")

    kiosk.route("**/take/", loses, times=1)
    kiosk.click("text=Birth registration")
    kiosk.wait_for_function(BOOSTED)
    kiosk.click(".take")
    number = kiosk.inner_text(".number h1", timeout=15_000)
    assert number == Ticket.objects.get().number
    assert Ticket.objects.count() == 1


def test_a_touched_tile_loads_no_whole_page_so_that_a_lost_network_shows_no_error_of_the_browser(
    kiosk: "Page",
) -> None:
    kiosk.evaluate("document.stillTheSame = true")
    kiosk.click("a.group >> nth=0")
    expect(kiosk.locator("a.group[aria-current=page]")).to_be_visible()
    assert kiosk.evaluate("document.stillTheSame")
    kiosk.context.set_offline(True)
    kiosk.click("text=Birth registration")
    expect(kiosk.locator(".offline")).to_be_visible()
    assert kiosk.evaluate("document.stillTheSame")


def test_a_kiosk_started_without_a_network_says_so_and_comes_back(
    kiosk: "Page", place: World, live_server: LiveServer
) -> None:
    assert kiosk.evaluate(SERVED)
    assert kiosk.evaluate(KEPT) == 1
    kiosk.context.set_offline(True)
    kiosk.reload()
    expect(kiosk.locator(".away")).to_be_visible()
    expect(kiosk.locator("body")).to_contain_text(place.hall.name["zh-Hans"])
    assert kiosk.locator("form").count() == 0
    kiosk.context.set_offline(False)
    expect(kiosk.locator("text=What would you like to do?")).to_be_visible()
    assert kiosk.evaluate(KEPT) == 1
