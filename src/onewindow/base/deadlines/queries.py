"""When a hall opens, closes and takes tickets. Answered from memory: no query on the hot path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from onewindow.base.deadlines.models import Hours, SpecialDay
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.deadlines.rules import Calendar, Special, Week
from onewindow.base.deadlines.spans import Span
from onewindow.base.halls.memory import remembered
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.halls.text import said


@dataclass(frozen=True)
class Opening:
    """What a visitor is told about today."""

    is_open: bool
    spans: tuple[Span, ...]  # of today, in the hall's time
    next_opening: datetime | None  # None while it is open
    closes: datetime | None  # the last closing of today
    note: dict[str, str]  # of a special day

    @property
    def hours(self) -> str:
        """Return today's hours: ``09:00–12:00, 13:30–17:00``; empty when closed."""
        return pgettext("between two spans of hours", ", ").join(
            f"{span.start:%H:%M}–{span.end:%H:%M}" for span in self.spans
        )

    @property
    def sentence(self) -> str:
        """Return one sentence: open today from–to, or when it opens next."""
        note = f" {said(self.note)}" if self.note else ""
        if any(span.end - span.start >= timedelta(days=1) for span in self.spans):
            return _("Open around the clock.") + note
        if self.is_open or (self.next_opening and self.spans and self._later_today):
            return _("Open today {hours}.").format(hours=self.hours) + note
        if self.next_opening is None:
            return _("Closed; the next opening is not known.") + note
        day = date_format(self.next_opening, pgettext("date", "l, j F"))
        opens = f"{day} {self.next_opening:%H:%M}"
        return _("Closed now. Opens {next}.").format(next=opens) + note

    @property
    def _later_today(self) -> bool:
        return self.next_opening in [span.start for span in self.spans]


@dataclass(frozen=True)
class HoursOf:
    """The week of a hall, or of a part that keeps hours of its own, as set-up shows it."""

    hall: Hall
    scope: str
    week: Mapping[int, Sequence[tuple[time, time]]]

    @property
    def pk(self) -> str:
        """What stands for it in an address."""
        return self.scope or "hall"


def hours_of(hall: Hall, scope: str = "") -> HoursOf:
    """Return the week of a hall, or of a part of it; empty when that keeps none of its own."""
    week: dict[int, list[tuple[time, time]]] = {}
    for row in Hours.objects.filter(hall=hall, scope=scope).order_by("weekday", "opens"):
        week.setdefault(row.weekday, []).append((row.opens, row.closes))
    return HoursOf(hall, scope, week)


def spans(hall: Hall, day: date, scope: str = "") -> tuple[Span, ...]:
    """Return when the hall (or ``zone.east``, ``window.5``, ``service.S01``) opens on a day."""
    return _spans(hall, day, scope)


def is_open(hall: Hall, at: datetime, scope: str = "") -> bool:
    """Say whether it is open at a moment."""
    return any(span.holds(at) for span in spans(hall, hall.today(at), scope))


def closes_at(hall: Hall, at: datetime, scope: str = "") -> datetime | None:
    """Return today's closing time, the last one; None when it does not open any more today."""
    today = spans(hall, hall.today(at), scope)
    return today[-1].end if today and at < today[-1].end else None


def takes_tickets(hall: Hall, at: datetime, scope: str = "") -> bool:
    """Say whether tickets are given: from some minutes before opening until closing time.

    A break at noon does not stop it: who comes then waits for the afternoon and is told so.
    """
    today = spans(hall, hall.today(at), scope)
    if not today:
        return False
    before = timedelta(minutes=policy(hall, HoursPolicy).before_opening_min)
    return today[0].start - before <= at < today[-1].end


def next_opening(hall: Hall, at: datetime, scope: str = "") -> datetime | None:
    """Return the next moment at which it is open: now, when it is."""
    return next((span.start for span in calendar(hall, scope).from_(at)), None)


def opening_today(hall: Hall, at: datetime, scope: str = "") -> Opening:
    """Return what a visitor is told about today, in the hall's own time."""
    day = hall.today(at)
    open_now = is_open(hall, at, scope)
    following = None if open_now else next_opening(hall, at, scope)
    closes = closes_at(hall, at, scope)
    today = spans(hall, day, scope)
    return Opening(
        is_open=open_now,
        spans=tuple(Span(_local(hall, s.start), _local(hall, s.end)) for s in today),
        next_opening=following and _local(hall, following),
        closes=closes and _local(hall, closes),
        note=_special_notes(hall).get(day, {}),
    )


def counts_as_working_day(hall: Hall, day: date) -> bool:
    """Say whether a day counts as a working day, whether or not the hall opens."""
    return calendar(hall).counts(day)


@remembered
def calendar(hall: Hall, scope: str = "") -> Calendar:
    """Return all that decides when a hall, or a part of it with hours of its own, opens."""
    return Calendar(
        zone=hall.zone,
        day_starts=hall.day_starts,
        policy=policy(hall, HoursPolicy),
        week=_weeks(hall).get(scope) or _weeks(hall).get("", {}),
        special={
            row.day: Special(row.is_open, row.opens, row.closes, row.counts)
            for row in SpecialDay.objects.filter(hall=hall, archived_at=None)
        },
    )


@remembered
def _spans(hall: Hall, day: date, scope: str) -> tuple[Span, ...]:
    return calendar(hall, scope).spans(day)


@remembered
def _weeks(hall: Hall) -> dict[str, Week]:
    weeks: dict[str, Week] = {}
    for row in Hours.objects.filter(hall=hall).order_by("weekday", "opens"):
        week = weeks.setdefault(row.scope, {})
        week[row.weekday] = (*week.get(row.weekday, ()), (row.opens, row.closes))
    return weeks


@remembered
def _special_notes(hall: Hall) -> dict[date, Any]:
    rows = SpecialDay.objects.filter(hall=hall, archived_at=None)
    return dict(rows.values_list("day", "note"))


def _local(hall: Hall, at: datetime) -> datetime:
    return at.astimezone(hall.zone)
