"""Tabs of one browser at one server, in a hall that is open at any hour."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from onewindow.accounts.models import User
from onewindow.base.halls.models import Hall
from onewindow.public.tests.make import World, world
from tests.fixtures.queue import Take, hall, open_window, take

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["Tab", "Take", "hall", "open_window", "place", "tab", "take"]

Tab = Callable[..., "Page"]
PATIENCE_MS = 5_000


@pytest.fixture(autouse=True)
def clock() -> None:
    """The server's threads live in the real hour, and so do these stories."""


@pytest.fixture
def place(live_server: LiveServer, transactional_db: None, hall: Hall) -> World:
    """The hall, furnished and open, with a server of its own."""
    return world(hall)


@pytest.fixture
def tab(
    chrome: "Browser",
    live_server: LiveServer,
    transactional_db: None,
    browser_for: Callable[..., Any],
) -> Iterator[Tab]:
    """``tab("desk/", clerk, width=340)``: a page of the hall's staff, in a browser of its own.

    A path that begins with a slash is whole; without a person nobody has signed in. An error of a
    script fails the test.
    """
    contexts, errors = [], []

    def opened(
        path: str, who: User | None = None, width: int = 1366, height: int = 768, **more: Any
    ) -> "Page":
        size = {"width": width, "height": height}
        context = chrome.new_context(locale="en-GB", viewport=size, **more)  # type: ignore[arg-type]  # sizes
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if who:
            signed = browser_for(who).cookies[settings.SESSION_COOKIE_NAME].value
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": signed, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(live_server.url + (path if path.startswith("/") else f"/s/east-lake/{path}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors, errors
