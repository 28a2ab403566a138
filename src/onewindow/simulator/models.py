"""The demonstration's own state: what the person on its front page asked for."""

from django.db import models

from onewindow.base.halls.models import Hall


class Demonstration(models.Model):
    """Whether simulated people go on, how many come, and what happened last."""

    hall = models.OneToOneField(Hall, models.CASCADE)
    paused = models.BooleanField(default=False)
    traffic = models.FloatField(default=1.0)
    jammed = models.BooleanField(default=False)  # the paper sticks in the kiosk's printer
    away = models.CharField(max_length=8, blank=True)  # the window whose clerk left without a word
    happened = models.JSONField(default=dict, blank=True)  # what, and what its sentence tells
    happened_at = models.DateTimeField(null=True, blank=True)
