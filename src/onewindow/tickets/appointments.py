"""What is asked about appointments: which times are free, and whose code this is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.deadlines.queries import calendar, spans
from onewindow.base.deadlines.rules import add_days
from onewindow.base.deadlines.spans import Span
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.vault.keys import blind_index
from onewindow.base.web.refused import NotFound
from onewindow.catalogue.models import Service
from onewindow.catalogue.queries import services
from onewindow.floor.queries import was_closed
from onewindow.tickets import slots
from onewindow.tickets.models import Appointment
from onewindow.tickets.slots import AppointmentPolicy
from onewindow.tickets.states import TAKES_A_SLOT, AppointmentState

FAR = timedelta(days=366)

Appointments = QuerySet[Appointment]


class UnknownAppointment(NotFound):
    """The hall has no appointment with this code."""

    sentence = _("There is no appointment {code}.")


@dataclass(frozen=True)
class Slot:
    """A time of a service, and how many may still book it."""

    starts_at: datetime
    free: int


def takes_bookings(service: Service) -> bool:
    """Say whether one may book times of a service at all."""
    return slots.capacity(service.code, policy(service.hall, AppointmentPolicy)) > 0


def bookable(hall: Hall) -> list[Service]:
    """Return the services that one may book times of."""
    return [service for service in services(hall) if takes_bookings(service)]


def days(hall: Hall, service: Service) -> list[date]:
    """Return the days on which the service is offered, from today to the end of the horizon."""
    today, plan = hall.today(), calendar(hall)
    last = add_days(plan, today, policy(hall, AppointmentPolicy).horizon_wd)
    all_days = [today + timedelta(days=n) for n in range((last - today).days + 1)]
    return [day for day in all_days if _spans(hall, service, day)]


def free_slots(hall: Hall, service: Service, day: date) -> list[Slot]:
    """Return the times of a day that are still to come, full ones too."""
    rules, now = policy(hall, AppointmentPolicy), clocks.now()
    if day not in days(hall, service):
        return []
    taken = _taken(service, day)
    most = slots.capacity(service.code, rules)
    left = most if service.day_cap is None else service.day_cap - sum(taken.values())
    return [
        Slot(at, max(0, min(most - taken.get(at, 0), left)))
        for at in slots.starts(_spans(hall, service, day), rules)
        if at > now
    ]


def is_free(hall: Hall, service: Service, at: datetime) -> bool:
    """Say whether somebody may still book this very time."""
    if not clocks.now() < at < clocks.now() + FAR:  # what no calendar reaches cannot be asked
        return False
    found = free_slots(hall, service, hall.today(at))
    return any(slot.starts_at == at and slot.free for slot in found)


def appointment_by_code(hall: Hall, code: str) -> Appointment:
    """Return the appointment of a code, however it was typed. Raise UnknownAppointment."""
    found = _whole(hall).filter(code=slots.plain_code(code)).first()
    if found is None:
        raise UnknownAppointment(code=code.strip()[:12])
    return found


def appointment_by_token(hall: Hall, token: str) -> Appointment:
    """Return the appointment that a page's address names. Raise NotFound."""
    known = token.isascii() and token.isalnum()  # PostgreSQL cannot even be asked for a NUL
    found = _whole(hall).filter(token=token).first() if known else None
    if found is None:
        raise NotFound
    return found


def appointments_of(hall: Hall, day: date, typed: str = "") -> Appointments:
    """Return a day's appointments, or those of a code or a phone number, earliest first."""
    rows = _whole(hall).filter(day=day).order_by("starts_at", "pk")
    if not typed:
        return rows
    phone = slots.plain_phone(typed)
    by_code = rows.filter(code=slots.plain_code(typed))
    return by_code | rows.filter(phone_index=blind_index(phone)) if phone else by_code


def no_shows_of(hall: Hall, phone_index: str, since: date) -> int:
    """Count how often somebody did not come since a day."""
    rows = Appointment.objects.filter(hall=hall, phone_index=phone_index, day__gte=since)
    return rows.filter(state=AppointmentState.NO_SHOW).count()


def _whole(hall: Hall) -> Appointments:
    rows = Appointment.objects.filter(hall=hall)
    return rows.select_related("hall", "service__group", "ticket__visit")


def _spans(hall: Hall, service: Service, day: date) -> Sequence[Span]:
    """When the service is offered on a day; not any more once somebody closed the hall."""
    closed = day == hall.today() and was_closed(hall, day)
    return () if closed else spans(hall, day, f"service.{service.code}")


def _taken(service: Service, day: date) -> dict[datetime, int]:
    rows = Appointment.objects.filter(service=service, day=day, state__in=TAKES_A_SLOT)
    return dict(rows.values_list("starts_at").annotate(many=Count("pk")).order_by())
