"""What may happen to a hall at any time, so that one sees how it copes.

Each goes through the actions of the rooms, as if people had done it. What happened last stands in
the demonstration's row, and every front page that is open tells it.
"""

from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onewindow.accounts.models import Device
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.trail import By, job
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Service
from onewindow.catalogue.queries import service_by_code, services
from onewindow.floor.actions import WindowNotOpen, open_hall
from onewindow.floor.models import Window
from onewindow.floor.queries import session_at, window_by_label
from onewindow.simulator import rules
from onewindow.simulator.actions.row import locked
from onewindow.simulator.dark import Dark
from onewindow.simulator.models import Demonstration
from onewindow.simulator.queries import offered, printing_kiosk
from onewindow.tickets import actions as tickets
from onewindow.tickets.actions.take import DayIsFull, HourIsFull
from onewindow.tickets.estimates import look
from onewindow.tickets.here import services_of
from onewindow.tickets.models import Ticket
from onewindow.tickets.queries import at_window, waiting
from onewindow.tickets.rules import TicketPolicy, credit
from onewindow.tickets.states import Channel, Need, Outcome, Priority, State

BY = job("simulator")
TOPIC = "demonstration"
WINDOW = "5"
CROWD = 40
NOTICE = timedelta(seconds=5)  # before the power goes: the answer still arrives
CUT_FOR = timedelta(seconds=75)  # long enough to be an outage and not a hiccup


class NoPrinter(Refused):
    """The simulator connects the kiosk's printer when it starts."""

    sentence = gettext_lazy("The kiosk's printer is not connected yet. Try again in some seconds.")


class NobodyLeft(Refused):
    """A clerk who is away leaves no more."""

    sentence = gettext_lazy("The clerk of window {window} is away already.")


@action
def jam_paper(*, hall: Hall, by: By) -> None:
    """Let the paper stick in the kiosk's printer, and somebody draw a number there."""
    row, kiosk = locked(hall), printing_kiosk(hall)
    if kiosk is None:
        raise NoPrinter
    row.jammed = True
    wanted = rules.visitor(Random(), offered(hall)).service  # noqa: S311 (a simulation)
    ticket = _draw(hall, kiosk, service_by_code(hall, wanted))
    _happened(row, "jam", by, kiosk=kiosk.name, **_of(ticket))


@action
def clear_jam(*, hall: Hall, by: By) -> None:
    """Take the paper out; the printer says by itself that it is ready."""
    row = locked(hall)
    row.jammed = False
    _happened(row, "unjam", by)


@action
def empty_window(*, hall: Hall, by: By) -> None:
    """Let the clerk call somebody, and leave without a word. Who sat there is served before.

    Where nobody waits for the window, somebody comes.
    """
    row, window = locked(hall), window_by_label(hall, WINDOW)
    if row.away:
        raise NobodyLeft(window=row.away)
    if session_at(window) is None:
        raise WindowNotOpen(window=window.label)
    ticket = at_window(window)
    if ticket is not None and ticket.state == State.SERVING:
        tickets.finish(ticket=ticket, outcome=Outcome.DONE, by=BY)
        ticket = None
    called = ticket or tickets.call_next(window=window, by=BY) or _call_newcomer(window)
    row.away = window.label
    _happened(row, "leave", by, window=window.label, **_of(called))


@action
def find_nobody(*, hall: Hall) -> None:
    """Let the visitor who stands before the empty window say so on the phone."""
    row = locked(hall)
    if not row.away:
        return
    ticket = at_window(window_by_label(hall, row.away))
    if ticket is not None and ticket.state == State.CALLED:
        tickets.find_nobody(ticket=ticket, by=By("visitor"))


@action
def bring_back_clerk(*, hall: Hall, by: By) -> None:
    """Let the clerk come back to the window; a clerk who is there stays."""
    row = locked(hall)
    window, row.away = row.away or WINDOW, ""
    _happened(row, "back", by, window=window)


@action
def come_in_crowd(*, hall: Hall, by: By) -> None:
    """Let a coach of people take numbers, each with what a visitor of this hall wants."""
    row, rng, wanted = locked(hall), Random(), offered(hall)  # noqa: S311 (a simulation)
    came = sum(_comes(hall, rules.visitor(rng, wanted)) for _person in range(CROWD))
    _happened(row, "crowd", by, many=came, waiting=waiting(hall).count())


@action
def come_deaf(*, hall: Hall, by: By) -> None:
    """Let somebody who does not hear draw a number at the kiosk, and say so there."""
    row, kiosk = locked(hall), printing_kiosk(hall)
    if kiosk is None:
        raise NoPrinter
    ticket = _draw(hall, kiosk, _soonest(hall), priority=Priority.P1, needs=[Need.HEARING])
    _happened(row, "deaf", by, **_of(ticket))


@action
def cut_power(*, hall: Hall, by: By) -> None:
    """Let every process of ours die in a moment, and begin again after a good minute."""
    row, begins = locked(hall), clocks.now() + NOTICE
    ends = begins + CUT_FOR
    _happened(row, "cut", by, begins=begins.isoformat(), ends=ends.isoformat())
    shift = clocks.shift()
    Dark(Path(settings.DATA)).plan(begins - shift, ends - shift)


@action
def close_early(*, hall: Hall, by: By) -> None:
    """Close the hall; who still waits is offered to come first tomorrow."""
    row, offer = locked(hall), _("Come tomorrow, you will be first.")
    many = tickets.close_hall(hall=hall, by=BY, offered=offer)
    _happened(row, "close", by, many=many, offered=offer)


@action
def open_again(*, hall: Hall, by: By) -> None:
    """Open the hall that was closed; that takes a reason, here too."""
    row, reason = locked(hall), _("The demonstration goes on.")
    open_hall(hall=hall, by=BY, reason=reason)
    _happened(row, "open", by, reason=reason)


def _comes(hall: Hall, who: rules.Visitor) -> bool:
    """Draw a number for one of the crowd; False when there is none left for what they want."""
    try:
        tickets.take(
            hall=hall,
            service=service_by_code(hall, who.service),
            channel=Channel(who.channel),
            priority=Priority(who.priority),
            needs=who.needs,
            by=BY,
        )
    except (DayIsFull, HourIsFull):
        return False
    return True


def _call_newcomer(window: Window) -> Ticket:
    """Let somebody come for the window and be called at once."""
    (first, *_others) = services_of(window)
    ticket = tickets.take(hall=window.hall, service=first, channel=Channel.KIOSK, by=BY)
    return tickets.call_next(window=window, by=BY) or ticket


def _soonest(hall: Hall) -> Service:
    """Return what one with priority is called for soonest: nobody watches for long."""
    seen = look(hall)
    due = clocks.now() - credit(Priority.P1, policy(hall, TicketPolicy))
    served = [one for one in services(hall) if one.pk in seen.lines] or services(hall)
    return min(served, key=lambda one: seen.told(one.pk, due).foreseen_s)


def _draw(hall: Hall, kiosk: Device, service: Service, **declared: Any) -> Ticket:
    """Draw a number at a kiosk, as a visitor does."""
    return tickets.take(
        hall=hall,
        service=service,
        channel=Channel.KIOSK,
        by=By("device", kiosk.pk, kiosk.name, "device"),
        **declared,
    )


def _of(ticket: Ticket) -> dict[str, str]:
    return {"number": ticket.number, "visit": ticket.visit.token}


def _happened(row: Demonstration, what: str, by: By, **told: Any) -> None:
    """Keep what happened last, and wake the front pages."""
    row.happened, row.happened_at = {"what": what, **told}, clocks.now()
    row.save()
    record("demonstration.happened", row, by=by, topics=(TOPIC,), what=what)
