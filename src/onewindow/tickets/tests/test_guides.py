"""A visitor who needs help: quietly told to the guides, and fetched when no voice calls them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string

from onewindow import tickets
from onewindow.accounts.states import Role
from onewindow.alerts.models import Alert
from onewindow.alerts.states import Level
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import Need
from onewindow.tickets.tests.conftest import Take, offer, open_one_more
from tests.fixtures.world import Clock


@pytest.fixture
def walking(take: Take) -> Ticket:
    """Somebody who walks badly waits."""
    return take(needs=[Need.WALKING])


def standing() -> list[str]:
    """Return what the open alerts say."""
    return [alert.sentence for alert in Alert.objects.filter(closed_at=None)]


def test_the_guides_are_told_quietly(walking: Ticket) -> None:
    alert = Alert.objects.get()
    assert (alert.level, alert.owner_role) == (Level.GOOD_TO_KNOW, Role.GUIDE)
    assert alert.sentence == "A001 waits and needs help: walking."
    with translation.override("zh-hans"):
        assert alert.sentence.startswith("A001 号正在等候，需要协助：")


def test_what_help_it_is_stays_out_of_the_trail(walking: Ticket) -> None:
    assert Entry.objects.get(kind="alert.raised").data["says"] == {"number": "A001"}
    assert not any("walking" in str(row.data) for row in Entry.objects.all())


def test_who_needs_nothing_is_nobodys_alert(take: Take) -> None:
    take()
    assert standing() == []


def test_a_visit_with_two_services_is_one_alert(hall: Hall, walking: Ticket, take: Take) -> None:
    take(service=offer(hall), visit=walking.visit)
    assert len(standing()) == 1


def test_who_is_called_without_voice_is_fetched_until_service_begins(
    walking: Ticket, open_window: Window, by: By
) -> None:
    actions.call_next(window=open_window, by=by)
    alert = Alert.objects.get()
    assert alert.level == Level.ACT_NOW
    assert alert.sentence == "A001 is called without voice (walking): bring them to window 5."
    actions.start(ticket=walking, by=by)
    assert standing() == []


def test_who_hears_and_walks_is_called_like_everybody(
    take: Take, open_window: Window, by: By
) -> None:
    take(needs=[Need.READING, Need.INTERPRETER])
    assert standing() == ["A001 waits and needs help: interpreter, reading."]
    actions.call_next(window=open_window, by=by)
    assert standing() == []


def test_it_ends_when_the_visitor_leaves(walking: Ticket, by: By) -> None:
    actions.leave(ticket=walking, by=by)
    assert standing() == []


def test_who_leaves_one_of_two_lines_still_waits(
    hall: Hall, walking: Ticket, take: Take, by: By
) -> None:
    take(service=offer(hall), visit=walking.visit)
    actions.leave(ticket=walking, by=by)
    assert len(standing()) == 1


def test_it_ends_when_the_hall_closes(walking: Ticket, hall: Hall, by: By) -> None:
    actions.close_hall(hall=hall, by=by, offered="tomorrow")
    assert standing() == []


def test_who_missed_the_call_and_is_back_is_told_again(
    walking: Ticket, open_window: Window, by: By, clock: Clock
) -> None:
    actions.call_next(window=open_window, by=by)
    for _turn in range(2):
        clock.forward(minutes=2)
        actions.recall(ticket=walking, by=by)
    actions.miss(ticket=walking, by=by)
    assert standing() == []
    actions.come_back(ticket=walking, by=by)
    assert standing() == ["A001 waits and needs help: walking."]


def test_who_is_moved_waits_again_and_is_told_again(
    walking: Ticket, open_window: Window, hall: Hall, by: By
) -> None:
    elsewhere = open_one_more(hall, walking.service, label="7", by=by)
    actions.call_next(window=open_window, by=by)
    actions.start(ticket=walking, by=by)
    actions.transfer(ticket=walking, by=by, window=elsewhere)
    assert standing() == ["A001 waits and needs help: walking."]
    actions.call_next(window=elsewhere, by=by)
    assert standing() == ["A001 is called without voice (walking): bring them to window 7."]


def test_no_verb_of_a_ticket_is_forgotten() -> None:
    verbs = (Path(tickets.__file__).parent / "actions").glob("*.py")
    kinds = {kind for path in verbs for kind in re.findall(r'"(ticket\.\w+)"', path.read_text())}
    stays_where_it_is = {"ticket.recalled", "ticket.reprinted"}
    assert kinds - stays_where_it_is <= set(import_string(settings.WIRING))
