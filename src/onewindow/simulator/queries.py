"""What is asked of the demonstration."""

from dataclasses import dataclass

from onewindow.accounts.devices import device_token
from onewindow.accounts.models import Device
from onewindow.accounts.states import DeviceKind
from onewindow.base.halls.models import Hall
from onewindow.floor.models import Spot
from onewindow.simulator.models import Demonstration


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


def spot(hall: Hall) -> Spot | None:
    """Return a spot with a QR code where one takes a number by phone."""
    return Spot.objects.filter(hall=hall).order_by("pk").first()
