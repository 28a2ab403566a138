"""A screen asks what it is with a six-digit code; who types that code on the devices page says it.

The screen's browser keeps a secret, so that it finds its device again after it was switched off.
What may be guessed is counted in the database: for each network address, and in all.
"""

import secrets
from datetime import timedelta
from math import ceil

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.actions.devices import make_device
from onewindow.accounts.actions.keys import digest_of
from onewindow.accounts.models import Device, Pairing, WrongCode, WrongPin
from onewindow.accounts.states import DeviceKind
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.aside import aside
from onewindow.base.web.refused import Refused

LIVES = timedelta(minutes=10)  # a code, and the count of guesses
KEPT = timedelta(days=1)
CODES = 1_000_000
GUESSES_OF_ADDRESS, GUESSES = 10, 50
WAITING_AT_ADDRESS, WAITING = 20, 200


class TooManyCodes(Refused):
    """More wrong codes were typed than anybody mistypes."""

    sentence = _("Too many wrong codes were typed. Please try again in {minutes} min.")
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(minutes=ceil(seconds / 60))
        self.again_s = seconds


class TooManyScreens(Refused):
    """More screens wait than anybody hangs up."""

    sentence = _("Too many screens wait for their code. Please try again in a few minutes.")
    status = 429
    again_s = 300


def waiting(secret: str) -> Pairing | None:
    """Return the row of a screen, with a fresh code when its own has had its time."""
    screen = Pairing.objects.select_related("device").filter(digest=digest_of(secret)).first()
    if screen is None or screen.device or clocks.now() - screen.code_at < LIVES:
        return screen
    with aside():
        return _renew(screen)


def wait(address: str) -> tuple[str, Pairing]:
    """Let a new screen wait: its secret, and the row that knows its code."""
    live = _live()
    if live.count() >= WAITING or live.filter(address=address).count() >= WAITING_AT_ADDRESS:
        raise TooManyScreens
    with aside():
        return _new(address)


@action
def pair(*, code: str, hall: Hall, kind: DeviceKind, name: str, by: By) -> Device | None:
    """Turn the screen that shows a code into a device; None when no screen shows it."""
    _stop_guessing(by.address)
    screen = _live().select_for_update().filter(code=code).first()
    if screen is None:
        WrongCode.objects.create(address=by.address, at=clocks.now())
        record("device.code-refused", hall, by=by, hall=hall.pk, label=hall.slug)
        return None
    device = make_device(hall=hall, kind=kind, name=name, by=by)
    Device.objects.filter(pk=device.pk).update(connected_at=clocks.now())
    Pairing.objects.filter(pk=screen.pk).update(device=device, code="")
    record("device.paired", device, by=by, label=name, topics=("hall",), screen=screen.address)
    return device


@action
def purge() -> int:
    """Forget the screens that gave up waiting, wrong codes and wrong PINs, after a day."""
    before = clocks.now() - KEPT
    gone = Pairing.objects.filter(device=None, code_at__lt=before).delete()[0]
    gone += WrongPin.objects.filter(at__lt=before).delete()[0]
    return gone + WrongCode.objects.filter(at__lt=before).delete()[0]


def _live() -> QuerySet[Pairing]:
    return Pairing.objects.filter(device=None, code_at__gt=clocks.now() - LIVES)


def _stop_guessing(address: str) -> None:
    """Raise TooManyCodes when this address, or all together, typed too many wrong codes."""
    now = clocks.now()
    wrong = WrongCode.objects.filter(at__gt=now - LIVES).order_by("-at")
    for guesses, most in ((wrong.filter(address=address), GUESSES_OF_ADDRESS), (wrong, GUESSES)):
        counted = list(guesses.values_list("at", flat=True)[:most])
        if len(counted) == most:
            raise TooManyCodes(clocks.seconds(now, counted[-1] + LIVES))


@action
def _new(address: str) -> tuple[str, Pairing]:
    secret = secrets.token_hex(16)
    now, digest = clocks.now(), digest_of(secret)
    made = Pairing.objects.create(digest=digest, code=_code(), code_at=now, address=address)
    return secret, made


@action
def _renew(screen: Pairing) -> Pairing:
    """Give a screen another code, unless it became a device in this moment."""
    fresh = {"code": _code(), "code_at": clocks.now()}
    Pairing.objects.filter(pk=screen.pk, device=None).update(**fresh)
    return Pairing.objects.select_related("device").get(pk=screen.pk)


def _code() -> str:
    """Draw a code that no other screen has."""
    while True:
        code = f"{secrets.randbelow(CODES):06d}"
        if not Pairing.objects.filter(code=code).exists():
            return code
