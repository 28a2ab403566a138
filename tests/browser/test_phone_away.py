"""A phone that sleeps, or whose network goes: it says so, and is right at once when it is back."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import State
from tests.browser.conftest import Tab, Take

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COUNTS_SHAKES = "window.shaken = 0; navigator.vibrate = () => { window.shaken += 1; return true; };"


SLEEPS_WHILE_IT_ASKS = """
    const real = Date.now;
    window.slept = 0;
    Date.now = () => real() + window.slept;
    const falls_asleep = () => { window.slept = 600000; };
    document.addEventListener("htmx:beforeRequest", falls_asleep, { once: true });
"""
OLD_CALL = '<section data-called="1-0" data-title="Window 5!">Please come to window 5</section>'


@pytest.fixture
def ticket(take: Take) -> Ticket:
    return take()


@pytest.fixture
def phone(tab: Tab, ticket: Ticket) -> "Page":
    """The page of a waiting ticket, which hears what happens and counts how often it shakes."""
    page = tab(f"/t/{ticket.visit.token}/", width=390, height=844)
    page.add_init_script(COUNTS_SHAKES)
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-live", "on")
    return page


def shaken(phone: "Page") -> int:
    return int(phone.evaluate("window.shaken"))


def test_without_a_network_it_says_since_when_and_what_is_kept(phone: "Page") -> None:
    said = phone.locator("[data-said]").get_attribute("data-said") or "?"
    phone.context.set_offline(True)
    band = phone.locator("#flash .lost")
    expect(band).to_contain_text(f"No network since {said}")
    expect(band).to_contain_text("your place is kept")
    expect(band).to_contain_text("watch the display in the hall")
    expect(band).to_be_in_viewport()
    phone.context.set_offline(False)
    expect(band).to_be_hidden()


def test_a_call_that_came_meanwhile_shows_and_rings_once_on_return(
    phone: "Page", open_window: Window, by: By
) -> None:
    phone.context.set_offline(True)
    phone.route("**/live/**", lambda route: route.abort())
    expect(phone.locator("#flash .lost")).to_be_visible()
    actions.call_next(window=open_window, by=by)
    assert not phone.locator("[data-called]").is_visible()
    phone.context.set_offline(False)
    expect(phone.locator("[data-called] h1")).to_contain_text("window 5")
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.reload()
    expect(phone.locator("[data-called]")).to_be_visible()
    assert shaken(phone) == 0, "the same call rang again on a page that was loaded anew"


def test_an_answer_that_slept_in_the_phone_calls_nobody(phone: "Page") -> None:
    phone.evaluate(SLEEPS_WHILE_IT_ASKS)
    phone.route("**/now/", lambda route: route.fulfill(body=OLD_CALL), times=1)
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    phone.wait_for_function("window.slept > 0")
    expect(phone.locator("#now")).to_contain_text("ahead of you")
    assert shaken(phone) == 0


def test_what_is_pressed_without_a_network_is_sent_once_when_it_is_back(
    phone: "Page", ticket: Ticket
) -> None:
    phone.context.set_offline(True)
    phone.click("text=more minutes")
    expect(phone.locator("#unsent")).to_contain_text("Not sent yet: I need 10 more minutes")
    expect(phone.locator("#flash .lost")).to_be_visible()
    phone.click("text=more minutes")  # the impatient press again
    phone.context.set_offline(False)
    expect(phone.locator("#now")).to_contain_text("Your place is kept")
    expect(phone.locator("#unsent")).to_be_empty()
    assert Entry.objects.filter(kind="ticket.asked_for_time").count() == 1


def test_an_answer_lost_on_its_way_is_asked_for_again_and_nothing_is_done_twice(
    phone: "Page", ticket: Ticket
) -> None:
    def loses(route: "Route") -> None:
        route.fetch(max_redirects=0)  # the hall has done it
        route.abort("connectionreset")

    phone.route("**/later/", loses, times=1)
    phone.click("text=more minutes")
    expect(phone.locator("#now")).to_contain_text("Your place is kept")
    ticket.refresh_from_db()
    assert ticket.state == State.PARKED
    assert Entry.objects.filter(kind="ticket.asked_for_time").count() == 1


def test_what_waited_too_long_is_given_back_unsent(phone: "Page", ticket: Ticket) -> None:
    phone.context.set_offline(True)
    phone.click("text=I no longer need this number")
    phone.click("text=Give up my place")
    expect(phone.locator("#unsent")).to_contain_text("Not sent yet")
    phone.evaluate("window.real = Date.now; Date.now = () => window.real() + 200000")
    phone.context.set_offline(False)
    expect(phone.locator("#unsent")).to_contain_text("Not sent: Give up my place")
    expect(phone.locator("#flash .lost")).to_be_hidden()
    ticket.refresh_from_db()
    assert ticket.state == State.WAITING
