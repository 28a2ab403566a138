"""Calling once more."""

import pytest

from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.tickets import actions
from onewindow.tickets.actions.call import NoMoreRecalls, RecallTooSoon, recall_in
from onewindow.tickets.models import NotNow, Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.tests.conftest import Take, now
from tests.fixtures.api import Program, problem
from tests.fixtures.world import Clock

GAP = 20 + 30  # the policy's gap and the zone's walking time


def test_a_recall_waits_for_the_walk(called: Ticket, by: By, clock: Clock) -> None:
    clock.forward(seconds=GAP - 1)
    with pytest.raises(RecallTooSoon, match="1 more second"):
        actions.recall(ticket=called, by=by)
    clock.forward(seconds=1)
    assert actions.recall(ticket=called, by=by).recalls == 1


def test_the_gap_counts_from_the_last_recall(called: Ticket, by: By, clock: Clock) -> None:
    clock.forward(seconds=GAP)
    actions.recall(ticket=called, by=by)
    assert recall_in(now(called), TicketPolicy()) == GAP
    with pytest.raises(RecallTooSoon):
        actions.recall(ticket=called, by=by)


def test_three_recalls_are_enough(called: Ticket, by: By, clock: Clock) -> None:
    for _ in range(3):
        clock.forward(seconds=GAP)
        actions.recall(ticket=called, by=by)
    clock.forward(seconds=GAP)
    with pytest.raises(NoMoreRecalls, match="A001"):
        actions.recall(ticket=called, by=by)
    assert now(called).recalls == 3


def test_the_hall_says_how_often(hall: Hall, called: Ticket, by: By) -> None:
    set_policy(hall, TicketPolicy(recalls=0))
    with pytest.raises(NoMoreRecalls):
        actions.recall(ticket=called, by=by)


def test_a_recall_wakes_the_window_and_keeps_the_interval(
    called: Ticket, by: By, clock: Clock
) -> None:
    clock.forward(seconds=GAP)
    actions.recall(ticket=called, by=by)
    entry = Entry.objects.get(kind="ticket.recalled")
    assert set(entry.topics.split()) == {"ticket", "window.5", "visit.A001"}
    clock.forward(seconds=10)
    assert actions.start(ticket=called, by=by).walking_s == GAP + 10


def test_only_who_is_called_is_called_again(take: Take, serving: Ticket, by: By) -> None:
    for ticket in (serving, take()):
        with pytest.raises(NotNow):
            actions.recall(ticket=ticket, by=by)


def test_another_hall_recalls_nobody_here(called: Ticket, strange_program: Program) -> None:
    answer = strange_program.post(f"/tickets/{called.pk}/recall")
    assert problem(answer) == (404, "not-found")
