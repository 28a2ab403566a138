"""The alarm of the promise: one for each group that waits too long while a window could help."""

import math

import pytest
from pytest_django import DjangoAssertNumQueries

from onewindow.alerts.models import Alert
from onewindow.alerts.states import Level
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.floor.tests import make
from onewindow.tickets import actions
from onewindow.tickets.actions import promise
from onewindow.tickets.estimates import estimates, forget
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.tests.conftest import Take, offer
from tests.fixtures.world import Clock


@pytest.fixture
def closed_windows(hall: Hall, service: Service) -> list[Window]:
    """Windows 8 and 9, at which nobody stands."""
    found = [make.window(hall, service, label=label) for label in "89"]
    changed(hall)
    return found


@pytest.fixture
def crowd(take: Take, clock: Clock) -> None:
    """A dozen people for one window: more than the hall promised."""
    for _one in range(12):
        take()
    clock.forward(minutes=1)


def look() -> list[Alert]:
    """Let the tick come round, and return the alerts that stand."""
    forget()
    promise.run()
    return list(Alert.objects.filter(closed_at=None))


def test_a_group_that_waits_too_long_is_one_alert_that_names_the_windows(
    open_window: Window, closed_windows: list[Window], crowd: None, service: Service
) -> None:
    (alert,) = look()
    assert alert.level == Level.ACT_NOW
    assert alert.cause == f"group.{service.group.code}.late"
    assert alert.data["windows"] == ["8", "9"]
    assert alert.sentence.endswith("promised 15. Open window 8 or 9.")
    assert alert.address.endswith("/board/windows/8/")
    assert look() == [alert]
    assert Entry.objects.filter(kind="alert.raised").count() == 1


def test_two_services_of_a_group_are_one_alert(
    hall: Hall, open_window: Window, closed_windows: list[Window], crowd: None, take: Take
) -> None:
    other = offer(hall, group=Service.objects.get().group)
    for _one in range(12):
        take(service=other)
    assert len(look()) == 1


def test_it_clears_itself_when_windows_open(
    open_window: Window, closed_windows: list[Window], crowd: None, by: By, hall: Hall
) -> None:
    assert look()
    for window in closed_windows:
        floor.open_window(window=window, by=by)
    assert look() == []
    assert Entry.objects.filter(kind="alert.closed").count() == 1


def test_it_clears_itself_when_the_wait_is_kept_again(
    open_window: Window, closed_windows: list[Window], crowd: None, hall: Hall
) -> None:
    assert look()
    set_policy(hall, TicketPolicy(wait_target_min=24 * 60))
    assert look() == []


def test_it_neither_comes_nor_goes_with_a_minute_more_or_less(
    open_window: Window, closed_windows: list[Window], crowd: None, hall: Hall, service: Service
) -> None:
    wait_min = estimates(hall)[service.pk].p80_s / 60
    set_policy(hall, TicketPolicy(wait_target_min=math.ceil(wait_min) - 1))
    assert look()
    set_policy(hall, TicketPolicy(wait_target_min=math.ceil(wait_min * 1.1)))
    assert look()
    set_policy(hall, TicketPolicy(wait_target_min=math.ceil(wait_min * 1.3)))
    assert look() == []
    set_policy(hall, TicketPolicy(wait_target_min=math.ceil(wait_min * 1.1)))
    assert look() == []


def test_what_one_may_do_is_said_anew_when_it_changes(
    open_window: Window, closed_windows: list[Window], crowd: None, by: By, take: Take
) -> None:
    look()
    for _one in range(36):
        take()
    floor.open_window(window=closed_windows[0], by=by)
    (alert,) = look()
    assert alert.data["windows"] == ["9"]
    assert Entry.objects.filter(kind="alert.raised").count() == 2


def test_a_wait_that_is_kept_rings_nobody(
    open_window: Window, closed_windows: list[Window], take: Take
) -> None:
    take()
    assert look() == []


def test_a_wait_that_no_window_could_shorten_rings_nobody(open_window: Window, crowd: None) -> None:
    assert look() == []


def test_the_alarm_ends_with_the_queue(
    open_window: Window, closed_windows: list[Window], crowd: None, hall: Hall, by: By
) -> None:
    assert look()
    actions.close_hall(hall=hall, by=by, offered="tomorrow")
    assert not Alert.objects.filter(closed_at=None).exists()
    assert look() == []


@pytest.mark.parametrize("many", [12, 60])
def test_it_asks_as_often_for_many_as_for_few(
    open_window: Window,
    closed_windows: list[Window],
    take: Take,
    many: int,
    clock: Clock,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _one in range(many):
        take()
    clock.forward(minutes=1)
    look()
    forget()
    with django_assert_num_queries(8):
        promise.run()
