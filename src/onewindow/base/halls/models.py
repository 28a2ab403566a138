"""Who the installation belongs to, and where each room keeps its settings."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models

from onewindow.base import clocks
from onewindow.base.halls.text import TextField, said

LABEL = RegexValidator(r"\A[0-9A-Za-z-]{1,8}\Z")


class Organisation(models.Model):
    """The one organisation of this installation."""

    name = TextField()

    def __str__(self) -> str:
        return said(self.name)


class Hall(models.Model):
    """The tenant: every row of hall business carries its hall.

    ``version`` grows with every change of what the hall *is* (services, windows, policies, keys),
    so that processes may keep those in memory and ask for one number only.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="halls")
    slug = models.SlugField(max_length=40, unique=True)
    name = TextField()
    timezone = models.CharField(max_length=40, default="Asia/Shanghai")
    day_starts = models.TimeField(default=time(4))
    languages = models.JSONField(default=list)
    phone = models.CharField(max_length=40, blank=True)
    address = TextField()
    accent = models.PositiveSmallIntegerField(default=178)
    logo = models.CharField(max_length=16, blank=True)  # names its picture
    version = models.PositiveBigIntegerField(default=1)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return said(self.name)

    @property
    def zone(self) -> ZoneInfo:
        """The hall's time zone; not to be mixed up with a zone of its floor."""
        return ZoneInfo(self.timezone)

    @property
    def language(self) -> str:
        """The hall's first language, as a BCP 47 tag."""
        return self.languages[0] if self.languages else "zh-Hans"

    def today(self, at: datetime | None = None) -> date:
        """The business date of a moment, by default of now."""
        return clocks.business_date(at or clocks.now(), self.zone, self.day_starts)


class Picture(models.Model):
    """A hall's logo, drawn anew by us: a PNG. It lies in the database, so a backup has it."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="pictures")
    name = models.CharField(max_length=16)  # the beginning of its hash: it never changes
    png = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("hall", "name", name="one_picture_per_name")]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department of the organisation, linked to the halls where it serves."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="departments")
    code = models.CharField(max_length=20)
    name = TextField()
    halls = models.ManyToManyField(Hall, related_name="departments", blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "code", name="one_department_per_code")
        ]

    def __str__(self) -> str:
        return said(self.name)


class Policy(models.Model):
    """One room's settings for a hall from a moment on. Append-only: the newest counts."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="policies")
    key = models.CharField(max_length=60)
    value = models.JSONField()
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["hall", "key", "since"])]
