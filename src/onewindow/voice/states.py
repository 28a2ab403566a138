"""Whether a loudspeaker is heard."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sound(models.TextChoices):
    """What a display last said of its own sound."""

    UNKNOWN = "", _("not known yet")
    ON = "on", _("sounds")
    REFUSED = "refused", _("its browser keeps it silent")


LANGUAGES_SAID = 2  # an announcement is made in the hall's language and one more
