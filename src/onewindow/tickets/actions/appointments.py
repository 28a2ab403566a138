"""Appointments: book a time, move it, cancel it, and check in when one has come."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.vault.keys import blind_index
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Service
from onewindow.tickets import slots
from onewindow.tickets.actions.reminders import tell
from onewindow.tickets.actions.take import take
from onewindow.tickets.appointments import is_free, no_shows_of
from onewindow.tickets.estimates import look
from onewindow.tickets.models import Appointment, NotBooked, Ticket
from onewindow.tickets.slots import AppointmentPolicy, Booked
from onewindow.tickets.states import AppointmentState, Channel, Priority


class TimeIsTaken(Refused):
    """The time is full, past, or none at which the service is offered."""

    sentence = _("This time cannot be booked any more. Please choose another one.")


class AlreadyBooked(Refused):
    """One appointment per person, service and day."""

    sentence = _("With this phone number {service} is booked on that day already.")


class PhoneMissing(Refused):
    """An appointment belongs to a phone number."""

    sentence = _("Please give a phone number: it belongs to the appointment.")
    status = 422


class TooManyNoShows(Refused):
    """The hall lets nobody book for a while who often did not come. On the spot all are served."""

    sentence = _(
        "Several appointments of this phone number were not used. Please come without one: a number"
        " is given to everybody."
    )


class TooLateToChange(Refused):
    """A time is given back while somebody else can still use it."""

    sentence = _("An appointment can be changed or cancelled up to {minutes} min before it.")


class AlreadyCheckedIn(Refused):
    """Its ticket is there."""

    sentence = _("You have checked in already: your number is {number}.")


class NotToday(Refused):
    """One checks in on the day itself."""

    sentence = _("This appointment is for {day}.")


@action
def book(
    *,
    hall: Hall,
    service: Service,
    starts_at: datetime,
    phone: str,
    by: By,
    name: str = "",
    language: str = "",
    answers: Mapping[str, bool] | None = None,
) -> Appointment:
    """Book a time. Whoever books the same service waits here, so that no time is given twice."""
    plain, now, rules = slots.plain_phone(phone), clocks.now(), policy(hall, AppointmentPolicy)
    if not plain:
        raise PhoneMissing
    _hold(service)
    index = blind_index(plain)
    _may_book(hall, index, rules)
    if not is_free(hall, service, starts_at):
        raise TimeIsTaken
    appointment = Appointment(
        hall=hall,
        service=service,
        day=hall.today(starts_at),
        starts_at=starts_at,
        code=_new_code(),
        name=name.strip(),
        phone=plain,
        phone_index=index,
        language=language,
        answers=dict(answers or {}),
        booked_at=now,
        remind_at=slots.next_reminder(starts_at, now, hall.zone, rules),
    )
    _keep(appointment)
    _record("appointment.booked", appointment, by)
    return appointment


@action
def change(*, appointment: Appointment, starts_at: datetime, by: By) -> Appointment:
    """Move an appointment to another time; its code stays."""
    _hold(appointment.service)
    appointment = _still_mine(appointment)
    hall, before = appointment.hall, appointment.starts_at
    if starts_at == before:
        return appointment
    if not is_free(hall, appointment.service, starts_at):
        raise TimeIsTaken
    rules = policy(hall, AppointmentPolicy)
    appointment.day, appointment.starts_at = hall.today(starts_at), starts_at
    appointment.remind_at = slots.next_reminder(starts_at, clocks.now(), hall.zone, rules)
    _keep(appointment)
    _record("appointment.changed", appointment, by, before=before.astimezone(hall.zone).isoformat())
    return appointment


@action
def cancel(*, appointment: Appointment, by: By) -> Appointment:
    """Give the time back."""
    appointment = _still_mine(appointment)
    appointment.move(AppointmentState.CANCELLED, remind_at=None)
    _record("appointment.cancelled", appointment, by)
    return appointment


@action
def check_in(
    *,
    appointment: Appointment,
    by: By,
    priority: Priority = Priority.P4,
    needs: Iterable[str] = (),
) -> Ticket:
    """Make the visit and its ticket, at any time of the day that was booked."""
    appointment = _fresh(appointment)
    if appointment.ticket is not None:
        raise AlreadyCheckedIn(number=appointment.ticket.number)
    if appointment.state != AppointmentState.BOOKED:
        raise NotBooked(state=AppointmentState(appointment.state).label)
    if appointment.day != appointment.hall.today():
        raise NotToday(day=appointment.day.isoformat())
    ticket = take(
        hall=appointment.hall,
        service=appointment.service,
        by=by,
        channel=Channel.APPOINTMENT,
        priority=priority,
        needs=needs,
        answers=appointment.answers,
        phone=appointment.phone,
        language=appointment.language,
        booked=Booked(appointment.starts_at, due_now(appointment)),
    )
    appointment.move(AppointmentState.CHECKED_IN, ticket=ticket, remind_at=None)
    record("appointment.checked_in", appointment, by=by, label=appointment.code)
    return ticket


def due_now(appointment: Appointment) -> datetime:
    """Return the place in the order of somebody who checks in now."""
    hall, now = appointment.hall, clocks.now()
    median_s, _p80_s = look(hall).wait(appointment.service_id, now)
    return slots.due(appointment.starts_at, now, median_s, policy(hall, AppointmentPolicy))


def _hold(service: Service) -> None:
    """Let one after another book a service. Numbers are drawn meanwhile: it is no full lock."""
    Service.objects.select_for_update(no_key=True).get(pk=service.pk)


def _fresh(appointment: Appointment) -> Appointment:
    rows = Appointment.objects.select_related("hall", "service__group", "ticket__visit")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=appointment.pk)


def _still_mine(appointment: Appointment) -> Appointment:
    """Return the locked appointment if it may still be changed."""
    appointment = _fresh(appointment)
    if appointment.state != AppointmentState.BOOKED:
        raise NotBooked(state=AppointmentState(appointment.state).label)
    rules = policy(appointment.hall, AppointmentPolicy)
    if not slots.may_change(appointment.starts_at, clocks.now(), rules):
        raise TooLateToChange(minutes=rules.cancel_before_min)
    return appointment


def _may_book(hall: Hall, phone_index: str, rules: AppointmentPolicy) -> None:
    """Look at what was not used, only where the hall has set a limit."""
    since = hall.today() - timedelta(days=rules.no_show_days)
    if rules.no_shows and no_shows_of(hall, phone_index, since) >= rules.no_shows:
        raise TooManyNoShows


def _keep(appointment: Appointment) -> None:
    """Save it. That a person has one a day is the database's own rule."""
    try:
        with transaction.atomic():
            appointment.save()
    except IntegrityError as taken:
        raise AlreadyBooked(service=appointment.service) from taken


def _new_code() -> str:
    return "".join(secrets.choice(slots.ALPHABET) for _ in range(slots.CODE_LENGTH))


def _record(kind: str, appointment: Appointment, by: By, **data: Any) -> None:
    """Write down what happened to an appointment, and tell the visitor."""
    local = appointment.starts_at.astimezone(appointment.hall.zone)
    data |= {"service": appointment.service.code, "starts_at": local.isoformat()}
    record(kind, appointment, by=by, label=appointment.code, topics=("appointment",), **data)
    tell(appointment, kind, by)
