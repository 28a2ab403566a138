"""When a hall opens, which of its days count as working days, and what is due when."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from onewindow.base.deadlines.spans import Span
from onewindow.base.deadlines.states import MOVES, State, Unit
from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import TextField
from onewindow.base.web.refused import Refused


class DeadlineNotNow(Refused):
    """The deadline is in a state that does not allow this."""

    sentence = _("The clock is {state}: this cannot be done with it now.")


class Hours(models.Model):
    """One span of opening on a weekday (Monday is 0), up to three a day.

    ``scope`` is empty for the hall, or ``zone.east``, ``window.5``, ``service.S01`` for what keeps
    hours of its own: extended, staggered, weekend.
    """

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="hours")
    scope = models.CharField(max_length=40, blank=True)
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ("weekday", "opens")


class SpecialDay(models.Model):
    """A date that differs: closed, opened in addition, or with other hours.

    ``counts`` says whether it is a working day; None leaves that to the country's calendar.
    """

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="special_days")
    day = models.DateField()
    is_open = models.BooleanField()
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    counts = models.BooleanField(null=True, blank=True)
    note = TextField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("hall", "day", name="one_special_day")]


class Deadline(models.Model):
    """Something is due: of any subject, in any unit, with pauses and reminders.

    ``provisional`` says that the calendar of a year it reaches into was a guess, ``edition`` which
    edition of the countries' calendars ``due_at`` follows. ``done_at`` is when the thing was done
    at last, also when that was too late.
    """

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="deadlines")
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=3, choices=Unit.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    edition = models.CharField(max_length=20)
    reminded = models.PositiveSmallIntegerField(default=0)  # percent; above 100: days overdue + 100
    remind_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["remind_at"], name="deadline_to_remind"),
            models.Index(fields=["hall", "state", "due_at"], name="deadline_by_due_time"),
        ]
        constraints = [
            models.UniqueConstraint(
                "subject", "subject_id", "kind", name="one_deadline_of_a_kind_per_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.unit}"

    def move(self, to: State, **changes: Any) -> None:
        """Go to another state and save ``changes`` with it: the only writer of ``state``."""
        rows = Deadline.objects.filter(pk=self.pk, state=self.state)
        if to not in MOVES[State(self.state)] or not rows.update(state=to, **changes):
            raise DeadlineNotNow(state=State(self.state).label)
        for name, value in {"state": to, **changes}.items():
            setattr(self, name, value)


class Pause(models.Model):
    """A time in which a deadline's clock stood still, and why."""

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "deadline", condition=models.Q(until=None), name="one_pause_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.reason

    def span(self, now: datetime) -> Span:
        """From when to when; until now while it lasts."""
        return Span(self.since, self.until or now)
