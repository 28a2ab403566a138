"""Every ticket can say why it stands where it stands."""

from typing import Any

from django.utils import translation

from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.floor.models import Window
from onewindow.floor.tests import make
from onewindow.tickets import actions
from onewindow.tickets.models import Ticket
from onewindow.tickets.queries import passed_by
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import OutOfOrder, Priority, TransferTo
from onewindow.tickets.tests.conftest import offer
from onewindow.tickets.why import why, why_now
from tests.fixtures.world import Clock


def said_now(ticket: Ticket | None) -> str:
    """What the desk says of a ticket that was called."""
    assert ticket is not None
    return why_now(ticket, list(passed_by(ticket)))


def test_who_simply_waits_took_a_number_at_a_time(take: Any) -> None:
    assert why(take()) == "Took the number at 10:00."


def test_somebody_without_a_number_passed_nobody(
    take: Any, open_window: Window, service: Service, by: By, clock: Clock
) -> None:
    take()
    clock.forward(minutes=5)
    ticket = actions.walk_in(window=open_window, service=service, by=by)
    assert said_now(ticket) == "Served without a number."
    assert why(ticket) == "Served without a number."


def test_a_class_counts_as_earlier(take: Any) -> None:
    said = why(take(priority=Priority.P3))
    assert "Counts as 15 minutes earlier: 70 and older, or honoured by the hall." in said


def test_a_move_is_told(take: Any, open_window: Window, by: By) -> None:
    ticket = take()
    actions.call_next(window=open_window, by=by)
    ticket = actions.start(ticket=ticket, by=by)
    moved = actions.transfer(ticket=ticket, by=by, window=open_window, place=TransferTo.FRONT)
    said = why(moved)
    assert "Moved from another window, to the front." in said
    assert "Waits for window 5 alone." in said


def test_a_call_before_the_turn_names_who_ordered_it(
    take: Any, open_window: Window, by: By
) -> None:
    take()
    ticket = take()
    called = actions.call(
        window=open_window, ticket=ticket, reason=OutOfOrder.ORDER, ordered_by="0100", by=by
    )
    assert why(called).endswith("Called before the turn: duty manager's order (0100).")


def test_it_is_said_in_chinese(take: Any) -> None:
    with translation.override("zh-hans"):
        assert why(take(priority=Priority.P1)).startswith("10:00 取号。因")


def test_who_came_first_passes_nobody(take: Any, open_window: Window, by: By, clock: Clock) -> None:
    take()
    clock.forward(minutes=3)
    take()
    called = actions.call_next(window=open_window, by=by)
    assert said_now(called) == "Nobody who came earlier waits for this window."


def test_a_class_names_who_it_was_called_before(
    take: Any, open_window: Window, by: By, clock: Clock
) -> None:
    earlier = []
    for _turn in range(4):
        earlier.append(take().number)
        clock.forward(minutes=1)
    take(priority=Priority.P1)
    said = said_now(actions.call_next(window=open_window, by=by))
    named = ", ".join(earlier[:3])
    assert said.startswith(f"Called before {named} and others, who came earlier: counts as 120 min")


def test_an_order_names_who_it_was_called_before(
    take: Any, open_window: Window, by: By, clock: Clock
) -> None:
    first = take()
    clock.forward(minutes=1)
    called = actions.call(
        window=open_window, ticket=take(), reason=OutOfOrder.ORDER, ordered_by="0100", by=by
    )
    expected = f"Called before {first.number}, who came earlier: duty manager's order (0100)."
    assert said_now(called) == expected


def test_who_was_missed_and_came_back_is_named_with_that(
    take: Any, open_window: Window, by: By, clock: Clock
) -> None:
    late = take()
    clock.forward(minutes=1)
    take()
    actions.call_next(window=open_window, by=by)
    for _turn in range(2):
        clock.forward(minutes=2)
        actions.recall(ticket=late, by=by)
    actions.come_back(ticket=actions.miss(ticket=late, by=by), by=by)
    said = said_now(actions.call_next(window=open_window, by=by))
    assert (
        said
        == f"Called before {late.number}, who came earlier: they missed their call and came back."
    )


def test_after_two_with_priority_it_is_everyones_turn(
    hall: Hall, take: Any, open_window: Window, by: By, clock: Clock
) -> None:
    set_policy(hall, TicketPolicy(p1_in_a_row=2))
    first, second, third = (take(priority=Priority.P1) for _turn in range(3))
    clock.forward(minutes=1)
    everyone = take()
    for served in (first, second):
        actions.call_next(window=open_window, by=by)
        actions.finish(ticket=actions.start(ticket=served, by=by), by=by)
    called = actions.call_next(window=open_window, by=by)
    assert called == everyone
    assert said_now(called).startswith(f"Called before {third.number}, who came earlier: after two")


def test_a_window_that_serves_its_own_services_first_says_so(
    hall: Hall, take: Any, service: Service, by: By, clock: Clock
) -> None:
    set_policy(hall, TicketPolicy(first_choice_first=True))
    other = offer(hall, code="ID-02")
    seven = make.window(hall, service, second=(other,), label="7")
    actions.open_window(window=seven, by=by)
    passed = take(service=other)
    clock.forward(minutes=1)
    take()
    assert said_now(actions.call_next(window=seven, by=by)) == (
        f"Called before {passed.number}, who came earlier: "
        "this window serves its own services first."
    )


def test_who_asked_for_time_was_not_passed(
    take: Any, open_window: Window, by: By, clock: Clock
) -> None:
    absent = take()
    actions.later(ticket=absent, by=by, minutes=5)
    clock.forward(minutes=1)
    take()
    called = actions.call_next(window=open_window, by=by)
    assert said_now(called) == "Nobody who came earlier waits for this window."
