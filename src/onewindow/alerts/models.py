"""What needs a person: alerts, one per cause, and the emergency that every screen shows."""

from django.conf import settings
from django.db import models
from django.utils import translation

from onewindow.accounts.states import Role
from onewindow.alerts import kinds
from onewindow.alerts.states import ICONS, EmergencyKind, Level
from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import TextField, said


class Alert(models.Model):
    """Something that needs a person. It is open until ``closed_at``; one is open per cause.

    ``cause`` says what it comes from (``window.5.idle``), so that a second look at the same
    trouble does not raise it twice, and so that who cures it can close it.
    """

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="alerts")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    kind = models.CharField(max_length=60)
    cause = models.CharField(max_length=120)
    subject = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    data = models.JSONField(default=dict, blank=True)
    owner_role = models.CharField(max_length=24, choices=Role.choices, default=Role.DUTY_MANAGER)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    snooze_reason = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["hall", "closed_at", "level"], name="open_alerts")]
        constraints = [
            models.UniqueConstraint(
                "hall",
                "cause",
                condition=models.Q(closed_at=None),
                name="one_open_alert_per_cause",
            )
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """What it says, in the reader's language."""
        return kinds.sentence(self.kind, self.data)

    @property
    def does(self) -> kinds.Kind:
        """Its kind, which knows the words of its button."""
        return kinds.find(self.kind)

    @property
    def address(self) -> str:
        """Where its button leads; empty when there is nothing to open."""
        return kinds.address(self.kind, self.hall.slug, self.data)


class Emergency(models.Model):
    """What every screen of a hall shows while it lasts; a hall has at most one."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="emergencies")
    kind = models.CharField(max_length=12, choices=EmergencyKind.choices)
    text = TextField()
    drill = models.BooleanField(default=False)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "emergencies"
        constraints = [
            models.UniqueConstraint(
                "hall",
                condition=models.Q(ended_at=None),
                name="one_emergency_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return said(self.text) or str(EmergencyKind(self.kind).label)

    @property
    def icon(self) -> str:
        """The picture of its kind."""
        return ICONS[self.kind]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What the screens say, in each of the hall's languages: its own words, or the usual."""
        spoken = self.hall.languages or [self.hall.language]
        return [(language, self._in(language)) for language in spoken]

    def _in(self, language: str) -> str:
        with translation.override(language.lower()):
            return self.text.get(language) or str(EmergencyKind(self.kind).label)
