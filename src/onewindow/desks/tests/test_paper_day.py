"""Coming back after an outage, and a day on paper that is entered afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests.make import person
from onewindow.alerts.models import Alert
from onewindow.base.halls.models import Hall
from onewindow.base.ticks.actions.life import beat
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.desks.tests.conftest import Take
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.actions.outages import watch
from onewindow.tickets.figures import figures
from onewindow.tickets.models import Interruption, Ticket
from onewindow.tickets.states import State
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import MONDAY_AT_TEN, Clock

Browser = Callable[..., GuardedClient]


@pytest.fixture
def board(browser_for: Browser, duty_manager: User) -> GuardedClient:
    """The duty manager's browser."""
    return browser_for(duty_manager)


@pytest.fixture
def interrupted(take: Take, open_window: Window, by: By, clock: Clock) -> Ticket:
    """A visitor who was being served when the power went for twenty minutes."""
    ticket = take()
    actions.call_next(window=open_window, by=by)
    actions.start(ticket=ticket, by=by)
    beat()
    clock.forward(minutes=20)
    beat()
    return ticket


@pytest.fixture
def at(hall: Hall) -> str:
    """Where the outage page is."""
    return f"/s/{hall.slug}/outage/"


@pytest.mark.parametrize(
    ("how", "state"),
    [("go_on", State.SERVING), ("served", State.DONE), ("gone", State.CLOSED)],
)
def test_who_was_served_goes_on_or_is_closed_and_the_alert_ends_by_itself(
    board: GuardedClient, interrupted: Ticket, at: str, how: str, state: State
) -> None:
    alert = Alert.objects.get(closed_at=None)
    assert alert.sentence.startswith("The product was away from 10:00 to 10:20.")
    assert alert.address == at
    page = board.get(at).content.decode()
    assert "We were away from 10:00 to 10:20." in page
    assert interrupted.number in page
    row = Interruption.objects.get()
    for _twice in range(2):
        board.post(f"{at}{row.pk}/settle", {"how": how})
    interrupted.refresh_from_db()
    assert interrupted.state == state
    assert not Alert.objects.filter(closed_at=None).exists()
    assert "Nothing is left to say" in board.get(at).content.decode()


def test_a_clerk_sees_and_settles_the_own_visitor_only(
    browser_for: Browser, clerk: User, guide: User, interrupted: Ticket, at: str, by: By
) -> None:
    desk = browser_for(clerk)
    assert (
        "We were away while somebody was here."
        in desk.get(at.replace("outage/", "desk/")).content.decode()
    )
    assert interrupted.number in desk.get(at).content.decode()
    assert browser_for(guide).get(at).status_code == 403
    row = Interruption.objects.get()
    interrupted.refresh_from_db()
    window = interrupted.window
    assert window
    actions.finish(ticket=interrupted, by=by)
    assert desk.post(f"{at}{row.pk}/settle", {"how": "go_on"}).status_code == 404
    watch()
    assert not Alert.objects.filter(closed_at=None).exists()


def test_the_visitor_of_another_window_is_another_clerks(
    browser_for: Browser, open_window: Window, interrupted: Ticket, at: str, hall: Hall
) -> None:
    other = browser_for(person(hall, Role.CLERK, name="Other"))
    assert interrupted.number not in other.get(at).content.decode()
    row = Interruption.objects.get()
    assert other.post(f"{at}{row.pk}/settle", {"how": "gone"}).status_code == 403


def test_an_outage_with_nobody_at_a_window_alarms_nobody(
    take: Take, open_window: Window, clock: Clock
) -> None:
    take()
    beat()
    clock.forward(minutes=20)
    beat()
    assert not Alert.objects.filter(kind="hall.outage").exists()


LINES = "Number\tService\nZ001\tID-01\t0905\t0910\t0920\tdone\nz2,ID-01,,9:30,9:41,"


def sheet(**more: Any) -> dict[str, Any]:
    """What is typed of a sheet."""
    return {"day": "2026-06-08", "window": "5", "table": LINES} | more


@pytest.fixture
def enter(hall: Hall, window: Window) -> str:
    """Where a sheet is entered."""
    return f"/s/{hall.slug}/board/paper-day/enter/"


def test_a_sheet_of_paper_becomes_tickets_with_its_times(
    board: GuardedClient, hall: Hall, enter: str
) -> None:
    assert board.post(enter, sheet()).status_code == 302
    first, second = Ticket.objects.order_by("pk")
    assert (first.number, first.state, first.back_filled) == ("Z001", State.DONE, True)
    assert (first.waiting_s, first.service_s) == (300, 600)
    assert first.called_at == MONDAY_AT_TEN - timedelta(minutes=50)
    assert second.number == "Z002"
    seen = figures(hall, hall.today())
    assert (seen.visitors, seen.served, seen.median_s, seen.kept.told) == (2, 2, None, 0)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Z001;ID-01;;0930;0940", "entered already"),
        ("Z7;ID-01;;0930;0940\nZ007;ID-01;;0945;0950", "stands here twice"),
        ("Z7;ID-01;;0940;0930", "the times run backwards"),
        ("Z7;ID-01;;1130;1140", "still to come"),
        ("Z7;NOPE;;0930;0940", "no such service"),
        ("A7;ID-01;;0930;0940", "the number is one such as Z014"),
        ("Z7;ID-01;;soon;0940", "a time is one such as 09:40"),
        ("Z7;ID-01;;0930;0940;lost", "the outcome is none of the list"),
    ],
)
def test_a_sheet_with_one_bad_line_is_not_entered_and_nothing_typed_is_lost(
    board: GuardedClient, enter: str, line: str, says: str
) -> None:
    board.post(enter, sheet())
    answer = board.post(enter, sheet(table=f"Z050;ID-01;;0930;0940\n{line}"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert 'value="Z050"' in page
    assert Ticket.objects.count() == 2


def test_a_sheet_can_be_typed_line_by_line(
    board: GuardedClient, hall: Hall, service: Service, enter: str
) -> None:
    typed = {
        "number": ["3", ""],
        "service": [str(service), ""],
        "taken": ["", ""],
        "begun": ["0930", ""],
        "ended": ["0940", ""],
        "outcome": ["advice_only", "done"],
    }
    assert board.post(enter, sheet(table="", day="2026-06-09", **typed)).status_code == 422
    assert board.post(enter, sheet(table="", window="77", **typed)).status_code == 422
    assert board.post(enter, sheet(table="", **typed)).status_code == 302
    assert Ticket.objects.get().outcome == "advice_only"


def test_the_kit_has_slips_sheets_and_steps(
    board: GuardedClient, hall: Hall, window: Window
) -> None:
    page = board.get(f"/s/{hall.slug}/board/paper-day/", {"first": "97", "many": "14"})
    text = page.content.decode()
    assert "Z097" in text
    assert "Z110" in text
    assert text.count("sheet slips") == 2
    assert "Window 5" in text


def test_only_who_closes_the_hall_enters_a_day_on_paper(
    browser_for: Browser, clerk: User, stranger: User, enter: str
) -> None:
    assert browser_for(clerk).get(enter).status_code == 403
    assert browser_for(stranger).get(enter).status_code == 404
