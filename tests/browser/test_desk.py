"""A clerk at the desk: by keys, by mouse, in the strip, and where no script runs."""

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from onewindow.accounts import actions as accounts
from onewindow.accounts.models import User
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import MaterialFactory
from onewindow.floor.models import Window, Zone
from onewindow.floor.tests import make
from onewindow.tickets import actions
from onewindow.tickets.models import Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import State
from onewindow.tickets.tests.conftest import offer
from tests.browser.conftest import Tab, Take

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PIN = "2580"
WHOLE = """els => els.map(e => e.getBoundingClientRect()).filter(r => r.width && r.left >= 0
    && r.top >= 0 && r.right <= innerWidth && r.bottom <= innerHeight).length"""


@pytest.fixture
def desk(tab: Tab, open_window: Window, clerk: User) -> "Page":
    """The desk of window 5."""
    return tab("desk/", clerk)


def shows(page: "Page", number: str, state: str) -> None:
    """Wait until a window's panel shows this number in this state."""
    expect(page.locator("#here .number")).to_have_text(number)
    expect(page.locator("#here")).to_contain_text(state)
    expect(page.locator("#here[data-quiet]")).to_have_count(0)


def press(page: "Page", words: str) -> None:
    """Click a button of the window's panel."""
    page.locator("#here").get_by_role("button", name=words, exact=False).first.click()


def ask(page: "Page", words: str) -> "Page":
    """Open what a button asks for."""
    page.locator("#here summary", has_text=words).click()
    return page


def state_of(ticket: Ticket) -> str:
    """Return the state as the database has it."""
    ticket.refresh_from_db()
    return ticket.state


def test_two_keys_serve_a_visitor_and_call_the_next(desk: "Page", take: Take) -> None:
    first, second = take(), take()
    desk.keyboard.press("Enter")
    shows(desk, first.number, "called")
    desk.keyboard.press("Space")
    shows(desk, first.number, "being served")
    desk.keyboard.press("Enter")
    shows(desk, second.number, "called")
    assert state_of(first) == State.DONE


def test_enter_pressed_twice_finishes_one_and_leaves_the_next_called(
    desk: "Page", take: Take
) -> None:
    first, second, third = take(), take(), take()
    desk.keyboard.press("Enter")
    shows(desk, first.number, "called")
    desk.keyboard.press("Space")
    shows(desk, first.number, "being served")
    desk.keyboard.press("Enter")
    expect(desk.locator("#here .number")).to_have_text(second.number)
    desk.keyboard.press("Enter")
    desk.keyboard.press("Space")
    shows(desk, second.number, "called")
    desk.keyboard.press("Enter")
    shows(desk, second.number, "called")
    states = (state_of(first), state_of(second), state_of(third))
    assert states == (State.DONE, State.CALLED, State.WAITING)


def test_a_strip_of_two_lines_serves_as_well(
    tab: Tab, open_window: Window, clerk: User, take: Take
) -> None:
    first, second = take(), take()
    strip = tab("desk/strip/", clerk, width=340, height=80)
    for step, (number, state) in enumerate(
        [(first.number, "called"), (first.number, "being served"), (second.number, "called")]
    ):
        strip.keyboard.press("Space" if step == 1 else "Enter")
        shows(strip, number, state)
        assert (
            strip.eval_on_selector_all(".number, .clock-now, .main-act .btn, .more-acts", WHOLE)
            == 4
        )
    strip.get_by_label("More").check(force=True)
    strip.get_by_role("button", name="Pause").click()
    expect(strip.locator("#here.strip")).to_contain_text("after this visitor")


@pytest.mark.parametrize("height", [80, 560])
def test_who_was_set_aside_is_resumed_from_the_strip(
    tab: Tab, open_window: Window, clerk: User, take: Take, by: By, height: int
) -> None:
    for ticket in (take(), take()):
        actions.call_next(window=open_window, by=by)
        actions.park(ticket=actions.start(ticket=ticket, by=by), by=by)
    strip = tab("desk/strip/", clerk, width=340, height=height)
    expect(strip.locator("#side")).to_contain_text("2 set aside")
    if height == 80:
        strip.get_by_label("More").check(force=True)
    strip.get_by_role("button", name=f"Resume {ticket.number}").click()
    shows(strip, ticket.number, "being served")


def test_a_double_click_calls_one_and_starts_nothing(desk: "Page", take: Take) -> None:
    first, second = take(), take()
    desk.get_by_role("button", name="Next").dblclick()
    shows(desk, first.number, "called")
    assert (state_of(first), state_of(second)) == (State.CALLED, State.WAITING)
    expect(desk.locator("#flash")).to_be_empty()


def test_a_visitor_is_set_aside_and_resumed_by_mouse(desk: "Page", take: Take) -> None:
    ticket = take()
    press(desk, "Next")
    press(desk, "Start")
    shows(desk, ticket.number, "being served")
    ask(desk, "Set aside").locator("details[open]").get_by_role("button").click()
    expect(desk.locator("#here")).to_contain_text("Nobody is at your window")
    desk.locator("#side").get_by_role("button", name="Resume").click()
    shows(desk, ticket.number, "being served")


def test_a_visitor_is_moved_to_another_window_by_mouse(
    desk: "Page", take: Take, service: Service, hall: Hall, duty_manager: User, by: By
) -> None:
    six = make.window(hall, service, label="6")
    actions.open_window(window=six, user=duty_manager, by=by)
    ticket = take()
    press(desk, "Next")
    press(desk, "Start")
    shows(desk, ticket.number, "being served")
    ask(desk, "Move").get_by_label("To the window").select_option("6")
    desk.locator("details[open]").get_by_role("button").click()
    expect(desk.locator("#here")).to_contain_text("Nobody is at your window")
    ticket.refresh_from_db()
    assert (ticket.state, ticket.only_window) == (State.WAITING, six)


def test_a_visitor_gets_another_service_and_somebody_comes_without_a_number(
    desk: "Page", take: Take, hall: Hall
) -> None:
    offer(hall, code="ID-02", name={"en": "Passport"})
    ticket = take()
    desk.reload()
    press(desk, "Next")
    press(desk, "Start")
    shows(desk, ticket.number, "being served")
    ask(desk, "Another service").get_by_label("Service", exact=True).select_option("ID-02")
    desk.locator("details[open]").get_by_role("button").click()
    expect(desk.locator(".also")).to_contain_text("Passport")
    ask(desk, "Finish").locator("details[open]").get_by_role("button", name="Finish").click()
    expect(desk.locator("#here")).to_contain_text("Nobody is at your window")
    ask(desk, "Walk-in").locator("details[open]").get_by_role("button").click()
    shows(desk, "W001", "being served")


def test_a_number_is_called_before_its_turn_with_a_reason(desk: "Page", take: Take) -> None:
    first, later = take(), take()
    panel = ask(desk, "Call a number").locator("details[open]")
    panel.get_by_label("Number").fill(later.number.lower())
    panel.get_by_role("button").click()
    expect(desk.locator("#flash")).to_contain_text("needs a reason")
    name = panel.get_by_label("Ordered by")
    expect(name).to_be_hidden()
    panel.get_by_label("Reason").select_option("order")
    panel.get_by_role("button").click()
    expect(name).to_be_focused()
    panel.get_by_label("Reason").select_option("medical")
    panel.get_by_role("button").click()
    shows(desk, later.number, "called")
    expect(desk.locator(".why")).to_contain_text(f"Called before {first.number}")
    expect(desk.locator("#flash")).to_be_empty()


def test_who_does_not_come_is_called_again_missed_and_comes_back(
    hall: Hall, desk: "Page", take: Take
) -> None:
    set_policy(hall, TicketPolicy(recall_gap_s=0))
    Zone.objects.update(walking_s=0)
    changed(hall)
    ticket = take()
    press(desk, "Next")
    shows(desk, ticket.number, "called")
    for times in ("again 1 time", "again 2 times"):
        press(desk, "Call again")
        expect(desk.locator("#here")).to_contain_text(times)
    press(desk, "Missed")
    expect(desk.locator("#here")).to_contain_text("Nobody is at your window")
    desk.locator("#side").get_by_role("button", name="Is back").click()
    expect(desk.locator("#side .next")).to_contain_text(ticket.number)


def test_the_lock_keeps_the_visitor_the_ticks_and_what_was_typed(
    desk: "Page", hall: Hall, clerk: User, take: Take, service: Service, by: By
) -> None:
    accounts.set_pin(user=clerk, pin=PIN, by=by)
    MaterialFactory.create(service=service, name={"en": "Identity card"})
    changed(hall)
    ticket = take()
    press(desk, "Next")
    press(desk, "Start")
    shows(desk, ticket.number, "being served")
    desk.get_by_label("Identity card").check()
    ask(desk, "Finish").get_by_label("Note").fill("two copies")
    desk.locator(".me summary").click()
    desk.get_by_role("button", name="Lock the screen").click()
    unlock(desk)
    shows(desk, ticket.number, "being served")
    expect(desk.get_by_label("Identity card")).to_be_checked()
    expect(desk.locator("#here [name=note]")).to_have_value("two copies")


def test_a_desk_that_idles_is_locked_where_it_stands(
    desk: "Page", clerk: User, take: Take, by: By
) -> None:
    accounts.set_pin(user=clerk, pin=PIN, by=by)
    ask(desk, "Call a number").get_by_label("Number").fill("A0")
    cookies = {one["name"]: one["value"] for one in desk.context.cookies()}
    store = SessionStore(cookies[settings.SESSION_COOKIE_NAME])
    store["active_until"] = 0
    store.save()
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    unlock(desk)
    expect(desk.locator("#here [name=number]")).to_have_value("A0")


def unlock(page: "Page") -> None:
    """Open the lock over a page with the PIN."""
    expect(page.locator("dialog.lock")).to_be_visible()
    page.keyboard.press("Enter")  # the keys of the desk are dead below it
    page.locator("dialog.lock [name=pin]").fill(PIN)
    page.keyboard.press("Enter")
    expect(page.locator("dialog.lock")).to_have_count(0)


def test_a_desk_without_scripts_calls_starts_and_finishes(
    tab: Tab, open_window: Window, clerk: User, take: Take
) -> None:
    first, second = take(), take()
    desk = tab("desk/", clerk, java_script_enabled=False)
    press(desk, "Next")
    shows(desk, first.number, "called")
    press(desk, "Start")
    shows(desk, first.number, "being served")
    press(desk, "Finish and next")
    shows(desk, second.number, "called")
    assert desk.url.endswith("/desk/")
    assert state_of(first) == State.DONE
