"""The life of a paper that is to be printed, how a printer is, and why something prints again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

DPMM = 8  # dots of a millimetre: what these printers have
WIDTHS = {58: 384, 80: 576}  # of the paper in millimetres: dots that can be printed


class State(models.TextChoices):
    """A paper waits, was printed, failed and will be tried again, or is given up."""

    QUEUED = "queued", _("waiting to be printed")
    SENT = "sent", _("printed")
    FAILED = "failed", _("not printed, will be tried again")
    GAVE_UP = "gave_up", _("could not be printed")


MOVES: dict[State, set[State]] = {
    State.QUEUED: {State.SENT, State.FAILED, State.GAVE_UP},
    State.FAILED: {State.SENT, State.FAILED, State.GAVE_UP},
    State.SENT: set(),
    State.GAVE_UP: set(),  # who still wants it asks for a new one
}
TO_PRINT = (State.QUEUED, State.FAILED)
NOT_PRINTED = (State.FAILED, State.GAVE_UP)


class Condition(models.TextChoices):
    """How a printer says it is; one that says nothing, or nonsense, is unknown and is used."""

    UNKNOWN = "unknown", _("says nothing about itself")
    READY = "ready", _("ready")
    NEAR_END = "near_end", _("paper nearly used up")
    PAPER_OUT = "paper_out", _("no paper")
    COVER_OPEN = "cover_open", _("the cover is open")
    STOPPED = "stopped", _("it has stopped with an error")
    OFFLINE = "offline", _("it cannot be reached")


TROUBLE = (Condition.PAPER_OUT, Condition.COVER_OPEN, Condition.STOPPED, Condition.OFFLINE)


class Why(models.TextChoices):
    """Why something is printed once more."""

    JAM = "jam", _("the printer failed")
    LOST = "lost", _("the ticket was lost")
    UNREADABLE = "unreadable", _("it cannot be read")
    CHANGED = "changed", _("something on it has changed")
