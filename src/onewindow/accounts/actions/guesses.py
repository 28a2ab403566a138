"""What may be guessed at a window's PC: counted for each device; ``axes`` counts per person."""

from datetime import timedelta
from math import ceil

from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import Device, WrongPin
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused

LIVES, GUESSES = timedelta(minutes=15), 5


class TooManyPins(Refused):
    """More wrong PINs and badges than anybody mistypes."""

    sentence = _("Too many wrong PINs or badges at this PC. Please try again in {minutes} min.")
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(minutes=ceil(seconds / 60))
        self.again_s = seconds


def stop_guessing(device: Device) -> None:
    """Raise TooManyPins after five wrong ones within a quarter of an hour."""
    now = clocks.now()
    wrong = WrongPin.objects.filter(device=device, at__gt=now - LIVES).order_by("-at")
    counted = list(wrong.values_list("at", flat=True)[:GUESSES])
    if len(counted) == GUESSES:
        raise TooManyPins(clocks.seconds(now, counted[-1] + LIVES))


@action
def note_wrong(*, device: Device, by: By, what: str) -> None:
    """Count a wrong PIN or an unknown badge; ``what`` it was, never which."""
    WrongPin.objects.create(device=device, at=clocks.now())
    record("device.pin-refused", device, by=by, label=device.name, what=what)
