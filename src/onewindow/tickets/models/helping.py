"""What guides do without a number: questions counted by topic, help given and confirmed."""

from django.conf import settings
from django.db import models

from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import TextField, said
from onewindow.floor.models import Window
from onewindow.tickets.models.queue import Ticket
from onewindow.tickets.states import HelpKind


class Topic(models.Model):
    """What people ask at the guide desk, in the hall's own words, and where they are sent then."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="topics")
    name = TextField()
    sent_to = TextField()  # "window 3", "the tax office in River Street"
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return said(self.name)


class Question(models.Model):
    """One question of a topic, answered or sent on; nobody needs a number for it."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="questions", db_index=False)
    day = models.DateField()
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="questions")
    sent_on = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["hall", "day", "topic"], name="questions_of_a_day")]

    def __str__(self) -> str:
        return str(self.topic)


class Help(models.Model):
    """Help that somebody gave; it counts for them once it is confirmed.

    ``confirmed_by`` is the duty manager; empty where the visitor confirmed it.
    """

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="help", db_index=False)
    day = models.DateField()
    kind = models.CharField(max_length=12, choices=HelpKind.choices)
    words = models.CharField(max_length=200, blank=True)
    ticket = models.ForeignKey(
        Ticket, models.SET_NULL, null=True, blank=True, related_name="help_given"
    )
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["hall", "day", "id"], name="help_of_a_day")]

    def __str__(self) -> str:
        return str(HelpKind(self.kind).label)
