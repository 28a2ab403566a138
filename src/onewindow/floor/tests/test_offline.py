"""A device that is seen no more while the hall is open raises one alarm, which ends by itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from onewindow.accounts.actions import retire_device
from onewindow.accounts.actions.signs import device_seen
from onewindow.accounts.models import Device, User
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.alerts.models import Alert
from onewindow.base import clocks
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.ticks.models import Outage
from onewindow.base.ticks.queries import forget
from onewindow.base.trail import By
from onewindow.floor.actions import close_hall, open_hall
from onewindow.floor.actions.devices import run
from onewindow.floor.queries import offline
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock


@pytest.fixture
def kiosk(hall: Hall) -> Device:
    """A kiosk of an open hall that was seen just now."""
    set_policy(hall, HoursPolicy(always_open=True))
    device = DeviceFactory.create(hall=hall, name="Entrance")
    device_seen(device.pk)
    return device


def test_a_device_unseen_for_two_minutes_raises_one_alarm(kiosk: Device, clock: Clock) -> None:
    clock.forward(seconds=119)
    run()
    assert not Alert.objects.exists()
    clock.forward(seconds=2)

    run()
    run()

    alert = Alert.objects.get()
    assert alert.sentence == "Entrance is offline, last seen at 10:00."
    assert (alert.cause, alert.subject_id) == (kiosk.topic, kiosk.pk)


def test_the_alarm_ends_by_itself_when_the_device_is_back(kiosk: Device, clock: Clock) -> None:
    clock.forward(minutes=3)
    run()

    device_seen(kiosk.pk)
    run()

    assert Alert.objects.get().closed_at == clock.now


def test_the_alarm_ends_when_the_device_is_removed(kiosk: Device, clock: Clock, by: By) -> None:
    clock.forward(minutes=3)
    run()

    retire_device(device=kiosk, by=by)
    run()

    assert Alert.objects.get().closed_at


def test_a_closed_hall_may_switch_its_screens_off(
    hall: Hall, kiosk: Device, clock: Clock, by: By
) -> None:
    open_hall(hall=hall, by=by)
    clock.forward(minutes=3)
    run()

    close_hall(hall=hall, by=by)
    run()

    assert Alert.objects.get().closed_at
    assert offline(hall) == []


def test_a_device_that_never_came_is_not_missed(hall: Hall, kiosk: Device, clock: Clock) -> None:
    DeviceFactory.create(hall=hall, name="Still in its box")
    clock.forward(minutes=3)

    assert offline(hall) == [kiosk]


def test_a_printer_gives_no_signs(hall: Hall, kiosk: Device, clock: Clock) -> None:
    Device.objects.filter(pk=kiosk.pk).update(kind=DeviceKind.PRINTER)
    clock.forward(minutes=3)

    assert offline(hall) == []


def test_what_we_were_away_is_no_silence_of_a_device(
    hall: Hall, kiosk: Device, clock: Clock
) -> None:
    clock.forward(minutes=10)
    gone = clocks.now() - timedelta(minutes=9)
    Outage.objects.create(began_at=gone, ended_at=clocks.now())
    forget()

    assert offline(hall) == []
    clock.forward(seconds=90)
    assert offline(hall) == [kiosk]


def test_the_duty_manager_loads_a_silent_screen_anew_with_one_tap(
    hall: Hall,
    kiosk: Device,
    clock: Clock,
    browser_for: Callable[..., GuardedClient],
    duty_manager: User,
    clerk: User,
    stranger: User,
) -> None:
    clock.forward(minutes=3)
    run()
    address = f"/s/{hall.slug}/floor/devices/{kiosk.pk}/reload"
    page = browser_for(duty_manager).get(f"/s/{hall.slug}/alerts/").content.decode()
    assert f'action="{address}"' in page
    assert browser_for(duty_manager).post(address).status_code == 303
    assert Device.objects.get(pk=kiosk.pk).turn == kiosk.turn + 1
    assert browser_for(clerk).post(address).status_code == 403
    assert browser_for(stranger).post(address).status_code == 404
