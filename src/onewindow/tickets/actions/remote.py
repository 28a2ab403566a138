"""A number taken from afar: its place is kept meanwhile, and called is only who is here."""

from collections.abc import Iterable, Mapping

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
from onewindow.tickets.actions.appointments import PhoneMissing
from onewindow.tickets.actions.call import fresh, topics
from onewindow.tickets.actions.take import Away, take
from onewindow.tickets.estimates import look
from onewindow.tickets.models import NotNow, Ticket
from onewindow.tickets.remote import coming, kept_until
from onewindow.tickets.remote_rules import RemotePolicy
from onewindow.tickets.states import OPEN, Channel, Priority, State


class NotFromAfar(Refused):
    """The hall gives no numbers from afar, or none any more today."""

    sentence = _("No numbers are given from afar now. Please come: in the hall there is one.")


class TooManyOnTheWay(Refused):
    """As many are on the way as the hall keeps places for."""

    sentence = _("Very many are on the way already. Please try again in some minutes, or come.")


class AlreadyOnTheWay(Refused):
    """One open number for one phone."""

    sentence = _("With this phone number a number is open here already.")


@action
def take_from_afar(
    *,
    hall: Hall,
    service: Service,
    phone: str,
    by: By,
    priority: Priority = Priority.P4,
    needs: Iterable[str] = (),
    answers: Mapping[str, bool] | None = None,
    language: str = "",
) -> Ticket:
    """Draw a number for somebody who is on the way; whoever else does so waits here meanwhile."""
    plain = slots.plain_phone(phone)
    if not plain:
        raise PhoneMissing
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    until, index = kept_until(hall, service), blind_index(plain)
    if until is None:
        raise NotFromAfar
    if Ticket.objects.filter(hall=hall, phone_index=index, state__in=OPEN).exists():
        raise AlreadyOnTheWay
    if coming(hall).count() >= policy(hall, RemotePolicy).at_once:
        raise TooManyOnTheWay
    try:
        with transaction.atomic():
            return take(
                hall=hall,
                service=service,
                by=by,
                channel=Channel.REMOTE,
                priority=priority,
                needs=needs,
                answers=answers,
                phone=plain,
                language=language,
                away=Away(until, index),
            )
    except IntegrityError as taken:  # the database counts them once more
        raise AlreadyOnTheWay from taken


@action
def arrive(*, ticket: Ticket, by: By) -> Ticket:
    """Who was on the way is here, and waits in the place that was kept.

    What is told from now on is measured from now on: the wait at home is nobody's promise.
    """
    ticket = fresh(ticket)
    if ticket.state != State.COMING:
        raise NotNow(ticket)
    told = look(ticket.hall).told(ticket.service_id, ticket.due)
    ticket.move(State.WAITING, until=None, **told.kept, **ticket.spent(clocks.now()))
    record("ticket.arrived", ticket, by=by, topics=topics(ticket))
    return ticket
