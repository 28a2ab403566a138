"""Before the hall opens and after it has closed: rounds, papers that stay, the day in figures."""

from collections.abc import Callable
from datetime import time

import pytest

from onewindow.accounts.models import User
from onewindow.alerts.models import Alert
from onewindow.base.deadlines.models import Hours
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.desks.tests.conftest import Take
from onewindow.floor import actions as floor
from onewindow.floor.actions.day import watch_opening
from onewindow.floor.models import Check, Checked, HallDay, LeftPaper, Window
from onewindow.floor.queries import checks
from onewindow.floor.states import Moment
from onewindow.tickets import actions
from onewindow.tickets.figures import figures
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock


@pytest.fixture
def board(browser_for: Callable[..., GuardedClient], duty_manager: User) -> GuardedClient:
    """The duty manager's browser."""
    return browser_for(duty_manager)


@pytest.fixture
def at(hall: Hall) -> str:
    """Where the duty manager's pages are."""
    return f"/s/{hall.slug}/board/"


def test_a_round_is_ticked_and_unticked_and_stands_for_its_day(
    board: GuardedClient, hall: Hall, at: str, clock: Clock
) -> None:
    check = Check.objects.create(hall=hall, name={"en": "Lights are on"})
    for _twice in range(2):
        board.post(f"{at}checks/{check.pk}/done")
    assert "10:00 Duty manager" in board.get(at + "opening/").content.decode()
    board.post(f"{at}checks/{check.pk}/undone")
    assert not Checked.objects.exists()
    board.post(f"{at}checks/{check.pk}/done")
    assert board.post(f"{at}checks/{check.pk}/perhaps").status_code == 404
    clock.forward(days=1)
    assert [list(one.today) for one in checks(hall, Moment.BEFORE)] == [[]]  # type: ignore[attr-defined]  # prefetched


def test_checks_of_another_hall_are_not_ticked_here(
    board: GuardedClient, other_hall: Hall, at: str
) -> None:
    theirs = Check.objects.create(hall=other_hall, name={"en": "Theirs"})
    assert board.post(f"{at}checks/{theirs.pk}/done").status_code == 404


def test_a_hall_is_opened_closed_and_opened_again_with_a_reason(
    board: GuardedClient, hall: Hall, at: str
) -> None:
    assert "Open the hall for today" in board.get(at + "opening/").content.decode()
    board.post(at + "open")
    assert "open since 10:00" in board.get(at + "opening/").content.decode()
    board.post(at + "close/now")
    assert board.post(at + "open").status_code == 422
    board.post(at + "open", {"reason": "a bus came late"})
    day = HallDay.objects.get()
    assert (day.closed_at, day.reopened_because) == (None, "a bus came late")


def test_papers_that_stay_are_noted_and_given_back(
    board: GuardedClient, hall: Hall, at: str
) -> None:
    noted = {"what": "identity card", "where": "window 5", "whose": "Mr Wang"}
    assert board.post(at + "papers/left", {"what": "a bag"}).status_code == 422
    board.post(at + "papers/left", noted)
    paper = LeftPaper.objects.get()
    for page in ("close/", "opening/"):
        assert "identity card · Mr Wang" in board.get(at + page).content.decode()
    assert not Entry.objects.filter(data__icontains="Wang").exists()
    board.post(f"{at}papers/left/{paper.pk}/back")
    assert "identity card" not in board.get(at + "close/").content.decode()
    assert board.post(f"{at}papers/left/{paper.pk}/back").status_code == 404


def test_the_day_is_told_in_five_figures(
    board: GuardedClient, open_window: Window, take: Take, by: By, clock: Clock, at: str
) -> None:
    for minutes in (2, 4, 6):
        ticket = take()
        clock.forward(minutes=minutes)
        actions.call_next(window=open_window, by=by)
        actions.finish(ticket=actions.start(ticket=ticket, by=by), by=by)
    take()
    hall = open_window.hall
    seen = figures(hall, hall.today())
    assert (seen.visitors, seen.served) == (4, 3)
    assert (seen.median_s, seen.ninetieth_s, seen.longest_s) == (240, 360, 360)
    assert "4 · 6" in board.get(at + "close/").content.decode()


def test_a_day_without_anybody_has_figures_too(hall: Hall) -> None:
    seen = figures(hall, hall.today())
    assert (seen.visitors, seen.median_s, seen.longest_s) == (0, None, None)


def test_a_hall_that_nobody_opened_alarms_and_is_not_opened_by_the_clock(
    hall: Hall, window: Window, by: By, clock: Clock
) -> None:
    set_policy(hall, HoursPolicy())
    Hours.objects.create(hall=hall, weekday=0, opens=time(9), closes=time(17))
    changed(hall)
    watch_opening()
    watch_opening()
    alert = Alert.objects.get(closed_at=None)
    assert alert.sentence == "The hours began at 09:00, and nobody has opened the hall."
    assert alert.address.endswith("/board/opening/")
    assert not HallDay.objects.filter(opened_at__isnull=False).exists()
    floor.open_hall(hall=hall, by=by)
    assert not Alert.objects.filter(closed_at=None).exists()
    watch_opening()
    assert not Alert.objects.filter(closed_at=None).exists()


def test_a_hall_without_hours_today_does_not_alarm(hall: Hall, window: Window) -> None:
    set_policy(hall, HoursPolicy())
    changed(hall)
    watch_opening()
    assert not Alert.objects.exists()


def test_only_who_may_close_sees_the_rounds(
    browser_for: Callable[..., GuardedClient], guide: User, stranger: User, at: str
) -> None:
    assert browser_for(guide).get(at + "opening/").status_code == 403
    assert browser_for(stranger).get(at + "opening/").status_code == 404
