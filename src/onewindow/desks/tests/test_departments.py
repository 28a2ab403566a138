"""A role for a department: its windows, its queues, its visitors, and those of none."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from onewindow.accounts.models import Membership, User
from onewindow.accounts.states import Role
from onewindow.accounts.tests.make import person
from onewindow.alerts.actions import raise_alert
from onewindow.alerts.states import Level
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Department, Hall
from onewindow.base.halls.tests.make import DepartmentFactory
from onewindow.base.trail import By, job
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.floor.actions.windows import OtherDepartment
from onewindow.floor.models import Session, Window
from onewindow.floor.tests import make
from onewindow.tickets import actions
from onewindow.tickets.exports.actions import ask
from onewindow.tickets.exports.models import Export
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import Channel
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock

DAY = date(2026, 6, 8)
BY = job("test")


@pytest.fixture
def tax(hall: Hall) -> Department:
    """The department of the story."""
    found: Department = DepartmentFactory.create(organisation=hall.organisation, code="tax")
    found.halls.add(hall)
    return found


@pytest.fixture
def police(hall: Hall) -> Department:
    """Another department of the same hall."""
    found: Department = DepartmentFactory.create(organisation=hall.organisation, code="police")
    found.halls.add(hall)
    return found


@pytest.fixture
def at_tax(hall: Hall, tax: Department) -> Window:
    """Window T1 of the tax department."""
    offered = ServiceFactory.create(hall=hall, code="TAX", department=tax, name={"en": "Tax card"})
    return make.window(hall, offered, label="T1", department=tax)


@pytest.fixture
def at_police(hall: Hall, police: Department) -> Window:
    """Window P1 of the police."""
    offered = ServiceFactory.create(
        hall=hall, code="POL", department=police, name={"en": "Residence"}
    )
    return make.window(hall, offered, label="P1", department=police)


@pytest.fixture
def lead(hall: Hall, tax: Department) -> User:
    """The duty manager of the tax department alone."""
    found = person(hall, Role.DUTY_MANAGER, name="Lead")
    Membership.objects.filter(user=found).update(department=tax)
    return found


@pytest.fixture
def browser(browser_for: Callable[..., GuardedClient], lead: User) -> GuardedClient:
    """Their browser."""
    return browser_for(lead)


def wait_for(code: str, hall: Hall) -> Ticket:
    """Somebody takes a number."""
    service = Service.objects.get(hall=hall, code=code)
    return actions.take(hall=hall, service=service, channel=Channel.KIOSK, by=BY)


@pytest.mark.clause("二", screen="duty board")
def test_the_board_shows_the_windows_and_queues_of_the_department(
    browser: GuardedClient,
    hall: Hall,
    at_tax: Window,
    at_police: Window,
    window: Window,
    clock: Clock,
) -> None:
    wait_for("TAX", hall)
    wait_for("POL", hall)
    clock.forward(seconds=10)
    page = browser.get(f"/s/{hall.slug}/board/").content.decode()
    assert "Tax card" in page
    assert "Residence" not in page
    assert "1 visitor waits" in page
    assert "/board/windows/T1/" in page
    assert "/board/windows/P1/" not in page
    assert "/board/windows/5/" in page  # it is no department's
    assert "You see what concerns" in page


def test_the_windows_of_others_are_neither_seen_nor_run(
    browser: GuardedClient, hall: Hall, at_tax: Window, at_police: Window, clerk: User
) -> None:
    board = f"/s/{hall.slug}/board/windows/"
    assert browser.get(board + "P1/").status_code == 403
    given = {"staff": clerk.staff_number}
    refused = browser.post(board + "P1/open", given)
    assert refused.status_code == 403
    assert "another department" in refused.content.decode()
    assert not Session.objects.exists()
    assert browser.post(board + "T1/open", given).status_code == 303
    assert Session.objects.get().window == at_tax
    moved = browser.post(board + "T1/move", {"to": "P1"})
    assert moved.status_code == 403
    assert Session.objects.get().window == at_tax


def test_who_did_not_come_is_brought_back_by_their_own_department(
    browser: GuardedClient, hall: Hall, at_tax: Window, at_police: Window, by: By
) -> None:
    theirs = wait_for("POL", hall)
    given = {"reason": "held up in the lift"}
    for page in (
        f"/s/{hall.slug}/board/back/{theirs.pk}",
        f"/s/{hall.slug}/guide/back/{theirs.pk}",
    ):
        assert browser.post(page, given).status_code in (403, 404)


@pytest.mark.clause("二", screen="desk")
def test_a_clerk_of_a_department_stands_at_its_windows_and_at_those_of_none(
    hall: Hall,
    tax: Department,
    at_tax: Window,
    at_police: Window,
    window: Window,
    clerk: User,
    browser_for: Callable[..., GuardedClient],
) -> None:
    Membership.objects.filter(user=clerk).update(department=tax)
    browser, desk = browser_for(clerk), f"/s/{hall.slug}/desk/"
    choice = browser.get(desk).content.decode()
    assert 'value="T1"' in choice
    assert 'value="5"' in choice
    assert 'value="P1"' not in choice
    no = browser.post(desk + "open", {"window": "P1"})
    assert no.status_code == 403
    assert "Window P1 is another department" in no.content.decode()
    assert browser.post(desk + "open", {"window": "T1"}).status_code == 302
    with pytest.raises(OtherDepartment):
        actions.open_window(window=at_police, user=clerk, by=BY)
    with pytest.raises(OtherDepartment):
        actions.swap(window=at_police, user=clerk, by=BY)


def test_a_second_role_for_the_whole_hall_opens_every_window(
    hall: Hall, tax: Department, at_police: Window, clerk: User
) -> None:
    Membership.objects.filter(user=clerk).update(department=tax)
    Membership.objects.create(user=clerk, hall=None, role=Role.CLERK)
    assert actions.open_window(window=at_police, user=clerk, by=BY).window == at_police


def test_what_concerns_the_whole_hall_is_not_for_a_department(
    browser: GuardedClient, hall: Hall
) -> None:
    assert browser.get(f"/s/{hall.slug}/board/close/").status_code == 403
    assert browser.get(reverse("alerts:emergency", args=[hall.slug])).status_code == 200


@pytest.mark.clause("二", screen="export")
def test_an_export_holds_the_tickets_of_the_department_and_no_others(
    browser: GuardedClient, hall: Hall, at_tax: Window, at_police: Window, lead: User, by: By
) -> None:
    mine, theirs = wait_for("TAX", hall), wait_for("POL", hall)
    form = browser.get(f"/s/{hall.slug}/tickets/export/").content.decode()
    assert "department:tax" in form
    assert "department:police" not in form
    assert "the whole hall" not in form
    days = {"first": "2026-06-08", "last": "2026-06-08", "as": "csv"}
    ask_for = f"/s/{hall.slug}/tickets/export/ask"
    for limit in ("", "department:police", "window:T1"):
        assert browser.post(ask_for, days | {"limit": limit}).status_code == 422
    csv = browser.post(ask_for, days | {"limit": "department:tax"}, follow=True)
    rows = b"".join(csv.streaming_content).decode()  # type: ignore[attr-defined]  # a stream
    assert mine.number in rows
    assert theirs.number not in rows


def test_files_of_the_whole_hall_are_not_there_for_a_department(
    browser: GuardedClient, hall: Hall, tax: Department, by: By
) -> None:
    ask(hall=hall, first=DAY, last=DAY, limit="", language="en", by=by)
    ask(hall=hall, first=DAY, last=DAY, limit="department:tax", language="en", by=by)
    page = browser.get(f"/s/{hall.slug}/tickets/export/").content.decode()
    assert page.count('class="export') == 1 or page.count("2026-06-08 – 2026-06-08") == 1
    whole = Export.objects.get(limit="")
    assert browser.get(f"/s/{hall.slug}/tickets/export/{whole.pk}").status_code == 404


def test_the_board_of_a_department_asks_no_more_than_that_of_the_hall(
    browser: GuardedClient,
    hall: Hall,
    at_tax: Window,
    at_police: Window,
    django_assert_max_num_queries: Any,
) -> None:
    browser.get(f"/s/{hall.slug}/board/")
    for _one in range(3):
        wait_for("TAX", hall)
    changed(hall)
    browser.get(f"/s/{hall.slug}/board/")
    with django_assert_max_num_queries(17):
        browser.get(f"/s/{hall.slug}/board/")


def test_a_stranger_finds_no_board(
    browser_for: Callable[..., GuardedClient], stranger: User, hall: Hall, at_tax: Window
) -> None:
    assert browser_for(stranger).get(f"/s/{hall.slug}/board/windows/T1/").status_code == 404


def test_the_board_of_a_department_shows_no_button_that_it_may_not_press(
    browser: GuardedClient,
    browser_for: Callable[..., GuardedClient],
    duty_manager: User,
    hall: Hall,
    at_tax: Window,
) -> None:
    raise_alert(
        hall=hall,
        kind="hall.unopened",
        cause="hall.unopened",
        level=Level.ACT_NOW,
        by=BY,
        since="09:00",
    )
    opening = reverse("desks:opening", args=[hall.slug])
    alerts = reverse("alerts:panel", args=[hall.slug])
    theirs = browser.get(alerts).content.decode()
    assert "nobody has opened the hall" in theirs
    assert opening not in theirs
    assert opening in browser_for(duty_manager).get(alerts).content.decode()
