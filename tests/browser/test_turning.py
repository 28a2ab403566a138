"""A hall display that has more to say than room: it turns its pages, and nothing is left out."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from pytest_django.live_server_helper import LiveServer

from onewindow.accounts.devices import device_token
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.floor.actions import announce
from onewindow.floor.tests.make import window

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GROUPS, STAYS = 30, 8000
LONG = "The hall moves. " * 20
SEEN = "rows => rows.filter(row => !row.hidden)"
NAMES = SEEN + ".map(row => row.querySelector('.name').textContent)"
CUT = (
    SEEN
    + """.filter(row => row.getBoundingClientRect().bottom
    > row.parentNode.getBoundingClientRect().bottom + 1).length"""
)

ANEW = "htmx.ajax('GET', location.pathname + 'now/', {target: '#now', swap: 'outerHTML'})"


@pytest.fixture(params=[(1920, 1080), (1080, 1920), (1280, 720)], ids=str)
def display(
    request: pytest.FixtureRequest,
    page: "Page",
    live_server: LiveServer,
    transactional_db: None,
    hall: Hall,
) -> "Page":
    """A display of a hall with many groups, at the beginning of a page."""
    for place in range(GROUPS):
        window(hall, ServiceFactory.create(hall=hall), label=str(place + 20))
    memory.changed(hall)
    by = By("job", label="test", via="job")
    announce(hall=hall, text={"en": LONG, "zh-Hans": LONG}, by=by)
    announce(hall=hall, text={"en": "The lift is out of order.", "zh-Hans": "电梯停用"}, by=by)
    device = DeviceFactory.create(hall=hall, kind=DeviceKind.HALL_DISPLAY)
    width, height = request.param
    page.set_viewport_size({"width": width, "height": height})
    page.clock.install(time=datetime(2026, 11, 23, 10, tzinfo=UTC))
    page.goto(f"{live_server.url}/d/{device_token(device)}/")
    page.clock.pause_at(datetime(2026, 11, 23, 11, tzinfo=UTC))
    return page


def turn(display: "Page") -> None:
    display.clock.run_for(STAYS)


def test_every_group_has_its_page(display: "Page") -> None:
    first, many = display.inner_text(".waits [data-page]").split("/")
    assert int(many) > 1
    found: list[str] = []
    for page in range(int(many)):
        number = (int(first) - 1 + page) % int(many) + 1
        assert display.inner_text(".waits [data-page]") == f"{number}/{many}"
        assert display.eval_on_selector_all(".wait", CUT) == 0
        found += display.eval_on_selector_all(".wait", NAMES)
        turn(display)
    assert len(found) == len(set(found)) == GROUPS


def test_a_long_announcement_is_read_to_its_end(display: "Page") -> None:
    many = int(display.inner_text(".notices [data-page]").split("/")[1])
    told, reached = set(), 0.0
    for _page in range(many):
        told.add(display.inner_text(".is-told"))
        end = "text => (text.scrollTop + text.clientHeight) / text.scrollHeight"
        reached = max(reached, display.eval_on_selector(".is-told", end))
        turn(display)
    assert len(told) == 2
    assert reached == 1


def test_a_panel_that_comes_anew_goes_on_where_it_was(display: "Page") -> None:
    turn(display)
    before = display.eval_on_selector_all(".wait", NAMES)
    display.clock.resume()
    display.evaluate("document.getElementById('now').dataset.old = 'yes'")
    display.evaluate(ANEW)
    display.wait_for_selector("#now:not([data-old])")
    assert display.eval_on_selector_all(".wait", NAMES) == before
