"""Set how a display speaks; note whether it is heard."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from onewindow.accounts.actions.devices import turn
from onewindow.accounts.models import Device
from onewindow.base.action import action
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.aside import aside
from onewindow.base.web.refused import Refused
from onewindow.voice.models import Speaker
from onewindow.voice.states import Sound


class HalfQuiet(Refused):
    """Quiet hours have a beginning and an end."""

    sentence = _("Quiet hours need a beginning and an end.")
    status = 422


@action
def set_speaker(
    *,
    device: Device,
    speaks: bool,
    volume: int,
    by: By,
    quiet_from: time | None = None,
    quiet_until: time | None = None,
) -> Speaker:
    """Say whether a hall display speaks, how loud (per cent), and when it keeps silent."""
    if (quiet_from is None) != (quiet_until is None):
        raise HalfQuiet
    values = {
        "speaks": speaks,
        "volume": volume,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
    }
    speaker, _made = Speaker.objects.update_or_create(device=device, defaults=values)
    turn(device)
    topics = ("hall", device.topic)
    record("voice.set", device, by=by, label=device.name, topics=topics, on=speaks, volume=volume)
    return speaker


def heard(*, device: Device, sound: Sound) -> None:
    """Note what a display says of its own sound: a sign of it, as when it was last seen."""
    with aside():
        Speaker.objects.update_or_create(device=device, defaults={"sound": sound})
