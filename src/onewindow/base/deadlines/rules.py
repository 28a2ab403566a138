"""Pure decisions about time: when a hall opens, and when a deadline ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from onewindow.base import clocks
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.deadlines.spans import Span
from onewindow.base.deadlines.states import Unit
from onewindow.base.deadlines.working_days import DayKind, is_known, kind_of

DAY = timedelta(days=1)
LOOK_AHEAD = 400  # days; a hall that does not open for over a year does not open
MONDAY = 0


@dataclass(frozen=True)
class Special:
    """A date that differs; see ``SpecialDay``."""

    is_open: bool
    opens: time | None = None
    closes: time | None = None
    counts: bool | None = None


Week = dict[int, tuple[tuple[time, time], ...]]


@dataclass(frozen=True)
class Calendar:
    """All that decides when one hall (or one of its windows, zones, services) opens."""

    zone: ZoneInfo
    day_starts: time
    policy: HoursPolicy
    week: Week
    special: dict[date, Special]

    def spans(self, day: date) -> tuple[Span, ...]:
        """Return when it opens on a business date; empty when it stays closed."""
        if self.policy.always_open:
            return (self._whole(day),)
        return tuple(self._span(day, opens, closes) for opens, closes in self._hours(day))

    def counts(self, day: date) -> bool:
        """Say whether a day counts as a working day, whether or not the hall opens."""
        special = self.special.get(day)
        if special and special.counts is not None:
            return special.counts
        return kind_of(day, self.policy.country) in (DayKind.WORKING, DayKind.MADE_UP)

    def close_of(self, day: date) -> datetime:
        """Return when work ends on a day: closing time, or the usual one where it is closed."""
        spans = self.spans(day)
        if spans:
            return spans[-1].end
        usual = self.week.get(MONDAY) or next(iter(self.week.values()), ())
        if usual:
            return self._span(day, *usual[-1]).end
        return self._whole(day).end

    def from_(self, at: datetime) -> Iterator[Span]:
        """Yield the spans of opening that end after a moment, the first one cut at it."""
        day = clocks.business_date(at, self.zone, self.day_starts)
        for days in range(LOOK_AHEAD):
            for span in self.spans(day + days * DAY):
                if span.end > at:
                    yield Span(max(span.start, at), span.end)

    def date_of(self, at: datetime) -> date:
        """Return the business date of a moment."""
        return clocks.business_date(at, self.zone, self.day_starts)

    def _hours(self, day: date) -> Sequence[tuple[time, time]]:
        special = self.special.get(day)
        usual = self.week.get(day.weekday(), ())
        as_monday = self.week.get(MONDAY) or usual
        if special:
            if not special.is_open:
                return ()
            if special.opens and special.closes:
                return ((special.opens, special.closes),)
            return usual or as_monday
        if not self.policy.closed_on_holidays:
            return usual
        kind = kind_of(day, self.policy.country)
        if kind is DayKind.HOLIDAY:
            return ()
        return as_monday if kind is DayKind.MADE_UP else usual

    def _span(self, day: date, opens: time, closes: time) -> Span:
        """Put hours on a date; what closes at or before its opening closes the next day."""
        last = day if closes > opens else day + DAY
        return Span(clocks.moment(day, opens, self.zone), clocks.moment(last, closes, self.zone))

    def _whole(self, day: date) -> Span:
        return self._span(day, self.day_starts, self.day_starts)


@dataclass(frozen=True)
class Due:
    """When a deadline ends; provisional while the calendar of one of its years is not known."""

    at: datetime
    provisional: bool


def due(
    calendar: Calendar,
    started: datetime,
    amount: int,
    unit: Unit,
    pauses: Sequence[Span] = (),
) -> Due:
    """Work out when a deadline ends.

    Working days end at closing time of the n-th working day after the day of the start, calendar
    days at closing time of the n-th day, hours and minutes count while the hall is open.
    A pause moves the end by what it took in the same unit: whole (working) days, or open time.
    """
    first = calendar.date_of(started)
    if unit in (Unit.HOURS, Unit.MINUTES):
        wanted = timedelta(hours=amount) if unit is Unit.HOURS else timedelta(minutes=amount)
        end = after_open(calendar, started, wanted, pauses)
    else:
        days = amount + sum(_days(calendar, pause, unit) for pause in pauses)
        end = calendar.close_of(add_days(calendar, first, days, unit))
    years = range(first.year, calendar.date_of(end).year + 1)
    known = all(is_known(year, calendar.policy.country) for year in years)
    return Due(end, provisional=unit is not Unit.DAYS and not known)


def add_days(calendar: Calendar, day: date, amount: int, unit: Unit = Unit.WORKING_DAYS) -> date:
    """Return the n-th day, or working day, after a day."""
    if unit is Unit.DAYS:
        return day + amount * DAY
    while amount > 0:
        day += DAY
        amount -= calendar.counts(day)
    return day


def working_days(calendar: Calendar, after: date, until: date) -> int:
    """Count the working days after one day, until another and with it."""
    return sum(calendar.counts(after + n * DAY) for n in range(1, (until - after).days + 1))


def after_open(
    calendar: Calendar, at: datetime, wanted: timedelta, pauses: Sequence[Span] = ()
) -> datetime:
    """Return the moment at which the hall has been open for so long, pauses left out."""
    left = wanted
    for span in calendar.from_(at):
        for piece in _without(span, pauses):
            if piece.end - piece.start >= left:
                return piece.start + left
            left -= piece.end - piece.start
    return at + wanted  # a hall that never opens: its clock is the wall's


def open_time(
    calendar: Calendar, at: datetime, until: datetime, pauses: Sequence[Span] = ()
) -> timedelta:
    """Return how long the hall is open between two moments, pauses left out."""
    total = timedelta(0)
    for span in calendar.from_(at):
        if span.start >= until:
            break
        for piece in _without(Span(span.start, min(span.end, until)), pauses):
            total += piece.end - piece.start
    return total


def at_share(
    calendar: Calendar,
    started: datetime,
    end: datetime,
    percent: int,
    pauses: Sequence[Span] = (),
) -> datetime:
    """Return when so many percent of the open time of a deadline are gone."""
    if percent >= 100:
        return end
    total = open_time(calendar, started, end, pauses)
    if not total:
        return started + (end - started) * percent / 100
    return min(end, after_open(calendar, started, total * percent / 100, pauses))


def _days(calendar: Calendar, pause: Span, unit: Unit) -> int:
    start, end = calendar.date_of(pause.start), calendar.date_of(pause.end)
    if unit is Unit.DAYS:
        return (end - start).days
    return working_days(calendar, start, end)


def _without(span: Span, pauses: Sequence[Span]) -> Iterator[Span]:
    """Yield what is left of a span when the pauses are cut out of it."""
    start = span.start
    for pause in sorted(pauses, key=lambda pause: pause.start):
        if pause.end <= start or pause.start >= span.end:
            continue
        if pause.start > start:
            yield Span(start, pause.start)
        start = max(start, pause.end)
    if start < span.end:
        yield Span(start, span.end)
