"""How many numbers one spot gives to one network address: pure, values in and values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import ClassVar, Protocol

from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.setting import setting
from onewindow.base.web.refused import Refused


@dataclass(frozen=True)
class PhonePolicy:
    """The hall's rules for numbers by phone. Whole halls share one address: many, yet bounded."""

    title: ClassVar = _("Numbers by phone")
    icon: ClassVar = "smartphone"

    numbers: int = setting(
        20,
        _("Numbers that one spot gives to one network address"),
        _("A whole hall may share one address: many, yet bounded."),
        between=(1, 1_000),
    )
    within_min: int = setting(10, _("Within so many minutes"), between=(1, 600))


class TooManyNumbers(Refused):
    """One address has drawn as many numbers at a spot as no visitors do."""

    sentence = _(
        "Too many numbers were taken here in a short time. Please try again in {minutes} min, or "
        "take a number at a kiosk or at the {guide_desk}."
    )
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(minutes=ceil(seconds / 60))
        self.again_s = seconds


class TooManyBookings(TooManyNumbers):
    """One address has booked as many appointments as no visitors do."""

    sentence = _(
        "Too many appointments were booked from here in a short time. Please try again in"
        " {minutes} min, or come without one."
    )


class Rate(Protocol):
    """So many numbers within so many minutes."""

    @property
    def numbers(self) -> int: ...
    @property
    def within_min(self) -> int: ...


def seconds_to_wait(taken: Sequence[datetime], now: datetime, policy: Rate) -> int:
    """Return for how long a spot gives no further number; 0 when it gives one now.

    ``taken`` are the times of the numbers it gave lately, in any order.
    """
    allowed = max(1, policy.numbers)
    if len(taken) < allowed:
        return 0
    again = sorted(taken)[-allowed] + timedelta(minutes=policy.within_min)
    return max(0, ceil((again - now).total_seconds()))
