"""Make, set and retire the devices of a hall, and give them a new address."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import Device
from onewindow.accounts.states import DeviceKind
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import NotFound, Refused


class NameTaken(Refused):
    """Two devices of a hall cannot have one name."""

    sentence = _("There is already a device named {name} in this hall.")


@action
def make_device(*, hall: Hall, kind: DeviceKind, name: str, by: By) -> Device:
    """Add a screen to a hall; its address follows from it."""
    if Device.objects.filter(hall=hall, name=name).exists():
        raise NameTaken(name=name)
    device = Device.objects.create(hall=hall, kind=kind, name=name)
    record("device.made", device, by=by, label=name, topics=("hall",), device=str(kind))
    return device


@action
def make_printer(*, hall: Hall, name: str, host: str, port: int, by: By) -> Device:
    """Add a printer to a hall: it has no page, only a place in the network."""
    printer = make_device(hall=hall, kind=DeviceKind.PRINTER, name=name, by=by)
    return set_printer(device=printer, host=host, port=port, by=by)


@action
def set_printer(*, device: Device, host: str, port: int, by: By) -> Device:
    """Say where in the network a printer is reached."""
    _change(device, host=host, port=port)
    at = f"{host}:{port}"
    record("device.reached", device, by=by, label=device.name, topics=("hall",), at=at)
    return device


@action
def rename_device(*, device: Device, name: str, by: By) -> Device:
    """Give a device another name; its screen shows it at once."""
    before = device.name
    if Device.objects.filter(hall=device.hall_id, name=name).exclude(pk=device.pk).exists():
        raise NameTaken(name=name)
    _change(device, name=name, turn=F("turn") + 1)
    record("device.renamed", device, by=by, label=name, topics=_topics(device), before=before)
    return device


@action
def reload_device(*, device: Device, by: By) -> Device:
    """Make the open screen of a device load itself anew."""
    _change(device, turn=F("turn") + 1)
    record("device.reloaded", device, by=by, label=device.name, topics=_topics(device))
    return device


def turn(device: Device) -> None:
    """Let a device's screen load itself anew when what is being done to it commits."""
    _change(device, turn=F("turn") + 1)


@action
def new_address(*, device: Device, by: By) -> Device:
    """Make the address that a device had worthless; it gets another."""
    _change(device, generation=F("generation") + 1, connected_at=None)
    device.pairings.all().delete()
    record("device.new-address", device, by=by, label=device.name, topics=_topics(device))
    return device


@action
def set_printing(*, device: Device, on: bool, by: By) -> Device:
    """Let a kiosk print its numbers by itself, or only show them."""
    _change(device, settings=device.settings | {"prints": on})
    record("device.printing", device, by=by, label=device.name, topics=("hall",), on=on)
    return device


@action
def retire_device(*, device: Device, by: By) -> None:
    """Take a device out of use; its name is free again."""
    now = clocks.now()
    label = device.name
    _change(device, revoked_at=now, name=f"{device.name[:40]} #{device.pk}")
    device.pairings.all().delete()
    record("device.retired", device, by=by, label=label, topics=_topics(device))


def _topics(device: Device) -> tuple[str, str]:
    return "hall", device.topic


def _change(device: Device, **values: object) -> None:
    """Change a device that is in use."""
    if not Device.objects.filter(pk=device.pk, revoked_at=None).update(**values):
        raise NotFound
    device.refresh_from_db()
