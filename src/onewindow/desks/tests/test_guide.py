"""The guide desk: take for somebody, find, bring back."""

from collections.abc import Callable

import pytest

from onewindow.accounts.models import User
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.desks.tests.conftest import Take
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import Channel, Priority, State
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock


@pytest.fixture
def tablet(browser_for: Callable[..., GuardedClient], guide: User) -> GuardedClient:
    """The guide's tablet."""
    return browser_for(guide)


def test_a_guide_takes_a_number_for_somebody(
    tablet: GuardedClient, hall: Hall, window: Window
) -> None:
    given = {"service": "ID-01", "priority": "p1", "needs": ["walking"]}
    answer = tablet.post(f"/s/{hall.slug}/guide/take", given)
    ticket = Ticket.objects.get()
    assert answer.headers["Location"].endswith(f"/tickets/{ticket.pk}/print/")
    assert ticket.visit.channel == Channel.GUIDE
    assert ticket.visit.priority == Priority.P1
    assert ticket.visit.needs == ["walking"]


def test_the_guide_desk_shows_who_needs_help(
    tablet: GuardedClient, hall: Hall, open_window: Window, take: Take, by: By
) -> None:
    take(needs=["hearing"])
    address = f"/s/{hall.slug}/guide/"
    assert "A001 waits and needs help: hearing." in tablet.get(address).content.decode()
    actions.call_next(window=open_window, by=by)
    assert "bring them to window 5." in tablet.get(address).content.decode()


def test_a_number_is_found_with_its_reasons(tablet: GuardedClient, hall: Hall, take: Take) -> None:
    ticket = take()
    page = tablet.get(f"/s/{hall.slug}/guide/?number={ticket.number.lower()}").content.decode()
    assert "Took the number at 10:00." in page
    assert (
        "Nobody took number Z999"
        in tablet.get(f"/s/{hall.slug}/guide/?number=Z999").content.decode()
    )


def test_who_missed_waits_again_and_a_no_show_with_a_reason(
    tablet: GuardedClient, hall: Hall, open_window: Window, take: Take, by: By, clock: Clock
) -> None:
    ticket = take()
    back = f"/s/{hall.slug}/guide/back/{ticket.pk}"
    for answer in ({}, {"reason": "sat in the wrong zone"}):
        actions.call_next(window=open_window, by=by)
        for _turn in range(2):
            clock.forward(minutes=2)
            actions.recall(ticket=ticket, by=by)
        actions.miss(ticket=ticket, by=by)
        assert ticket.number in tablet.get(f"/s/{hall.slug}/guide/").content.decode()
        assert tablet.post(back, answer).status_code == 302
        ticket.refresh_from_db()
        assert ticket.state == State.WAITING


def test_clerks_have_no_guide_desk(
    browser_for: Callable[..., GuardedClient], hall: Hall, clerk: User, stranger: User
) -> None:
    assert browser_for(clerk).get(f"/s/{hall.slug}/guide/").status_code == 403
    assert browser_for(stranger).get(f"/s/{hall.slug}/guide/").status_code == 404
