"""The door of devices: a screen's address carries its token, and the token its right.

``@for_device(DeviceKind.KIOSK)`` stands on a view with ``<str:token>`` in its address. The token
opens that kind of screen only, and its hall; raising the device's generation makes it worthless.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from onewindow.accounts import queries
from onewindow.accounts.access import View, address_of, enter
from onewindow.accounts.actions import signs
from onewindow.accounts.models import Device
from onewindow.accounts.requests import Entered
from onewindow.accounts.states import DeviceKind
from onewindow.base.trail import By
from onewindow.base.web.refused import NotFound

DIGITS = 32  # 128 bits
PLACES = {  # where the visitors' face shows each kind
    DeviceKind.KIOSK: "/k/",
    DeviceKind.HALL_DISPLAY: "/d/",
    DeviceKind.WINDOW_DISPLAY: "/w/",
    DeviceKind.RATING_PAD: "/p/",
    DeviceKind.CLOCK_IN_TERMINAL: "/c/",
    DeviceKind.WINDOW_PC: "/pc/",
}
PAIRING = "/pair/"  # where a screen shows its code


class DeviceGone(NotFound):
    """The address of a device that was removed, or that has another address now."""

    sentence = _("This device was removed, or it has another address now.")
    leads_to = PAIRING


class DeviceRequest(Entered):
    """A request that ``for_device`` has let in."""

    device: Device


def device_token(device: Device) -> str:
    """Return the token that stands in a device's address."""
    return f"{device.pk}-{_signature(device)}"


def device_path(device: Device) -> str:
    """Return the address that a device opens."""
    return f"{PLACES[DeviceKind(device.kind)]}{device_token(device)}/"


def device_of(token: str, *kinds: DeviceKind) -> Device:
    """Return the device of a token, with its hall. Raise DeviceGone for every other token."""
    number, _dash, signature = token.partition("-")
    if not (number.isdecimal() and number.isascii() and len(number) < 19):
        raise DeviceGone
    device = queries.live_device(int(number), *kinds)
    if device is None or not constant_time_compare(signature, _signature(device)):
        raise DeviceGone
    return device


def for_device(*kinds: DeviceKind) -> Callable[[View], View]:
    """Open a page to the devices of a kind; sets ``request.hall``, ``device``, ``by``."""

    def guard(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            device = device_of(token, *kinds)
            by = By("device", device.pk, device.name, "device", address_of(request))
            enter(request, device.hall, frozenset(), by, f"device:{device.pk}")
            request.device = device  # type: ignore[attr-defined]  # what the door sets
            signs.device_seen(device.pk)
            return view(request, *args, **kwargs)

        door.public = True  # type: ignore[attr-defined]  # to whoever has the token
        door.device = kinds  # type: ignore[attr-defined]  # read by the house tests
        return door

    return guard


def _signature(device: Device) -> str:
    value = f"{device.pk}:{device.kind}:{device.generation}"
    return salted_hmac("onewindow.device", value, algorithm="sha256").hexdigest()[:DIGITS]
