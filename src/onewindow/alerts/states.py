"""How much an alert hurries, and what an emergency is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """Three levels only; the smaller, the sooner."""

    ACT_NOW = 1, _("act now")
    TODAY = 2, _("today")
    GOOD_TO_KNOW = 3, _("good to know")


WAITS = [  # minutes that an alert may be put off, in words
    (15, _("15 minutes")),
    (30, _("30 minutes")),
    (60, _("1 hour")),
    (240, _("4 hours")),
]


ICONS = {  # of an emergency, by its kind
    "evacuate": "door-open",
    "medical": "heart-pulse",
    "system_down": "server-off",
    "other": "megaphone",
}


class EmergencyKind(models.TextChoices):
    """What every screen is turned to."""

    EVACUATE = "evacuate", _("Please leave the hall now by the nearest exit.")
    MEDICAL = "medical", _("Medical emergency: please keep the way free.")
    SYSTEM_DOWN = (
        "system_down",
        _("Our system is down. Please stay seated, we will tell you more."),
    )
    OTHER = "other", _("Please listen to the staff.")
