"""Visitors' pages with scripts switched off: plain links and forms lead everywhere."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django.live_server_helper import LiveServer

from onewindow.alerts.models import Alert
from onewindow.public.tests.make import World
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import Channel, Priority, State

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(chrome: "Browser", live_server: LiveServer) -> Iterator["Page"]:
    """A browser that runs no script."""
    context = chrome.new_context(
        locale="en-GB", java_script_enabled=False, base_url=live_server.url
    )
    context.set_default_timeout(5_000)
    yield context.new_page()
    context.close()


def test_a_phone_takes_a_number_and_gives_it_up(plain: "Page", place: World) -> None:
    plain.goto(place.at_spot)
    plain.click("text=Birth registration")
    plain.click("summary:has-text('Priority or help')")
    plain.check("text=70 and older")
    plain.click("button:has-text('Take a number')")
    ticket = Ticket.objects.get()
    assert (ticket.visit.channel, ticket.visit.priority) == (Channel.PHONE, Priority.P3)
    assert plain.inner_text(".hero h1") == ticket.number
    plain.click("text=I no longer need this number")
    plain.click("text=Give up my place")
    plain.wait_for_selector("text=You gave up your place.")
    ticket.refresh_from_db()
    assert ticket.state == State.LEFT


def test_a_kiosk_searches_takes_a_number_and_calls_a_guide(plain: "Page", place: World) -> None:
    plain.goto(place.kiosk)
    plain.click(".doors >> text=Search")
    plain.fill("#typed", "csdj")
    plain.click("button:has-text('Search')")
    plain.click("text=Birth registration")
    plain.click("button:has-text('Take a number')")
    assert plain.inner_text(".number h1") == Ticket.objects.get().number
    plain.click("text=Call a guide")
    plain.wait_for_selector("text=A guide is coming")
    assert Alert.objects.filter(kind="kiosk.guide").exists()


def test_who_is_not_sure_and_who_reads_chinese(plain: "Page", place: World) -> None:
    plain.goto(place.kiosk)
    plain.click("text=简体中文")
    plain.click("text=不确定办什么")
    plain.wait_for_selector(".number h1")
    assert Ticket.objects.get().service == place.advice
