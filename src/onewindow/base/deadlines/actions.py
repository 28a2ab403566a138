"""Start, pause, resume and meet deadlines; remind of them; set a hall's hours."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.deadlines import rules
from onewindow.base.deadlines.models import Deadline, DeadlineNotNow, Hours, Pause, SpecialDay
from onewindow.base.deadlines.queries import calendar, hours_of
from onewindow.base.deadlines.spans import Span
from onewindow.base.deadlines.states import State, Unit
from onewindow.base.deadlines.working_days import EDITION
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By, editing, job
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused

REMIND_AT = (50, 80, 100)  # percent of its time
AT_ONCE = 500
FOLLOW_AT_ONCE = 50  # a working day is looked up for each day of each: no transaction lasts long
SPANS_A_DAY = 3

Times = tuple[time, time]


class TooManySpans(Refused):
    """A day has at most three spans of opening."""

    sentence = _("A day has at most three spans of opening hours.")
    status = 422


class SpansOverlap(Refused):
    """Two spans of a day overlap."""

    sentence = _("The opening hours of one day overlap.")
    status = 422


@action
def start(
    *, hall: Hall, subject: models.Model, kind: str, amount: int, unit: Unit, by: By
) -> Deadline:
    """Start the clock for something that is due."""
    now = clocks.now()
    due = rules.due(calendar(hall), now, amount, unit)
    deadline = Deadline(
        hall=hall,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        kind=kind,
        amount=amount,
        unit=unit,
        started_at=now,
        due_at=due.at,
        provisional=due.provisional,
        edition=EDITION,
    )
    deadline.remind_at = _next_reminder(deadline, [])
    deadline.save()
    _tell("deadline.started", deadline, by)
    return deadline


@action
def pause(*, deadline: Deadline, reason: str, by: By) -> None:
    """Stop the clock, with the reason. What is overdue cannot be stopped any more."""
    if deadline.due_at <= clocks.now():
        raise DeadlineNotNow(state=State.MISSED.label)
    deadline.move(State.PAUSED, remind_at=None)
    Pause.objects.create(deadline=deadline, reason=reason[:200], since=clocks.now())
    _tell("deadline.paused", deadline, by, reason=reason[:200])


@action
def resume(*, deadline: Deadline, by: By) -> None:
    """Let the clock run again; what is due moves by the time it stood still."""
    deadline.move(State.RUNNING)
    deadline.pauses.filter(until=None).update(until=clocks.now())
    _work_out(deadline)
    _tell("deadline.resumed", deadline, by)


@action
def meet(*, deadline: Deadline, by: By) -> None:
    """Say that the thing is done. What was overdue stays overdue, and is reminded of no more."""
    now = clocks.now()
    deadline.pauses.filter(until=None).update(until=now)
    if deadline.state == State.MISSED and deadline.done_at is None:
        Deadline.objects.filter(pk=deadline.pk).update(done_at=now, remind_at=None)
        deadline.refresh_from_db()
    else:
        late = deadline.state == State.RUNNING and now > deadline.due_at
        deadline.move(State.MISSED if late else State.MET, done_at=now, remind_at=None)
    _tell("deadline.done", deadline, by, state=deadline.state)


def sweep() -> int:
    """Remind of what is due and mark what is overdue; return how many. Called by the clock."""
    due = Deadline.objects.filter(remind_at__lte=clocks.now()).order_by("remind_at")
    return sum(_remind(pk) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@action
def recompute(*, hall: Hall, by: By | None = None) -> int:
    """Work out open deadlines again after the calendar changed; return how many moved."""
    running = Deadline.objects.filter(hall=hall, state=State.RUNNING).select_related("hall")
    open_ones = running.select_for_update(of=("self",)).iterator(chunk_size=AT_ONCE)
    return sum(_moved(deadline, by or job("calendar")) for deadline in open_ones)


def follow_calendar() -> int:
    """Work out again what follows an older edition of the countries' calendars; return how many
    moved. Called by the clock: an upgrade brings a new edition, and finds open deadlines.

    A deadline that is paused is worked out when it runs again.
    """
    moved = 0
    for hall in Hall.objects.all():
        behind = Deadline.objects.filter(hall=hall, state=State.RUNNING).exclude(edition=EDITION)
        while keys := list(behind.values_list("pk", flat=True)[:FOLLOW_AT_ONCE]):
            moved += _follow(keys)
    return moved


@action
def _follow(keys: Sequence[int]) -> int:
    rows = Deadline.objects.filter(pk__in=keys, state=State.RUNNING).select_related("hall")
    return sum(
        _moved(deadline, job("calendar")) for deadline in rows.select_for_update(of=("self",))
    )


@action
def set_hours(
    *, hall: Hall, week: Mapping[int, Sequence[Times]], by: By, scope: str = "", seen: str = ""
) -> None:
    """Set when a hall, or a part of it, opens: spans by weekday, Monday is 0."""
    for spans in week.values():
        _check(spans)
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    before = hours_of(hall, scope)
    editing.unchanged(before, ("week",), seen)
    old, new = editing.plain(before.week), editing.plain({day: week[day] for day in sorted(week)})
    changes = {"week": [old, new]}
    Hours.objects.filter(hall=hall, scope=scope).delete()
    Hours.objects.bulk_create(
        Hours(hall=hall, scope=scope, weekday=weekday, opens=opens, closes=closes)
        for weekday, spans in week.items()
        for opens, closes in spans
    )
    changed(hall)
    label = scope or hall.slug
    record(
        "hours.set",
        hall,
        by=by,
        hall=hall.pk,
        label=label,
        topics=("hall",),
        scope=scope,
        changes=changes,
    )
    recompute(hall=hall, by=by)


@action
def save_special_day(
    *, hall: Hall, row: SpecialDay, values: editing.Values, by: By, seen: str = ""
) -> SpecialDay:
    """Say, in the set-up, that a date differs. What is due is worked out anew."""
    special = editing.edit(hall=hall, row=row, values=values, by=by, seen=seen)
    recompute(hall=hall, by=by)
    return special


@action
def archive_special_day(*, hall: Hall, row: SpecialDay, by: By) -> None:
    """Let a date be as any other."""
    editing.archive(hall=hall, row=row, by=by)
    recompute(hall=hall, by=by)


@action
def restore_special_day(*, hall: Hall, row: SpecialDay, by: By) -> None:
    """Let a date differ again."""
    editing.restore(hall=hall, row=row, by=by)
    recompute(hall=hall, by=by)


@action
def set_special_day(
    *,
    hall: Hall,
    day: date,
    is_open: bool,
    by: By,
    hours: Times | None = None,
    counts: bool | None = None,
    note: dict[str, str] | None = None,
) -> SpecialDay:
    """Say that a date differs. Whether it counts as a working day is a question of its own."""
    opens, closes = hours or (None, None)
    special, _new = SpecialDay.objects.update_or_create(
        hall=hall,
        day=day,
        defaults={
            "is_open": is_open,
            "opens": opens,
            "closes": closes,
            "counts": counts,
            "note": note or {},
            "archived_at": None,
        },
    )
    changed(hall)
    record("special-day.set", special, by=by, topics=("hall",), day=day, is_open=is_open)
    recompute(hall=hall, by=by)
    return special


@action
def _remind(pk: int) -> int:
    """Remind of one deadline, if it is still due; 1 when it was."""
    now = clocks.now()
    rows = Deadline.objects.select_for_update(of=("self",)).select_related("hall")
    deadline = rows.filter(pk=pk, remind_at__lte=now).first()
    if deadline is None:
        return 0
    if deadline.state == State.RUNNING and deadline.due_at <= now:
        deadline.move(State.MISSED)
    if deadline.state == State.MISSED:
        deadline.reminded = max(100, deadline.reminded + 1)
    else:
        passed = [p for p in REMIND_AT if p > deadline.reminded]
        deadline.reminded = passed[0] if passed else 100
    deadline.remind_at = _next_reminder(deadline, _pauses(deadline))
    deadline.save(update_fields=["reminded", "remind_at"])
    _tell("deadline.reminded", deadline, job("deadlines"), percent=deadline.reminded)
    return 1


def _next_reminder(deadline: Deadline, pauses: Sequence[Span]) -> datetime | None:
    """Return when to remind next: at a share of its time, then at each working day's start."""
    hours = calendar(deadline.hall)
    left = [percent for percent in REMIND_AT if percent > deadline.reminded]
    if left and deadline.state != State.MISSED:
        return rules.at_share(hours, deadline.started_at, deadline.due_at, left[0], pauses)
    day = rules.add_days(hours, hours.date_of(clocks.now()), 1)
    spans = hours.spans(day)
    return spans[0].start if spans else hours.close_of(day) - timedelta(hours=8)


def _moved(deadline: Deadline, by: By) -> bool:
    """Work out a deadline again; say so on the trail when it moved."""
    before = deadline.due_at
    _work_out(deadline)
    if deadline.due_at == before:
        return False
    _tell("deadline.moved", deadline, by, due_before=before)
    return True


def _work_out(deadline: Deadline) -> None:
    pauses = _pauses(deadline)
    due = rules.due(
        calendar(deadline.hall), deadline.started_at, deadline.amount, Unit(deadline.unit), pauses
    )
    deadline.due_at, deadline.provisional = due.at, due.provisional
    deadline.edition = EDITION
    deadline.remind_at = _next_reminder(deadline, pauses)
    deadline.save(update_fields=["due_at", "provisional", "edition", "remind_at"])


def _pauses(deadline: Deadline) -> list[Span]:
    now = clocks.now()
    return [pause.span(now) for pause in deadline.pauses.order_by("since")]


def _check(spans: Iterable[Times]) -> None:
    ordered = sorted(spans)
    if len(ordered) > SPANS_A_DAY:
        raise TooManySpans
    for (_opens, closes), (then, _closes) in pairwise(ordered):
        if closes > then:
            raise SpansOverlap


def _tell(kind: str, deadline: Deadline, by: By, **data: Any) -> None:
    record(
        kind,
        deadline,
        by=by,
        of=deadline.subject,
        of_id=deadline.subject_id,
        deadline=deadline.kind,
        due=deadline.due_at,
        **data,
    )
