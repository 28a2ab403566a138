"""What is asked of the demonstration."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from onewindow.accounts.devices import device_token
from onewindow.accounts.models import Device
from onewindow.accounts.states import DeviceKind
from onewindow.base import clocks
from onewindow.base.deadlines.queries import spans
from onewindow.base.halls.models import Hall
from onewindow.catalogue.queries import services
from onewindow.floor.models import Spot
from onewindow.floor.queries import day_of
from onewindow.printing.queries import kiosks
from onewindow.simulator.models import Demonstration
from onewindow.simulator.rules import Offered

AFTER_CLOSING = timedelta(minutes=30)


@dataclass(frozen=True)
class Screen:
    """A screen of the hall, and the token in its address."""

    name: str
    token: str


def demonstration() -> Demonstration | None:
    """Return the demonstration of this installation; None where it is a real one."""
    return Demonstration.objects.select_related("hall__organisation").first()


def screens(hall: Hall) -> dict[str, Screen]:
    """Return one screen of each kind that the hall has."""
    found: dict[str, Screen] = {}
    for device in Device.objects.filter(hall=hall, revoked_at=None).order_by("pk"):
        found.setdefault(DeviceKind(device.kind), Screen(device.name, device_token(device)))
    return found


def offered(hall: Hall) -> list[Offered]:
    """Return the services of a hall as simulated people see them."""
    return [Offered(one.code, one.target_minutes * 60, one.often) for one in services(hall)]


def window_screen(hall: Hall, label: str) -> str:
    """Return the token of the display at a window; empty where none stands there."""
    shows = {"kind": DeviceKind.WINDOW_DISPLAY, "hall": hall, "revoked_at": None}
    found = Device.objects.filter(place__window__label=label, **shows).order_by("pk").first()
    return device_token(found) if found else ""


def printing_kiosk(hall: Hall) -> Device | None:
    """Return a kiosk that prints on a printer of the network; None where none does."""
    found = (one.device for one in kiosks(hall) if one.printer_id is not None)
    return next(found, None)


def is_jammed(hall: Hall) -> bool:
    """Say whether the paper sticks. Asked by threads that leave no connection behind."""
    try:
        return Demonstration.objects.filter(hall=hall, jammed=True).exists()
    finally:
        connection.close()


def spot(hall: Hall) -> Spot | None:
    """Return a spot with a QR code where one takes a number by phone."""
    return Spot.objects.filter(hall=hall).order_by("pk").first()


def closing(hall: Hall) -> datetime:
    """Return when today ends: when somebody closed the hall, else by its hours."""
    day, now = day_of(hall), clocks.now()
    if day and day.closed_at:
        return day.closed_at
    today = spans(hall, hall.today(now))
    return today[-1].end if today else now


def next_day_at(hall: Hall) -> datetime | None:
    """Return when the next day begins by itself; None while today goes on."""
    closed_at = closing(hall)
    return closed_at + AFTER_CLOSING if closed_at <= clocks.now() else None
