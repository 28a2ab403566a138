"""When a hall opens, and which of its days count as working days: two answers, kept apart."""

from django.db import models

from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import TextField


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

    class Meta:
        constraints = [models.UniqueConstraint("hall", "day", name="one_special_day")]
