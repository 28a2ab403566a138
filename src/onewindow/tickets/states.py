"""The life of a ticket on one screen, and the fixed words around it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from onewindow.base.halls.words import WORDS


class State(models.TextChoices):
    """Where a ticket is in its life."""

    WAITING = "waiting", _("waiting")
    CALLED = "called", _("called")
    SERVING = "serving", _("being served")
    PARKED = "parked", _("set aside")
    COMING = "coming", _("on the way")
    MISSED = "missed", _("missed")
    DONE = "done", _("done")
    NO_SHOW = "no_show", _("no-show")
    LEFT = "left", pgettext("ticket state", "cancelled")
    CLOSED = "closed", _("not served")


STANDS = {  # the same states as a sentence says them of a ticket
    State.WAITING: pgettext("the ticket is", "waiting"),
    State.CALLED: pgettext("the ticket is", "called"),
    State.SERVING: pgettext("the ticket is", "being served"),
    State.PARKED: pgettext("the ticket is", "set aside"),
    State.COMING: pgettext("the ticket is", "on the way"),
    State.MISSED: pgettext("the ticket is", "missed"),
    State.DONE: pgettext("the ticket is", "done"),
    State.NO_SHOW: pgettext("the ticket is", "a no-show"),
    State.LEFT: pgettext("the ticket is", "cancelled"),
    State.CLOSED: pgettext("the ticket is", "closed, not served"),
}
OPEN = (
    State.WAITING,
    State.CALLED,
    State.SERVING,
    State.PARKED,
    State.MISSED,
    State.COMING,
)
AT_WINDOW = (State.CALLED, State.SERVING)

MOVES: dict[State, set[State]] = {
    State.WAITING: {State.CALLED, State.PARKED, State.LEFT, State.CLOSED},
    State.CALLED: {
        State.SERVING,
        State.MISSED,
        State.NO_SHOW,
        State.LEFT,
        State.DONE,
        State.CLOSED,
    },
    State.SERVING: {State.DONE, State.PARKED, State.WAITING, State.CLOSED},
    State.PARKED: {State.SERVING, State.CALLED, State.WAITING, State.LEFT, State.CLOSED},
    State.COMING: {State.WAITING, State.NO_SHOW, State.LEFT, State.CLOSED},
    State.MISSED: {State.WAITING, State.NO_SHOW, State.LEFT, State.CLOSED},
    State.NO_SHOW: {State.WAITING},
    State.DONE: set(),
    State.LEFT: set(),
    State.CLOSED: set(),
}


class Priority(models.TextChoices):
    """The class a visitor declares; its credit makes the place in the order."""

    P1 = "p1", _("disabled, pregnant, with infant, or 80 and older")
    P2 = "p2", _("returning with a notice")
    P3 = "p3", _("70 and older, or honoured by the hall")
    P4 = "p4", _("everyone")


class Channel(models.TextChoices):
    """Where the ticket was taken."""

    KIOSK = "kiosk", _("kiosk")
    PHONE = "phone", _("phone")
    GUIDE = "guide", WORDS["guide_desk"]
    DESK = "desk", _("window")
    API = "api", _("other system")
    APPOINTMENT = "appointment", _("appointment")
    REMOTE = "remote", _("from afar")


class Need(models.TextChoices):
    """What a visitor needs; it follows the visit and is never proved by a paper."""

    HEARING = "hearing", _("hearing")
    SIGHT = "sight", _("sight")
    WALKING = "walking", _("walking")
    READING = "reading", _("reading")
    INTERPRETER = "interpreter", _("interpreter")
    OTHER = "other", _("other help")


FETCHED = frozenset({Need.HEARING, Need.WALKING})  # a guide comes; nobody is called by voice


class AppointmentState(models.TextChoices):
    """Where an appointment is in its life; once checked in, its ticket goes on."""

    BOOKED = "booked", pgettext("appointment", "booked")
    CHECKED_IN = "checked_in", pgettext("appointment", "checked in")
    CANCELLED = "cancelled", pgettext("appointment", "cancelled")
    NO_SHOW = "no_show", pgettext("appointment", "did not come")


TAKES_A_SLOT = (AppointmentState.BOOKED, AppointmentState.CHECKED_IN)


class Outcome(models.TextChoices):
    """How a service at the window ended."""

    DONE = "done", _("done")
    RECEIVED = "received", _("received for handling")
    TOLD_LACKING = "told_lacking", _("told what lacks")
    ADVICE_ONLY = "advice_only", _("advice only")
    WRONG_WINDOW = "wrong_window", _("wrong window")
    NOT_POSSIBLE = "not_possible", _("not possible")


class HelpKind(models.TextChoices):
    """What somebody was helped with."""

    FORM = "form", _("filling in a form")
    WITH = "with", _("going along")
    READING = "reading", _("reading aloud")
    ON_SITE = "on_site", _("service at their place")
    AFTER_HOURS = "after_hours", _("service after hours")
    OTHER = "other", pgettext("help", "something else")


class AfterOutage(models.TextChoices):
    """What became of somebody who was at a window when the product went away."""

    GO_ON = "go_on", _("goes on")
    SERVED = "served", _("was served meanwhile")
    GONE = "gone", _("has gone")


class TransferTo(models.TextChoices):
    """Where a moved ticket stands at its new place."""

    AGE = "age", _("by its age")
    FRONT = "front", _("at the front")
    END = "end", _("at the end")


class OutOfOrder(models.TextChoices):
    """Why a ticket was called before its turn."""

    MEDICAL = "medical", _("medical")
    RETURNED = "returned", _("returned by the window")
    FAULT = "fault", _("system fault")
    ORDER = "order", _("duty manager's order")


class ExportState(models.TextChoices):
    """Where a file that was asked for is."""

    QUEUED = "queued", _("waits its turn")
    RUNNING = "running", _("is being made")
    READY = "ready", _("can be fetched")
    FAILED = "failed", _("could not be made")


EXPORT_MOVES: dict[ExportState, set[ExportState]] = {
    ExportState.QUEUED: {ExportState.QUEUED, ExportState.RUNNING, ExportState.FAILED},
    ExportState.RUNNING: {ExportState.QUEUED, ExportState.READY, ExportState.FAILED},
    ExportState.READY: set(),
    ExportState.FAILED: set(),
}
