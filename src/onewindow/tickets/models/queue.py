"""Visits and their tickets, and the counters their numbers come from."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.rows import change
from onewindow.base.ticks.queries import seconds_away
from onewindow.base.vault.fields import EncryptedText
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Service
from onewindow.catalogue.states import SERIES_OF_WALK_INS
from onewindow.floor.models import Session, Window
from onewindow.tickets.states import (
    MOVES,
    OPEN,
    STANDS,
    AppointmentState,
    Channel,
    Outcome,
    OutOfOrder,
    Priority,
    State,
)
from onewindow.tickets.wait_rules import Curve, Hold

INTERVALS = {
    State.WAITING: "waiting_s",
    State.CALLED: "walking_s",
    State.SERVING: "service_s",
    State.PARKED: "parked_s",
}


KEEP_INTERVALS = """
    UPDATE tickets_ticket SET waiting_s = %s, walking_s = %s, service_s = %s, parked_s = %s
    WHERE id = %s
"""


class NotNow(Refused):
    """The ticket is in a state that does not allow this."""

    sentence = _("Ticket {number} is {state}: this cannot be done with it now.")

    def __init__(self, ticket: "Ticket") -> None:
        super().__init__(number=ticket.number, state=STANDS[State(ticket.state)])


class SomeoneWasQuicker(Refused):
    """Somebody else moved the ticket between our look and our act."""

    sentence = _("Somebody else was quicker with ticket {number}.")


def new_token() -> str:
    """Return the 128 random bits that open a visit's phone page."""
    return secrets.token_hex(16)


class Counter(models.Model):
    """The last number drawn of a series on a business date."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="+", db_index=False)
    series = models.CharField(max_length=2)
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("hall", "series", "day", name="one_counter_a_day")]


class Visit(models.Model):
    """One person's visit: a number, a token, needs, a class; one or more tickets.

    ``at`` is the window that calls or serves the visit now. As a one-to-one it holds two rules at
    once: a window has one ticket, and a visit is at one window.
    """

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="visits", db_index=False)
    day = models.DateField()
    series = models.CharField(max_length=2)
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=8)
    token = models.CharField(max_length=32, unique=True, default=new_token)
    language = models.CharField(max_length=12, blank=True)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    priority = models.CharField(max_length=2, choices=Priority.choices, default=Priority.P4)
    needs = models.JSONField(default=list, blank=True)
    phone = EncryptedText(blank=True, default="")
    at = models.OneToOneField(
        Window, models.PROTECT, null=True, blank=True, related_name="visit_here"
    )
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("hall", "day", "series", "sequence", name="one_number_a_day")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def topic(self) -> str:
        """What the visitor's phone listens to."""
        return f"visit.{self.number}"


class Ticket(models.Model):
    """One service of a visit. ``due`` alone orders the queue: the smallest is called next."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="tickets", db_index=False)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="tickets")
    service = models.ForeignKey(Service, models.PROTECT, related_name="tickets", db_index=False)
    day = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    due = models.DateTimeField()
    credit_s = models.IntegerField(default=0)  # what the class took off ``due``
    booked_for = models.DateTimeField(null=True, blank=True)  # the time of its appointment
    moved_because = models.CharField(max_length=20, blank=True)  # where ``due`` was set
    only_window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="kept_for", db_index=False
    )
    return_to = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    joined_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()  # the last move; the interval since then is still open
    until = models.DateTimeField(null=True, blank=True)  # when a parked or missed state runs out

    # Of these, what is looked for has an index of its own below: each one costs every write.
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="tickets", db_index=False
    )
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="tickets", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    recalls = models.PositiveSmallIntegerField(default=0)
    misses = models.PositiveSmallIntegerField(default=0)
    phone_index = models.CharField(max_length=32, blank=True)  # of who is open from afar
    out_of_order = models.CharField(max_length=10, choices=OutOfOrder.choices, blank=True)
    out_of_order_by = models.CharField(max_length=60, blank=True)

    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    outcome_note = models.CharField(max_length=200, blank=True)
    given = models.JSONField(default=list, blank=True)  # codes of the services really given
    files = models.PositiveSmallIntegerField(default=1)
    answers = models.JSONField(default=dict, blank=True)  # to the conditions of its materials
    by_date = models.BooleanField(default=False)  # closed by the change of date, by nobody's act
    back_filled = models.BooleanField(default=False)  # entered after a day on paper

    waiting_s = models.PositiveIntegerField(default=0)
    walking_s = models.PositiveIntegerField(default=0)
    service_s = models.PositiveIntegerField(default=0)
    parked_s = models.PositiveIntegerField(default=0)
    foreseen_s = models.PositiveIntegerField(null=True, blank=True)  # when the number was taken
    told_p50_s = models.PositiveIntegerField(null=True, blank=True)
    told_p80_s = models.PositiveIntegerField(null=True, blank=True)
    late_s = models.IntegerField(null=True, blank=True)  # the first call after the told P80

    class Meta:
        indexes = [
            models.Index(fields=["hall", "state", "due", "id", "service"], name="ticket_queue"),
            models.Index(fields=["window", "called_at"], name="ticket_calls_of_a_window"),
            models.Index(fields=["hall", "day", "id"], name="ticket_of_a_day"),
            models.Index(fields=["hall", "ended_at"], name="ticket_finished"),
            models.Index(fields=["service", "day"], name="ticket_of_a_service"),
            models.Index(fields=["user", "day"], name="ticket_of_a_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["called", "serving"])
                | models.Q(window__isnull=False),
                name="who_is_called_has_a_window",
            ),
            models.UniqueConstraint(
                "visit",
                condition=models.Q(state__in=["called", "serving"]),
                name="a_visit_is_at_one_window",
            ),
            models.UniqueConstraint(
                "window",
                condition=models.Q(state__in=["called", "serving"]),
                name="a_window_has_one_ticket",
            ),
            models.UniqueConstraint(
                "hall",
                "phone_index",
                condition=~models.Q(phone_index="") & models.Q(state__in=sorted(OPEN)),
                name="one_open_number_from_afar_per_phone",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The visit's number: what is called and printed."""
        return self.visit.number

    @property
    def is_open(self) -> bool:
        """Whether this ticket may still be served."""
        return self.state in OPEN

    @property
    def is_early(self) -> bool:
        """Whether the time of its appointment is still to come: until then ``due`` is that time,
        so that only an idle window calls it.
        """
        return self.booked_for is not None and self.due == self.booked_for

    @property
    def is_walk_in(self) -> bool:
        """Whether this visitor came to a window without a number."""
        return self.visit.series == SERIES_OF_WALK_INS

    def spent(self, now: datetime) -> dict[str, Any]:
        """Return the changes that end the interval since the last move: its seconds are kept.

        The time of an outage is nobody's.
        """
        kind = INTERVALS.get(State(self.state))
        lasted = clocks.seconds(self.changed_at, now) - seconds_away(self.changed_at, now)
        return {"changed_at": now, **({kind: getattr(self, kind) + lasted} if kind else {})}

    def intervals(self) -> tuple[int, ...]:
        """Return the seconds of each interval, then the id: what ``KEEP_INTERVALS`` asks for."""
        return (self.waiting_s, self.walking_s, self.service_s, self.parked_s, self.pk)

    def has_run_out(self, now: datetime) -> bool:
        """Say whether the time of a parked or missed ticket is over; an outage is left out."""
        away = timedelta(seconds=seconds_away(self.changed_at, now))
        return self.until is not None and self.until + away < now

    def move(self, to: State, **changes: Any) -> None:
        """Go to another state and save ``changes`` with it: the only writer of ``state``.

        Raise NotNow where ``MOVES`` does not allow it, SomeoneWasQuicker where the row has moved.
        """
        if to not in MOVES[State(self.state)]:
            raise NotNow(self)
        changes = {"state": to, **changes}
        if self.phone_index and to not in OPEN:
            changes["phone_index"] = ""  # it says only that this phone holds an open number
        if not change(Ticket, self.pk, {"state": self.state}, changes):
            raise SomeoneWasQuicker(number=self.number)
        for name, value in changes.items():
            setattr(self, name, value)


def move_all(tickets: list[Ticket], to: State, now: datetime, **changes: Any) -> None:
    """``Ticket.move`` for many that are locked: their intervals end now, the changes are the same.

    Raise NotNow where ``MOVES`` does not allow it for one of them; then none has moved.
    """
    for ticket in tickets:
        if to not in MOVES[State(ticket.state)]:
            raise NotNow(ticket)
        for name, value in {**ticket.spent(now), "state": to, **changes}.items():
            setattr(ticket, name, value)
    with connection.cursor() as cursor:  # bulk_update takes ten times as long
        cursor.executemany(KEEP_INTERVALS, [one.intervals() for one in tickets])
    same = {"state": to, "changed_at": now, **changes}
    Ticket.objects.filter(pk__in=[one.pk for one in tickets]).update(**same)


class NotBooked(Refused):
    """The appointment was cancelled, used, or its day is over."""

    sentence = _("This appointment is {state}: it cannot be used any more.")


class Appointment(models.Model):
    """A time that a visitor booked for one service. Checked in, it becomes a visit and its ticket.

    ``code`` is what one types at the kiosk, ``token`` opens the visitor's own page.
    ``remind_at`` is when the next message is due.
    """

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="appointments", db_index=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    starts_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=AppointmentState.choices, default=AppointmentState.BOOKED
    )
    code = models.CharField(max_length=8)
    token = models.CharField(max_length=32, unique=True, default=new_token)
    name = EncryptedText(blank=True, default="")
    phone = EncryptedText()
    phone_index = models.CharField(max_length=32)
    language = models.CharField(max_length=12, blank=True)
    answers = models.JSONField(default=dict, blank=True)  # to the conditions of its materials
    ticket = models.OneToOneField(
        Ticket, models.SET_NULL, null=True, blank=True, related_name="appointment"
    )
    booked_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["hall", "day", "starts_at"], name="appointment_of_a_day"),
            models.Index(fields=["service", "day"], name="appointment_of_a_service"),
            models.Index(fields=["phone_index", "day"], name="appointment_of_a_phone"),
            models.Index(fields=["remind_at"], name="appointment_to_remind"),
        ]
        constraints = [
            models.UniqueConstraint("hall", "code", name="one_appointment_per_code"),
            models.UniqueConstraint(
                "service",
                "day",
                "phone_index",
                condition=models.Q(state__in=["booked", "checked_in"]),
                name="one_appointment_per_person_service_and_day",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def move(self, to: AppointmentState, **changes: Any) -> None:
        """Leave the state of being booked, with ``changes``: the only writer of ``state``."""
        still = {"state": AppointmentState.BOOKED}
        if not change(Appointment, self.pk, still, {"state": to, **changes}):
            raise NotBooked(state=AppointmentState(self.state).label)
        for name, value in {"state": to, **changes}.items():
            setattr(self, name, value)


class Pace(models.Model):
    """How long a service takes, learnt from the last days: seconds for each file.

    A visitor keeps the window longer, from one call to the next: so long, and with what spread.
    """

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="+")
    service = models.OneToOneField(Service, models.CASCADE, related_name="pace")
    p50_s = models.PositiveIntegerField()
    p80_s = models.PositiveIntegerField()
    mean_s = models.PositiveIntegerField()
    held_s = models.FloatField(null=True)
    held_spread = models.FloatField(null=True)
    learnt_from = models.PositiveIntegerField()
    at = models.DateTimeField()

    @property
    def hold(self) -> Hold | None:
        """How long its visitors keep a window, where that is learnt."""
        if self.held_s is None or self.held_spread is None:
            return None
        return Hold(self.held_s, self.held_spread)


class WaitCurve(models.Model):
    """What became of the waits that a hall foresaw in the last days."""

    hall = models.OneToOneField(Hall, models.CASCADE, related_name="wait_curve")
    knots = models.JSONField()
    at = models.DateTimeField()

    @property
    def curve(self) -> Curve:
        """The curve itself."""
        return Curve(tuple((foreseen, p50, p80) for foreseen, p50, p80 in self.knots))
