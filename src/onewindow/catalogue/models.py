"""What the hall offers: services in groups, and the papers they ask for."""

from collections.abc import Sequence
from typing import Any

from django.core.validators import RegexValidator
from django.db import models

from onewindow.base import clocks
from onewindow.base.halls.models import Department, Hall
from onewindow.base.halls.text import TextField, said
from onewindow.catalogue.states import MIME, Depth, FormKind, Media, Original

MEGABYTE = 1_000_000
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

    at_hand: Sequence["Form"]  # its forms in use; there where it comes from ``queries.services``

    @property
    def blank(self) -> "Form | None":
        """Its blank form, as set-up reads and writes it."""
        return self._form(FormKind.BLANK)

    @blank.setter
    def blank(self, form: "Form | None") -> None:
        self._put(FormKind.BLANK, form)

    @property
    def sample(self) -> "Form | None":
        """Its filled sample, as set-up reads and writes it."""
        return self._form(FormKind.SAMPLE)

    @sample.setter
    def sample(self, form: "Form | None") -> None:
        self._put(FormKind.SAMPLE, form)

    def _form(self, kind: FormKind) -> "Form | None":
        return self.forms.filter(kind=kind, archived_at=None).first() if self.pk else None

    def _put(self, kind: FormKind, form: "Form | None") -> None:
        """Put a form in the place of the one before, which stays, archived."""
        present = self._form(kind)
        if (present and present.digest) == (form and form.digest):
            return
        self.forms.filter(kind=kind, archived_at=None).update(archived_at=clocks.now())
        if form:
            form.material, form.kind = self, kind
            form.save()

    def is_asked(self, answers: dict[str, Any]) -> bool:
        """Say whether the paper is needed, given ``{condition code: bool}``; unanswered: yes."""
        if self.condition is None or self.condition.code not in answers:
            return True
        return bool(answers[self.condition.code]) is self.asked_if


class Form(models.Model):
    """A paper to look at: blank, or filled in as a sample. Its file lies under its hash.

    One of each kind is in use; those before stay for the history.
    """

    material = models.ForeignKey(Material, models.CASCADE, related_name="forms")
    kind = models.CharField(max_length=6, choices=FormKind.choices)
    media = models.CharField(max_length=4, choices=Media.choices)
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    size = models.PositiveIntegerField()  # bytes
    archived_at = models.DateTimeField(null=True, blank=True)

    content = b""  # of one that was just brought

    class Meta:
        ordering = ("kind", "pk")  # blank, then sample
        constraints = [
            models.UniqueConstraint(
                "material",
                "kind",
                condition=models.Q(archived_at=None),
                name="one_form_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What the history calls it; the beginning of the hash tells it from others as large."""
        return f"{self.get_media_display()} · {self.weight} · {self.digest[:8]}"

    @property
    def weight(self) -> str:
        """How large it is, in words."""
        if self.size < MEGABYTE:
            return f"{max(1, round(self.size / 1000))} kB"
        return f"{self.size / MEGABYTE:.1f} MB"

    @property
    def mime(self) -> str:
        """What a browser is told that it is."""
        return MIME[Media(self.media)]
