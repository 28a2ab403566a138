"""The demonstration's own state: what the person on its front page asked for."""

from django.db import models

from onewindow.base.halls.models import Hall


class Demonstration(models.Model):
    """Whether simulated people go on, and how many come."""

    hall = models.OneToOneField(Hall, models.CASCADE)
    paused = models.BooleanField(default=False)
    traffic = models.FloatField(default=1.0)
