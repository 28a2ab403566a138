"""The life of a delivery."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """A delivery waits, was taken, has failed and will be tried again, or is given up."""

    QUEUED = "queued", _("waiting to be delivered")
    SENT = "sent", _("delivered")
    FAILED = "failed", _("not taken, will be tried again")
    GAVE_UP = "gave_up", _("given up")


MOVES: dict[State, set[State]] = {
    State.QUEUED: {State.SENT, State.FAILED, State.GAVE_UP},
    State.FAILED: {State.SENT, State.FAILED, State.GAVE_UP},
    State.SENT: set(),
    State.GAVE_UP: set(),
}
TO_SEND = (State.QUEUED, State.FAILED)
