"""Every ticket can say why it stands where it stands."""

from typing import Any

from django.utils import translation

from onewindow.base.trail import By
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.states import OutOfOrder, Priority, TransferTo
from onewindow.tickets.why import why


def test_who_simply_waits_took_a_number_at_a_time(take: Any) -> None:
    assert why(take()) == "Took the number at 10:00."


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
