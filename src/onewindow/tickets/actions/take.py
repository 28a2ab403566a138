"""Taking a number."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from onewindow.alerts.queries import be_calm
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.rows import insert
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Service
from onewindow.floor.queries import takes
from onewindow.tickets import rules
from onewindow.tickets.estimates import Told, look
from onewindow.tickets.models import Ticket, Visit
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.slots import Booked
from onewindow.tickets.states import OPEN, Channel, Priority, State

NO_CREDIT = timedelta(0)
NO_WAIT = Told(0, 0, 0)

DRAW = """
    INSERT INTO tickets_counter (hall_id, series, day, last) VALUES (%s, %s, %s, %s)
    ON CONFLICT (hall_id, series, day) DO UPDATE SET last = tickets_counter.last + excluded.last
    RETURNING last
"""


class Away(NamedTuple):
    """Somebody on the way: until when the place is kept, and the blind index of the phone."""

    until: datetime
    phone_index: str


class HallNotOpen(Refused):
    """Numbers are given from shortly before opening until closing time."""

    sentence = _("The hall gives no numbers now. Please come during opening hours.")


class DayIsFull(Refused):
    """The service's cap of the day is reached."""

    sentence = _("Today's numbers for {service} are all taken.")


class HourIsFull(Refused):
    """The service's cap of the hour is reached."""

    sentence = _("The numbers of this hour for {service} are taken. Please try again later.")


class AlreadyWaiting(Refused):
    """The visit has an open ticket for this service."""

    sentence = _("Number {number} is already in the queue for {service}.")


class VisitIsOver(Refused):
    """A visit of another day takes no more tickets."""

    sentence = _("Number {number} is of another day. Please take a new number.")


@action
def take(
    *,
    hall: Hall,
    service: Service,
    by: By,
    channel: Channel,
    priority: Priority = Priority.P4,
    needs: Iterable[str] = (),
    answers: Mapping[str, bool] | None = None,
    phone: str = "",
    language: str = "",
    visit: Visit | None = None,
    booked: Booked | None = None,
    files: int = 1,
    away: Away | None = None,
) -> Ticket:
    """Draw a number for a service; with ``visit`` add a service to one that is there.

    A further ticket of a visit keeps its number and its first joining time. What is ``booked`` has
    its own place, and no cap binds it any more. Who is ``away`` keeps the place and is not called.
    """
    now = clocks.now()
    _gives_numbers(service, hall, now)
    if visit is not None:
        _may_join(visit, service, hall.today(now))
    visit = visit or draw(
        hall=hall,
        series=service.draws,
        now=now,
        channel=channel,
        priority=priority,
        needs=sorted(needs),
        phone=phone,
        language=language,
    )
    said: dict[str, object] = {"answers": dict(answers or {}), "files": files}
    if away is not None:
        said |= {"state": State.COMING, **dict.fromkeys(NO_WAIT.kept), **away._asdict()}
    ticket = _join(hall, visit, service, now, booked, **said)
    told: dict[str, Any] = {"service": service.code, "channel": channel}
    told |= {"priority": visit.priority}
    record("ticket.taken", ticket, by=by, topics=("ticket", visit.topic), **told)
    return ticket


def _gives_numbers(service: Service, hall: Hall, now: datetime) -> None:
    """Raise NotInEmergency, or HallNotOpen."""
    be_calm(hall)
    if not takes(hall, now, scope=f"service.{service.code}"):
        raise HallNotOpen


def draw(*, hall: Hall, series: str, now: datetime, channel: Channel, **visitor: object) -> Visit:
    """Advance the counter and make the visit. The counter's row stays locked until commit."""
    day = hall.today(now)
    sequence = _advance(hall, series, day, 1)
    visit = Visit(
        hall=hall,
        day=day,
        series=series,
        sequence=sequence,
        number=rules.number_text(series, sequence),
        channel=channel,
        joined_at=now,
        **visitor,
    )
    return insert(visit)


def _advance(hall: Hall, series: str, day: date, step: int) -> int:
    """Advance a counter and return where it stands; by nothing, it is only held until commit."""
    with connection.cursor() as cursor:
        cursor.execute(DRAW, [hall.pk, series, day, step])
        (last,) = cursor.fetchone()
    return int(last)


def _may_join(visit: Visit, service: Service, today: date) -> None:
    Visit.objects.select_for_update(no_key=True).get(pk=visit.pk)
    if visit.day != today:
        raise VisitIsOver(number=visit.number)
    if visit.tickets.filter(service=service, state__in=OPEN).exists():
        raise AlreadyWaiting(number=visit.number, service=service)
    if service.is_capped:  # all who take it stand in one line, with a new number or without
        _advance(visit.hall, service.draws, today, 0)


def _within_caps(hall: Hall, service: Service, now: datetime) -> None:
    """Count inside the lock of the counter; only where a cap is set."""
    if not service.is_capped:
        return
    today = Ticket.objects.filter(hall=hall, day=hall.today(now), service=service)
    if service.day_cap is not None and today.count() >= service.day_cap:
        raise DayIsFull(service=service)
    hour = now.replace(minute=0, second=0, microsecond=0)
    if (
        service.slot_cap is not None
        and today.filter(joined_at__gte=hour).count() >= service.slot_cap
    ):
        raise HourIsFull(service=service)


def _join(
    hall: Hall,
    visit: Visit,
    service: Service,
    now: datetime,
    booked: Booked | None,
    **said: object,
) -> Ticket:
    if booked is None:
        _within_caps(hall, service, now)
    credit = rules.credit(Priority(visit.priority), policy(hall, TicketPolicy))
    due = visit.joined_at - credit
    if booked and (not credit or booked.due < due):  # a class is never worse for a booking
        due, credit = booked.due, NO_CREDIT
    told = look(hall).told(service.pk, due)
    ticket = Ticket(
        hall=hall,
        visit=visit,
        service=service,
        day=visit.day,
        due=due,
        credit_s=int(credit.total_seconds()),
        booked_for=booked.at if booked else None,
        joined_at=now,
        changed_at=now,
        **(told.kept | said),
    )
    return insert(ticket)
