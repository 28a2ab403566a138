"""The life of a message, and the ways it can go out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a message reaches a person."""

    IN_APP = "in_app", _("notice in OneWindow")
    EMAIL = "email", _("e-mail")
    GATEWAY = "gateway", _("text message gateway")


class State(models.TextChoices):
    """A message waits, is sent, has failed and will be tried again, or is given up."""

    QUEUED = "queued", _("waiting to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed, will be tried again")
    GAVE_UP = "gave_up", _("could not be sent")


MOVES: dict[State, set[State]] = {
    State.QUEUED: {State.SENT, State.FAILED, State.GAVE_UP},
    State.FAILED: {State.SENT, State.FAILED, State.GAVE_UP},
    State.SENT: set(),
    State.GAVE_UP: {State.FAILED},  # somebody asked to try once more
}
TO_SEND = (State.QUEUED, State.FAILED)
