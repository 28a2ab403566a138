"""The life of a deadline, and the units it is given in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """What a deadline counts: working days, all days, or the time that the hall is open."""

    WORKING_DAYS = "wd", _("working days")
    DAYS = "d", _("days")
    HOURS = "h", _("hours")
    MINUTES = "min", _("minutes")


class State(models.TextChoices):
    """A deadline runs, stands still, or has ended."""

    RUNNING = "running", _("running")
    PAUSED = "paused", _("clock stopped")
    MET = "met", _("met")
    MISSED = "missed", _("overdue")


MOVES: dict[State, set[State]] = {
    State.RUNNING: {State.PAUSED, State.MET, State.MISSED},
    State.PAUSED: {State.RUNNING, State.MET},
    State.MET: set(),
    State.MISSED: set(),  # what was late stays late, also when it is done at last
}
