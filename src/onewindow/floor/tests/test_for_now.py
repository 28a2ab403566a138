"""A window serves something else for a while, and goes back by itself."""

from datetime import timedelta

import pytest

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.floor import actions
from onewindow.floor.actions.for_now import run
from onewindow.floor.models import ForNow, Window
from onewindow.floor.queries import profile_of, window_by_label, windows_serving
from onewindow.floor.states import Choice
from tests.fixtures.world import Clock


@pytest.fixture
def other(hall: Hall) -> Service:
    """A service that window 5 does not serve."""
    return ServiceFactory.create(hall=hall)


def test_what_is_added_for_now_is_served_until_its_time(
    hall: Hall, window: Window, service: Service, other: Service, clock: Clock, by: By
) -> None:
    until = clocks.now() + timedelta(minutes=30)
    actions.serve_for_now(window=window, service=other, choice=Choice.SECOND, until=until, by=by)
    assert profile_of(window_by_label(hall, "5")) == ((service.pk,), (other.pk,))
    assert [one.label for one in windows_serving(other)] == ["5"]
    clock.forward(minutes=29)
    run()
    assert ForNow.objects.exists()
    clock.forward(minutes=1)
    run()
    hall.refresh_from_db()
    assert profile_of(window_by_label(hall, "5")).all == (service.pk,)
    assert Entry.objects.filter(kind="window.serves_as_ever").count() == 1


def test_what_is_taken_off_comes_back_with_the_next_day(
    hall: Hall, window: Window, service: Service, clock: Clock, by: By
) -> None:
    actions.serve_for_now(window=window, service=service, choice=None, until=None, by=by)
    assert profile_of(window_by_label(hall, "5")).all == ()
    clock.forward(hours=12)
    run()
    assert ForNow.objects.exists()
    clock.forward(hours=12)
    run()
    assert not ForNow.objects.exists()


def test_a_closed_hall_ends_it(hall: Hall, window: Window, other: Service, by: By) -> None:
    actions.open_hall(hall=hall, by=by)
    actions.serve_for_now(window=window, service=other, choice=Choice.FIRST, until=None, by=by)
    actions.close_hall(hall=hall, by=by)
    run()
    assert not ForNow.objects.exists()


def test_what_it_serves_anyway_takes_the_change_back(
    window: Window, service: Service, by: By
) -> None:
    for choice in (None, Choice.FIRST, Choice.FIRST):
        actions.serve_for_now(window=window, service=service, choice=choice, until=None, by=by)
    assert not ForNow.objects.exists()
    assert Entry.objects.filter(kind="window.serves_for_now").count() == 2
