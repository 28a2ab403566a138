"""The fixed words of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Depth(models.TextChoices):
    """How far a service is followed here."""

    TICKET = "ticket", _("who, what, outcome")
    CASE = "case", _("steps kept here")
    FOLLOWED = "followed", _("steps come from the department's system")


class Original(models.TextChoices):
    """In which form a paper is asked for."""

    ORIGINAL = "original", _("original")
    COPY = "copy", _("copy")
    BOTH = "both", _("original and copy")


GUIDE = {
    "basis": _("Legal basis"),
    "who": _("Who may apply"),
    "conditions": _("Conditions"),
    "process": _("How it goes"),
    "fee": _("Fee"),
    "statutory_limit": _("Statutory limit"),
    "promised_limit": _("Promised time"),
    "place": _("Where"),
    "hours": _("When"),
    "phone": _("Ask by phone"),
    "result": _("What you get"),
    "remedy": _("If you disagree"),
}
