"""Appointments by rule, values in and values out: times, the place in the queue, reminders."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.deadlines.spans import Span
from onewindow.base.halls.setting import setting

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as something else
CODE_LENGTH = 6
DAY = timedelta(days=1)


@dataclass(frozen=True)
class AppointmentPolicy:
    """The hall's rules for appointments. ``of_services`` says otherwise for services, by code."""

    title: ClassVar = _("Appointments")
    icon: ClassVar = "calendar-check"

    slot_min: int = setting(
        30, _("A time lasts, minutes"), between=(5, 480), part=_("What can be booked")
    )
    per_slot: int = setting(
        2,
        _("Visitors of one service at one time"),
        _("0: no appointments."),
        between=(0, 500),
    )
    of_services: dict[str, int] = setting(
        {},
        _("Other numbers for single services"),
        _("Short codes, each with its number: HK-01 = 4, SB-02 = 0."),
        between=(0, 500),
        kind="figures",
        usual=_("no others"),
    )
    horizon_wd: int = setting(5, _("Can be booked so many working days ahead"), between=(1, 120))
    cancel_before_min: int = setting(
        120,
        _("Can be changed until so many minutes before"),
        between=(0, 10_080),
        part=_("Coming, late or not at all"),
    )
    late_min: int = setting(
        15,
        _("Who comes so many minutes late keeps the place"),
        _("Later than that, one waits as those do who have just come."),
        between=(0, 240),
    )
    callable_before_min: int = setting(
        10, _("Can be called so many minutes before the time"), between=(0, 240)
    )
    lead_min: int = setting(
        15,
        _("Stands as if one had come so many minutes before, at least"),
        _("More where the queue's usual wait is longer: one is called about the time booked."),
        between=(0, 240),
    )
    no_shows: int = setting(
        0,
        _("After so many missed appointments nobody books with this phone"),
        _("0: no limit."),
        between=(0, 100),
    )
    no_show_days: int = setting(90, _("And for so many days they count"), between=(1, 1_000))
    remind_at: str = setting(
        "16:00", _("A reminder on the day before, at"), kind="clock", part=_("Reminders")
    )
    remind_before_min: int = setting(
        60, _("And one so many minutes before the time"), between=(5, 1_440)
    )


@dataclass(frozen=True)
class Booked:
    """The time of an appointment, and the place in the order that it gives."""

    at: datetime
    due: datetime


def capacity(code: str, policy: AppointmentPolicy) -> int:
    """Return how many may book one time of a service."""
    return policy.of_services.get(code, policy.per_slot)


def starts(spans: Iterable[Span], policy: AppointmentPolicy) -> Iterator[datetime]:
    """Yield the times within opening hours at which a whole slot fits."""
    step = timedelta(minutes=max(1, policy.slot_min))
    for span in spans:
        at = span.start
        while at + step <= span.end:
            yield at
            at += step


def callable_from(booked: datetime, policy: AppointmentPolicy) -> datetime:
    """Return when whoever booked a time may be called, were the windows not idle before."""
    return booked - timedelta(minutes=policy.callable_before_min)


def is_late(booked: datetime, came: datetime, policy: AppointmentPolicy) -> bool:
    """Say whether somebody came too late to keep the place."""
    return came > booked + timedelta(minutes=policy.late_min)


def due(booked: datetime, now: datetime, median_s: int, policy: AppointmentPolicy) -> datetime:
    """Return the place in the order of who checks in now, or is callable now.

    Before that it is the time itself: later than all who have come, so only an idle window calls.
    From then on ``booked − max(15 min, the queue's median wait)``, so that one is called about the
    time that was booked. Who is late joins now.
    """
    if now < callable_from(booked, policy):
        return booked
    if is_late(booked, now, policy):
        return now
    return booked - max(timedelta(minutes=policy.lead_min), timedelta(seconds=median_s))


def may_change(booked: datetime, now: datetime, policy: AppointmentPolicy) -> bool:
    """Say whether an appointment may still be cancelled or moved."""
    return now <= booked - timedelta(minutes=policy.cancel_before_min)


def next_reminder(
    booked: datetime, after: datetime, zone: ZoneInfo, policy: AppointmentPolicy
) -> datetime | None:
    """Return when the next reminder is due: the day before, then shortly before; else None."""
    day_before = booked.astimezone(zone).date() - DAY
    reminders = (
        clocks.moment(day_before, time.fromisoformat(policy.remind_at), zone),
        booked - timedelta(minutes=policy.remind_before_min),
    )
    return next((at for at in reminders if at > after), None)


def is_tomorrow(booked: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Say whether a reminder speaks of tomorrow."""
    return booked.astimezone(zone).date() > now.astimezone(zone).date()


def plain_code(typed: str) -> str:
    """Return a code as it is kept: without what people and scanners put around it."""
    return "".join(letter for letter in typed.upper() if letter in ALPHABET)[: CODE_LENGTH + 1]


def plain_phone(typed: str) -> str:
    """Return a phone number as it is compared: digits alone, without China's own prefix."""
    digits = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
    if typed.strip().startswith(("+86", "0086")):
        digits = digits.removeprefix("00").removeprefix("86")
    return digits
