"""A visitor in the hall: three touches on the kiosk, then the phone."""

from typing import TYPE_CHECKING

import pytest
from pytest_django.live_server_helper import LiveServer

from onewindow.public.tests.make import World
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import State

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kiosk(page: "Page", place: World, live_server: LiveServer) -> "Page":
    """A kiosk, standing upright."""
    page.set_viewport_size({"width": 1080, "height": 1920})
    page.goto(live_server.url + place.kiosk)
    return page


def test_three_touches_make_a_number_that_the_phone_follows(
    kiosk: "Page", live_server: LiveServer
) -> None:
    kiosk.click("text=Birth registration")
    kiosk.click(".take")
    number = kiosk.inner_text(".number h1")
    ticket = Ticket.objects.get()
    assert number == ticket.number
    assert kiosk.inner_text(".count").strip() in ("20", "19")

    kiosk.goto(f"{live_server.url}/t/{ticket.visit.token}/")
    kiosk.click("text=more minutes")
    kiosk.wait_for_selector("text=Your place is kept")
    ticket.refresh_from_db()
    assert ticket.state == State.PARKED


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (1366, 768)], ids=str)
def test_nothing_of_a_kiosk_is_smaller_than_a_thumb(kiosk: "Page", size: tuple[int, int]) -> None:
    kiosk.set_viewport_size({"width": size[0], "height": size[1]})
    small = "els => els.map(e => e.getBoundingClientRect()).filter(r => r.height && r.height < 72)"
    touched = "main a, main button, footer a, footer button"
    assert kiosk.eval_on_selector_all(touched, small) == []
    kiosk.click("text=Birth registration")
    kiosk.wait_for_selector(".take")
    assert kiosk.eval_on_selector_all(touched, small) == []


@pytest.mark.parametrize("size", [(1080, 1920), (1366, 768)], ids=str)
def test_priority_and_help_are_a_thumb_high_and_lead_back_to_the_papers(
    kiosk: "Page", size: tuple[int, int]
) -> None:
    kiosk.set_viewport_size({"width": size[0], "height": size[1]})
    kiosk.click("text=Birth registration")
    kiosk.click("text=Priority or help")
    heights = "els => els.map(e => e.getBoundingClientRect().height)"
    assert min(kiosk.eval_on_selector_all(".priority .choices label", heights)) >= 72
    kiosk.click("text=Back to the papers")
    kiosk.wait_for_selector(".priority .body", state="hidden")
    kiosk.click("#papers h2")  # nothing lies over it


def test_letters_on_the_screen_find_a_service(kiosk: "Page") -> None:
    kiosk.click(".doors a")
    for letter in "CSDJ":
        kiosk.click(f"[data-types={letter}]")
    kiosk.wait_for_selector("#found >> text=Birth registration")


def test_a_wish_is_one_touch_and_gone_with_the_visitor(kiosk: "Page") -> None:
    kiosk.click("text=Large type")
    kiosk.wait_for_selector("html[data-type=large]")
    kiosk.click("text=简体中文")
    kiosk.wait_for_selector("text=您要办理什么？")
    kiosk.evaluate("document.getElementById('again').click()")
    kiosk.wait_for_selector("html:not([data-type]) >> text=What would you like to do?")


def test_a_kiosk_without_its_server_says_so_and_draws_nothing(kiosk: "Page") -> None:
    kiosk.click("text=Birth registration")
    kiosk.wait_for_selector(".take")
    kiosk.route("**/*", lambda route: route.abort())
    kiosk.click(".take")
    kiosk.wait_for_selector(".offline", state="visible")
    assert not Ticket.objects.exists()
