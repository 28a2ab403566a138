"""What the hall offers: services in groups, and the papers they ask for."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models

from onewindow.base.halls.models import Department, Hall
from onewindow.base.halls.text import TextField, said
from onewindow.catalogue.states import Depth, Original

CODE = RegexValidator(r"\A[0-9A-Za-z-]{1,20}\Z")


class Group(models.Model):
    """Services that stand together on a kiosk and on a display, with one series of numbers."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="groups")
    code = models.CharField(max_length=20, validators=[CODE])
    name = TextField()
    series = models.CharField(max_length=2)  # the letter of its numbers: A037
    icon = models.CharField(max_length=40, blank=True)  # a name of lucide's
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint("hall", "code", name="one_group_per_code")]

    def __str__(self) -> str:
        return said(self.name)


class Service(models.Model):
    """A service (事项). ``guide`` holds what it says of itself: see ``GUIDE`` in ``states``."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="services")
    group = models.ForeignKey(Group, models.PROTECT, related_name="services")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)
    code = models.CharField(max_length=20, validators=[CODE])
    name = TextField()
    summary = TextField()  # one line for tiles and lists
    keywords = models.CharField(max_length=200, blank=True)  # other words people search by
    spelling = models.TextField(blank=True)  # pinyin of name and keywords, written by the actions
    depth = models.CharField(max_length=10, choices=Depth.choices, default=Depth.TICKET)
    series = models.CharField(max_length=2, blank=True)  # its own, else its group's
    guide = models.JSONField(default=dict, blank=True)
    target_minutes = models.PositiveSmallIntegerField(default=10)
    day_cap = models.PositiveIntegerField(null=True, blank=True)
    slot_cap = models.PositiveIntegerField(null=True, blank=True)  # per hour
    files_limit = models.PositiveSmallIntegerField(null=True, blank=True)  # per number
    needs_qualification = models.BooleanField(default=False)
    often = models.PositiveSmallIntegerField(default=0)  # share of visitors, orders the kiosk
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint("hall", "code", name="one_service_per_code")]

    def __str__(self) -> str:
        return said(self.name)

    @property
    def draws(self) -> str:
        """The series its numbers are drawn from."""
        return self.series or self.group.series

    @property
    def is_capped(self) -> bool:
        """Whether its numbers of a day or an hour may run out."""
        return self.day_cap is not None or self.slot_cap is not None


class Condition(models.Model):
    """A yes/no question that decides whether a paper is asked for."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="conditions")
    code = models.CharField(max_length=20, validators=[CODE])
    question = TextField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("hall", "code", name="one_condition_per_code")]

    def __str__(self) -> str:
        return said(self.question)


class Material(models.Model):
    """A paper that a service asks for; with a condition, only if its answer is ``asked_if``."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="materials")
    name = TextField()
    issuer = TextField()
    note = TextField()  # validity, format, where to get it
    original = models.CharField(max_length=10, choices=Original.choices, default=Original.ORIGINAL)
    copies = models.PositiveSmallIntegerField(default=0)
    form = models.BooleanField(default=False)  # filled in on the spot
    condition = models.ForeignKey(Condition, models.PROTECT, null=True, blank=True)
    asked_if = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return said(self.name)

    def is_asked(self, answers: dict[str, Any]) -> bool:
        """Say whether the paper is needed, given ``{condition code: bool}``; unanswered: yes."""
        if self.condition is None or self.condition.code not in answers:
            return True
        return bool(answers[self.condition.code]) is self.asked_if
