"""What a visitor was told is kept, compared with what came, and learnt from."""

import pytest
from pytest_django import DjangoAssertNumQueries

from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.floor.models import Window
from onewindow.tickets import actions, kept
from onewindow.tickets.actions import pace
from onewindow.tickets.estimates import forget, look
from onewindow.tickets.models import Ticket, WaitCurve
from onewindow.tickets.tests.conftest import Take, now
from tests.fixtures.world import Clock


@pytest.fixture
def busy(take: Take, open_window: Window, by: By, clock: Clock) -> Ticket:
    """Somebody who came while another person was waiting."""
    take()
    clock.forward(seconds=5)
    return take()


def call(window: Window, by: By) -> Ticket:
    called = actions.call_next(window=window, by=by)
    assert called is not None
    return called


def test_what_was_told_is_compared_at_the_first_call(
    busy: Ticket, open_window: Window, by: By, clock: Clock
) -> None:
    assert busy.late_s is None
    assert busy.told_p80_s
    actions.leave(ticket=call(open_window, by), by=by)
    clock.forward(seconds=busy.told_p80_s + 100)
    call(open_window, by)
    assert now(busy).late_s == 100


def test_a_second_call_changes_nothing_of_it(
    busy: Ticket, open_window: Window, by: By, clock: Clock
) -> None:
    actions.leave(ticket=call(open_window, by), by=by)
    called = actions.start(ticket=call(open_window, by), by=by)
    before = now(busy).late_s
    actions.transfer(ticket=called, by=by, window=open_window)
    clock.forward(hours=1)
    call(open_window, by)
    assert now(busy).late_s == before


def told(hall: Hall, service: Service, take: Take, window: Window, by: By, many: int) -> None:
    for _one in range(many):
        take()
    for _one in range(many):
        actions.leave(ticket=call(window, by), by=by)


def test_yesterday_is_told_when_enough_came(
    hall: Hall, service: Service, take: Take, open_window: Window, by: By, clock: Clock
) -> None:
    told(hall, service, take, open_window, by, 20)
    take()
    clock.forward(hours=2)
    call(open_window, by)
    clock.forward(days=1)
    assert kept.yesterday(hall) == (21, 20)


def test_of_few_nothing_is_said(
    hall: Hall, service: Service, take: Take, open_window: Window, by: By, clock: Clock
) -> None:
    told(hall, service, take, open_window, by, 19)
    clock.forward(days=1)
    assert kept.yesterday(hall) is None


def test_what_came_of_it_is_learnt_with_how_long_visitors_keep_a_window(
    hall: Hall, service: Service, take: Take, open_window: Window, by: By, clock: Clock
) -> None:
    for _one in range(60):
        take()
        clock.forward(seconds=5)
        called = call(open_window, by)
        actions.start(ticket=called, by=by)
        clock.forward(seconds=100)
        actions.finish(ticket=called, by=by)
    pace.learn(hall)
    assert service.pace.hold is not None
    assert service.pace.hold.mean_s == pytest.approx(105)  # and five to the next one
    assert WaitCurve.objects.get(hall=hall).curve.told(0) == (5, 5)
    forget()
    assert look(hall).estimate(service.pk).at_once


@pytest.mark.parametrize("many", [3, 60])
def test_a_look_asks_as_often_for_many_as_for_few(
    hall: Hall,
    take: Take,
    open_window: Window,
    many: int,
    clock: Clock,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _one in range(many):
        take()
    look(hall)
    clock.forward(seconds=5)
    with django_assert_num_queries(3):
        look(hall)
