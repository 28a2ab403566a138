"""Moving a visitor to another service or window."""

import pytest

from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.floor.tests import make
from onewindow.tickets import actions
from onewindow.tickets.actions.place import WhereTo
from onewindow.tickets.models import NotNow, Ticket
from onewindow.tickets.states import State, TransferTo
from onewindow.tickets.tests.conftest import Take, now, offer, open_one_more, order
from tests.fixtures.api import Program, problem
from tests.fixtures.world import Clock


@pytest.fixture
def tax(hall: Hall) -> Service:
    """Another service."""
    return offer(hall, code="TAX-01")


@pytest.fixture
def tax_window(hall: Hall, tax: Service, by: By) -> Window:
    """Window 8, open, which serves the other service alone."""
    return open_one_more(hall, tax, label="8", by=by)


@pytest.fixture
def queue(serving: Ticket, take: Take, tax: Service, clock: Clock) -> list[Ticket]:
    """Two who wait for the other service: both came after the visitor who is served."""
    waiting = []
    for _ in range(2):
        clock.forward(minutes=1)
        waiting.append(take(service=tax))
    return waiting


def test_by_age_the_joining_time_decides(
    serving: Ticket, queue: list[Ticket], tax: Service, tax_window: Window, by: By, clock: Clock
) -> None:
    clock.forward(minutes=8)
    moved = actions.transfer(ticket=serving, by=by, service=tax)
    assert (moved.state, moved.service, moved.service_s) == (State.WAITING, tax, 600)
    assert (moved.joined_at, moved.due) == (serving.joined_at, serving.due)
    assert order(tax_window) == ["A001", "A002", "A003"]
    assert now(moved).visit.at_id is None


def test_at_the_end_stands_behind_all(
    serving: Ticket, queue: list[Ticket], tax: Service, tax_window: Window, by: By
) -> None:
    moved = actions.transfer(ticket=serving, by=by, service=tax, place=TransferTo.END)
    assert order(tax_window) == ["A002", "A003", "A001"]
    assert moved.joined_at == serving.joined_at


def test_at_the_front_stands_before_all(
    take: Take, serving: Ticket, tax: Service, tax_window: Window, by: By
) -> None:
    first = take(service=tax, priority="p1")
    actions.transfer(ticket=serving, by=by, service=tax, place=TransferTo.FRONT)
    assert order(tax_window) == ["A001", first.number]


def test_an_empty_queue_has_front_and_end_too(
    serving: Ticket, tax: Service, tax_window: Window, by: By, clock: Clock
) -> None:
    clock.forward(minutes=5)
    moved = actions.transfer(ticket=serving, by=by, service=tax, place=TransferTo.END)
    assert moved.due == clock.now
    again = actions.call_next(window=tax_window, by=by)
    assert again is not None
    actions.start(ticket=again, by=by)
    front = actions.transfer(ticket=again, by=by, service=tax, place=TransferTo.FRONT)
    assert front.due == moved.due


def test_to_a_window_only_that_window_calls_whatever_it_serves(
    serving: Ticket, open_window: Window, tax_window: Window, by: By
) -> None:
    actions.transfer(ticket=serving, by=by, window=tax_window)
    assert order(open_window) == []
    assert order(tax_window) == ["A001"]


def test_nobody_is_moved_to_a_window_where_nobody_stands(
    serving: Ticket, hall: Hall, service: Service, by: By
) -> None:
    closed = make.window(hall, service, label="9")
    with pytest.raises(floor.WindowNotOpen):
        actions.transfer(ticket=serving, by=by, window=closed)
    assert now(serving).state == State.SERVING


def test_a_move_says_where_to(serving: Ticket, by: By) -> None:
    with pytest.raises(WhereTo):
        actions.transfer(ticket=serving, by=by)


def test_only_who_is_served_is_moved(called: Ticket, tax: Service, by: By) -> None:
    with pytest.raises(NotNow):
        actions.transfer(ticket=called, by=by, service=tax)


def test_both_windows_are_woken(serving: Ticket, tax_window: Window, tax: Service, by: By) -> None:
    actions.transfer(ticket=serving, by=by, service=tax, window=tax_window)
    entry = Entry.objects.get(kind="ticket.transferred")
    assert {"window.5", "window.8", "ticket"} <= set(entry.topics.split())
    assert entry.data == {"service": "TAX-01", "window": "8", "place": "age"}


def test_another_hall_moves_nobody_here(serving: Ticket, strange_program: Program) -> None:
    answer = strange_program.post(f"/tickets/{serving.pk}/transfer", {"service": "ID-01"})
    assert problem(answer) == (404, "not-found")
    assert now(serving).state == State.SERVING
