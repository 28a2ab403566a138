"""Numbers taken from afar, by rule: for whom, until when a place is kept. Values in, values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.setting import setting
from onewindow.tickets.slots import ALPHABET, CODE_LENGTH


@dataclass(frozen=True)
class RemotePolicy:
    """The hall's rules for numbers taken from afar."""

    title: ClassVar = _("Numbers from afar")
    icon: ClassVar = "navigation"

    on: bool = setting(
        False,
        _("Numbers may be taken from afar"),
        _("On the hall's public page, with a phone number; called is only who has come."),
    )
    first_at: str = setting("09:00", _("Given from"), kind="clock")
    last_at: str = setting(
        "16:00", _("Given until"), _("And only while the hall gives numbers at all."), kind="clock"
    )
    lead_min: int = setting(
        30, _("Time to come, minutes"), _("At least; longer where the wait is."), between=(0, 600)
    )
    grace_min: int = setting(15, _("And so many minutes more"), between=(0, 240))
    at_once: int = setting(
        30,
        _("On the way at one time, at most"),
        _("Who stands in the hall is served first where the hall is full."),
        between=(1, 1_000),
    )
    numbers: int = setting(
        10, _("Numbers for one network address"), between=(1, 1_000), part=_("Against misuse")
    )
    within_min: int = setting(60, _("Within so many minutes"), between=(1, 600))


def kept_until(now: datetime, p50_s: int, rules: RemotePolicy) -> datetime:
    """Return until when a place is kept for somebody who sets out now."""
    comes = max(timedelta(minutes=rules.lead_min), timedelta(seconds=p50_s))
    return now + comes + timedelta(minutes=rules.grace_min)


def is_given(local: time, rules: RemotePolicy) -> bool:
    """Say whether numbers from afar are given at this time of the hall's day."""
    first, last = time.fromisoformat(rules.first_at), time.fromisoformat(rules.last_at)
    return rules.on and first <= local < last


def code_of(token: str) -> str:
    """Return what its visitor types at the kiosk: worked out from the secret of the visit."""
    rest, letters = int(token, 16), []
    for _place in range(CODE_LENGTH):
        rest, letter = divmod(rest, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def token_of(code: str, tokens: Iterable[str]) -> str:
    """Return the one of these tokens that a code belongs to; "" when it is none's."""
    return next((token for token in tokens if code_of(token) == code), "")
