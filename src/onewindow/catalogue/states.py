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


class FormKind(models.TextChoices):
    """What a paper can be looked at as."""

    BLANK = "blank", _("Blank form")
    SAMPLE = "sample", _("Filled sample")


class Media(models.TextChoices):
    """What a form is made of; each is told by its content."""

    PDF = "pdf", "PDF"
    PNG = "png", "PNG"
    JPEG = "jpeg", "JPEG"


MIME = {Media.PDF: "application/pdf", Media.PNG: "image/png", Media.JPEG: "image/jpeg"}

SERIES_OF_WALK_INS = "W"
SERIES_OF_PAPER = "Z"  # of a day on paper: printed beforehand, entered afterwards
SERIES_KEPT = {
    SERIES_OF_WALK_INS: _("W is kept for who is served without a number. Choose another letter."),
    SERIES_OF_PAPER: _("Z is kept for the day on paper. Choose another letter."),
}

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
