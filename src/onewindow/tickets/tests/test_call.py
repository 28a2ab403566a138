"""Calling a given number before its turn."""

import pytest
from django.utils import translation

from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.floor.states import PauseReason
from onewindow.floor.tests import make
from onewindow.tickets import actions, queries
from onewindow.tickets.actions.call import NameMissing, ReasonMissing, VisitElsewhere, WindowBusy
from onewindow.tickets.models import NotNow, Ticket
from onewindow.tickets.states import OutOfOrder, State
from onewindow.tickets.tests.conftest import Take, now, offer, open_one_more
from tests.fixtures.api import Program, problem
from tests.fixtures.world import Clock


def test_an_urgent_case_is_called_with_its_reason(
    take: Take, open_window: Window, by: By, clock: Clock
) -> None:
    take()
    clock.forward(minutes=1)
    urgent = take()
    called = actions.call(window=open_window, ticket=urgent, reason=OutOfOrder.MEDICAL, by=by)
    assert (called.state, called.window) == (State.CALLED, open_window)
    assert now(urgent).out_of_order == OutOfOrder.MEDICAL
    entry = Entry.objects.get(kind="ticket.called_given")
    assert entry.data["reason"] == "medical"
    assert [one.pk for one in queries.out_of_order(called.hall, called.day)] == [called.pk]


@pytest.mark.parametrize("reason", ["", "because"])
def test_before_the_turn_a_reason_from_the_list_is_needed(
    take: Take, open_window: Window, by: By, clock: Clock, reason: str
) -> None:
    take()
    clock.forward(minutes=1)
    urgent = take()
    with pytest.raises(ReasonMissing):
        actions.call(window=open_window, ticket=urgent, reason=reason, by=by)
    assert now(urgent).state == State.WAITING


def test_a_state_is_said_as_a_sentence_says_it(take: Take, by: By) -> None:
    with pytest.raises(NotNow) as refused:
        actions.start(ticket=take(), by=by)
    with translation.override("zh-hans"):
        assert str(refused.value) == "A001 号正在等候，现在不能进行此操作。"


def test_an_order_names_who_gave_it(take: Take, open_window: Window, by: By, clock: Clock) -> None:
    take()
    clock.forward(minutes=1)
    urgent = take()
    with pytest.raises(NameMissing):
        actions.call(window=open_window, ticket=urgent, reason=OutOfOrder.ORDER, by=by)
    actions.call(
        window=open_window, ticket=urgent, reason=OutOfOrder.ORDER, by=by, ordered_by="Duty manager"
    )
    assert now(urgent).out_of_order_by == "Duty manager"


def test_whose_turn_it_is_needs_no_reason_and_is_not_reported(
    take: Take, open_window: Window, by: By
) -> None:
    first = take()
    actions.call(window=open_window, ticket=first, reason=OutOfOrder.FAULT, by=by)
    assert now(first).out_of_order == ""


def test_who_was_passed_over_is_told(take: Take, open_window: Window, by: By, clock: Clock) -> None:
    patient = take()
    clock.forward(minutes=1)
    urgent = take()
    assert not queries.passed_over(patient)
    clock.forward(minutes=1)
    actions.call(window=open_window, ticket=urgent, reason=OutOfOrder.MEDICAL, by=by)
    late = take()
    assert queries.passed_over(now(patient))
    assert not queries.passed_over(now(late))


def test_only_who_waits_is_called(called: Ticket, next_window: Window, by: By) -> None:
    with pytest.raises(NotNow):
        actions.call(window=next_window, ticket=called, reason=OutOfOrder.MEDICAL, by=by)


def test_a_busy_window_calls_nobody_else(
    take: Take, called: Ticket, open_window: Window, by: By
) -> None:
    with pytest.raises(WindowBusy):
        actions.call(window=open_window, ticket=take(), reason="", by=by)


def test_a_closed_or_paused_window_calls_nobody(take: Take, window: Window, by: By) -> None:
    waiting = take()
    with pytest.raises(floor.WindowNotOpen):
        actions.call(window=window, ticket=waiting, reason="", by=by)
    floor.open_window(window=window, by=by)
    floor.pause(window=window, reason=PauseReason.BREAK, by=by)
    with pytest.raises(floor.WindowPaused):
        actions.call(window=window, ticket=waiting, reason="", by=by)


def test_a_visit_at_one_window_is_not_called_to_another(
    take: Take, hall: Hall, called: Ticket, by: By
) -> None:
    other = offer(hall)
    elsewhere = open_one_more(hall, other, label="7", by=by)
    further = take(service=other, visit=called.visit)
    with pytest.raises(VisitElsewhere):
        actions.call(window=elsewhere, ticket=further, reason=OutOfOrder.MEDICAL, by=by)


def test_another_halls_number_cannot_be_called(
    take: Take, strange_program: Program, other_hall: Hall
) -> None:
    make.window(other_hall, label="5")
    strange_program.post("/windows/5/open")
    answer = strange_program.post("/windows/5/call", {"ticket": take().pk, "reason": "medical"})
    assert problem(answer) == (404, "not-found")
