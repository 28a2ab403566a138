"""What time alone does to appointments: reminders, the place in the queue, who did not come."""

from datetime import date, datetime, timedelta

from django.db.models import F

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.deadlines.queries import closes_at
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.notify.actions import send
from onewindow.base.notify.channels import is_set_up
from onewindow.base.notify.states import Channel
from onewindow.base.rows import change
from onewindow.base.trail import By, job
from onewindow.base.trail.record import record
from onewindow.floor.queries import was_closed
from onewindow.tickets import slots
from onewindow.tickets.actions.call import fresh, topics
from onewindow.tickets.estimates import look
from onewindow.tickets.models import Appointment, Ticket
from onewindow.tickets.slots import AppointmentPolicy
from onewindow.tickets.states import AppointmentState, State

AT_ONCE = 500  # so that no turn is long


def call_up() -> int:
    """Give their place to all whose time has come; return how many. Safe to run twice at once."""
    by = job("appointments")
    halls = Hall.objects.filter(archived_at=None)
    return sum(_stands_now(ticket, by) for hall in halls for ticket in _early(hall))


def run() -> int:
    """Remind, and note who did not come; return how many. Safe to run twice at once."""
    by, now = job("appointments"), clocks.now()
    booked = Appointment.objects.filter(state=AppointmentState.BOOKED).select_related("hall")
    due = booked.filter(remind_at__lte=now).order_by("remind_at")
    done = sum(_remind(one, by) for one in due[:AT_ONCE])
    for hall in Hall.objects.filter(archived_at=None):
        over = booked.filter(hall=hall, day__lt=_first_open_day(hall, now)).order_by("day")
        done += sum(_did_not_come(one, by) for one in over[:AT_ONCE])
    return done


def tell(appointment: Appointment, template: str, by: By) -> None:
    """Send the visitor a message where messages go out at all."""
    if not is_set_up(Channel.GATEWAY):
        return
    local = appointment.starts_at.astimezone(appointment.hall.zone)
    send(
        hall=appointment.hall,
        channel=Channel.GATEWAY,
        to=appointment.phone,
        template=template,
        language=appointment.language or appointment.hall.language,
        by=by,
        place=appointment.hall.name,
        service=appointment.service.name,
        day=f"{local:%Y-%m-%d}",
        time=f"{local:%H:%M}",
        code=appointment.code,
    )


def _early(hall: Hall) -> list[Ticket]:
    """Return the tickets that wait for the time of their appointment, and may be called now."""
    soon = clocks.now() + timedelta(minutes=policy(hall, AppointmentPolicy).callable_before_min)
    waiting = Ticket.objects.filter(hall=hall, state__in=(State.WAITING, State.PARKED))
    return list(waiting.filter(due__lte=soon, booked_for=F("due"))[:AT_ONCE])


@action
def _stands_now(ticket: Ticket, by: By) -> bool:
    """Let an appointment stand where its time and the queue's median wait put it."""
    ticket = fresh(ticket)
    if ticket.booked_for is None or not ticket.is_early:
        return False
    # How long somebody has waited who came in time is not their lateness.
    now = min(clocks.now(), ticket.booked_for)
    median_s, _p80_s = look(ticket.hall).wait(ticket.service_id, clocks.now())
    due = slots.due(ticket.booked_for, now, median_s, policy(ticket.hall, AppointmentPolicy))
    moved = change(Ticket, ticket.pk, {"due": ticket.due}, {"due": due})
    record("appointment.called_up", ticket, by=by, topics=topics(ticket), median_s=median_s)
    return moved


@action
def _remind(appointment: Appointment, by: By) -> bool:
    """Send the reminder that is due, unless the time is over: then nobody was there to send it."""
    hall, now = appointment.hall, clocks.now()
    then = slots.next_reminder(
        appointment.starts_at, now, hall.zone, policy(hall, AppointmentPolicy)
    )
    still = {"state": AppointmentState.BOOKED, "remind_at": appointment.remind_at}
    if not change(Appointment, appointment.pk, still, {"remind_at": then}):
        return False
    if now < appointment.starts_at:
        tomorrow = slots.is_tomorrow(appointment.starts_at, now, hall.zone)
        tell(appointment, "appointment.tomorrow" if tomorrow else "appointment.soon", by)
    return True


@action
def _did_not_come(appointment: Appointment, by: By) -> bool:
    """The day is over."""
    still = {"state": AppointmentState.BOOKED, "day": appointment.day}
    gone = {"state": AppointmentState.NO_SHOW, "remind_at": None}
    if not change(Appointment, appointment.pk, still, gone):
        return False
    record("appointment.no_show", appointment, by=by, label=appointment.code)
    return True


def _first_open_day(hall: Hall, now: datetime) -> date:
    """Return the first day whose appointments may still be used."""
    today = hall.today(now)
    over = closes_at(hall, now) is None or was_closed(hall, today)
    return today + timedelta(days=over)
