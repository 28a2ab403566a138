"""The fixed words of the floor, and the life of a session at a window."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WindowKind(models.TextChoices):
    """What a window is for."""

    BUSINESS = "business", _("business window")
    CUSTOMER_SERVICE = "customer_service", _("customer service window")
    ONE_STOP = "one_stop", _("one-stop window")
    INFORMATION = "information", _("information desk")
    DELIVERY = "delivery", _("collection window")
    COULD_NOT = "could_not", _("could-not-get-it-done window")
    ASSISTED = "assisted", _("assisted service")
    SELF_SERVICE = "self_service", _("self-service area")
    MOBILE = "mobile", _("mobile window")


class Choice(models.IntegerChoices):
    """Whether a window serves a service first, or only when its own are done."""

    FIRST = 1, _("first choice")
    SECOND = 2, _("second choice")


class SessionState(models.TextChoices):
    """A session: somebody stands at a window."""

    OPEN = "open", _("open")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")


MOVES = {
    SessionState.OPEN: {SessionState.PAUSED, SessionState.CLOSED},
    SessionState.PAUSED: {SessionState.OPEN, SessionState.CLOSED},
    SessionState.CLOSED: set(),
}


class PauseReason(models.TextChoices):
    """Why a window pauses; the hall sees it, the duty manager counts it."""

    BREAK = "break", _("short rest")
    MEAL = "meal", _("meal")
    PAPERWORK = "paperwork", _("paperwork")
    HELP = "help", _("helping a colleague")
    TRAINING = "training", _("training")
    EQUIPMENT = "equipment", _("system or equipment fault")
    OTHER = "other", _("other")


class Moment(models.TextChoices):
    """When somebody goes round the hall with a list."""

    BEFORE = "before", _("before opening")
    AFTER = "after", _("after closing")
