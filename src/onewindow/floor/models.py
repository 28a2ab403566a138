"""The floor: zones, windows, what they serve, spots, devices, sessions, the hall's opening."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import Device
from onewindow.base import clocks
from onewindow.base.halls.models import LABEL, Department, Hall
from onewindow.base.halls.text import TextField, said
from onewindow.base.vault.fields import EncryptedText
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Service
from onewindow.floor.states import MOVES, Choice, Moment, PauseReason, SessionState, WindowKind


class WindowChanged(Refused):
    """The session at the window is in a state that does not allow this."""

    sentence = _("Window {window} was opened, paused or closed by somebody else just now.")


class Zone(models.Model):
    """A part of the hall: where people wait, on which storey, how long they walk."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="zones")
    code = models.SlugField(max_length=20)
    name = TextField()
    storey = TextField()
    direction = TextField()  # how to get there from the entrance: "second storey, right"
    walking_s = models.PositiveSmallIntegerField(default=30)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint("hall", "code", name="one_zone_per_code")]

    def __str__(self) -> str:
        return said(self.name)


class Window(models.Model):
    """A window with its label, such as ``5``; unique in its hall, part of addresses and topics."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="windows")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="windows")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)
    label = models.CharField(max_length=8, validators=[LABEL])
    name = TextField()
    kind = models.CharField(max_length=20, choices=WindowKind.choices, default=WindowKind.BUSINESS)
    accessible = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint("hall", "label", name="one_window_per_label")]

    def __str__(self) -> str:
        return self.label

    @property
    def topic(self) -> str:
        """What its screens listen to."""
        return f"window.{self.label}"

    @property
    def serves(self) -> dict[str, int]:
        """Its profile as set-up writes it: the choice of each service in use, by code."""
        lines = self.profile.filter(service__archived_at=None).order_by("service__code")
        return dict(lines.values_list("service__code", "choice"))

    @serves.setter
    def serves(self, choices: dict[str, int]) -> None:
        services = Service.objects.filter(hall=self.hall_id, code__in=choices)
        lines = [Profile(window=self, service=one, choice=choices[one.code]) for one in services]
        self.profile.filter(service__archived_at=None).delete()
        Profile.objects.bulk_create(lines)


class Profile(models.Model):
    """One line of a window's profile: a service it serves, as first or second choice."""

    window = models.ForeignKey(Window, models.CASCADE, related_name="profile")
    service = models.ForeignKey(Service, models.CASCADE, related_name="profiles")
    choice = models.PositiveSmallIntegerField(choices=Choice.choices, default=Choice.FIRST)

    class Meta:
        constraints = [models.UniqueConstraint("window", "service", name="one_profile_line")]


class ForNow(models.Model):
    """A line of a window's profile that holds for a while over the lasting one.

    Without ``choice`` the service is not served there meanwhile. It ends at ``until``, at the
    latest with the hall's day.
    """

    window = models.ForeignKey(Window, models.CASCADE, related_name="for_now")
    service = models.ForeignKey(Service, models.CASCADE, related_name="for_now")
    choice = models.PositiveSmallIntegerField(choices=Choice.choices, null=True, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint("window", "service", name="one_line_for_now")]


class Spot(models.Model):
    """A place with a QR code: whoever reads it stands in the hall."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="spots")
    code = models.CharField(max_length=32, unique=True)
    name = TextField()
    zone = models.ForeignKey(Zone, models.SET_NULL, null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return said(self.name)


class Place(models.Model):
    """Where a device stands: a window's display at its window, a hall display for its zones."""

    device = models.OneToOneField(Device, models.CASCADE, related_name="place")
    window = models.ForeignKey(Window, models.CASCADE, null=True, blank=True)
    zones = models.ManyToManyField(Zone, blank=True)


class Session(models.Model):
    """Who stands at which window. A live session is open or paused; a window has at most one."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="sessions")
    window = models.ForeignKey(Window, models.PROTECT, related_name="sessions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    resumed_at = models.DateTimeField(null=True, blank=True)  # when the last pause ended
    pause_reason = models.CharField(max_length=12, choices=PauseReason.choices, blank=True)
    pause_words = models.CharField(max_length=100, blank=True)  # what no reason of the list says
    until = models.DateTimeField(null=True, blank=True)  # when a pause is to end
    pause_asked_at = models.DateTimeField(null=True, blank=True)  # it waits for the visitor to go
    next_user = models.ForeignKey(  # who takes over when it closes
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    then_closes = models.BooleanField(default=False)  # what waits is the closing, not a pause
    called_back_at = models.DateTimeField(null=True, blank=True)  # the duty manager asks for them
    holds_back = models.BooleanField(default=False)  # the clerk stopped the calling by itself
    wrap_up_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["hall", "state", "window"], name="live_sessions")]
        constraints = [
            models.UniqueConstraint(
                "window", condition=~models.Q(state="closed"), name="one_session_per_window"
            ),
            models.UniqueConstraint(
                "user", condition=~models.Q(state="closed"), name="one_window_per_person"
            ),
        ]

    def move(self, to: SessionState, **changes: Any) -> None:
        """Go to another state and save ``changes`` with it: the only writer of ``state``."""
        rows = Session.objects.filter(pk=self.pk, state=self.state)
        if to not in MOVES[SessionState(self.state)] or not rows.update(state=to, **changes):
            raise WindowChanged(window=self.window.label)
        for name, value in {"state": to, **changes}.items():
            setattr(self, name, value)

    @property
    def calls(self) -> bool:
        """Whether visitors are called here: it is open, and no pause waits."""
        return self.state == SessionState.OPEN and not self.pause_waits

    @property
    def pause_waits(self) -> bool:
        """Whether a pause was asked for that begins when the visitor has gone."""
        return self.pause_asked_at is not None

    @property
    def at_work_since(self) -> datetime:
        """Since when it calls: from its opening, or from the end of its last pause."""
        return self.resumed_at or self.opened_at

    @property
    def pause_said(self) -> str:
        """Why it pauses, in words: those of the list, or the clerk's own."""
        return self.pause_words or str(self.get_pause_reason_display())

    @property
    def is_overdue(self) -> bool:
        """Whether its pause should be over."""
        return bool(self.paused_at and self.until and self.until < clocks.now())

    @property
    def pause_s(self) -> int:
        """How many seconds a pause that waits is to last; 0 where nobody said."""
        return clocks.seconds(self.pause_asked_at, self.until) if self.until else 0

    def wraps_up(self, at: datetime | None = None) -> bool:
        """Say whether the clerk is still finishing the last visitor's papers."""
        return self.wrap_up_until is not None and (at or clocks.now()) < self.wrap_up_until


class HallDay(models.Model):
    """The opening and the closing of a hall on one business date."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="days")
    day = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    reopened_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("hall", "day", name="one_row_per_hall_day")]


class Check(models.Model):
    """What the duty manager sees to before the hall opens or after it has closed."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="checks")
    moment = models.CharField(max_length=6, choices=Moment.choices, default=Moment.BEFORE)
    name = TextField()
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return said(self.name)


class Checked(models.Model):
    """A check that was ticked on a day: by whom, when."""

    check_item = models.ForeignKey(Check, models.CASCADE, related_name="ticks")
    day = models.DateField()
    at = models.DateTimeField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint("check_item", "day", name="one_tick_a_day")]


class LeftPaper(models.Model):
    """Papers or an original that lie at a window over night, until they are given back."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="left_papers")
    what = models.CharField(max_length=120)
    where = models.CharField(max_length=60)
    whose = EncryptedText(blank=True, default="")
    noted_at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["hall", "given_back_at"], name="papers_still_left")]

    def __str__(self) -> str:
        return self.what


class Announcement(models.Model):
    """What the hall tells everybody, on displays and pages, for a while."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="announcements")
    text = TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return said(self.text)
