"""At the window: start, finish, walk-in."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Service
from onewindow.catalogue.states import SERIES_OF_WALK_INS
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.floor.queries import session_at
from onewindow.tickets.actions.call import bring_to, free_window, fresh, topics, walking_s
from onewindow.tickets.actions.take import draw
from onewindow.tickets.exceptions import rules_for
from onewindow.tickets.models import NotNow, Ticket, Visit
from onewindow.tickets.states import AT_WINDOW, Channel, Outcome, State

AT_LEAST_S = 5  # nobody comes from the chairs sooner, however near the window


class ReasonForNotPossible(Refused):
    """Who is told that it is not possible is told why."""

    sentence = _("Please say why it is not possible.")
    status = 422


class NotHereYet(Refused):
    """Who was called a moment ago still walks: nobody is finished by a key pressed twice."""

    sentence = _("Number {number} was called only now. Press Start when the {visitor} is here.")


@action
def start(*, ticket: Ticket, by: By) -> Ticket:
    """The visitor sits down: service begins."""
    ticket = fresh(ticket)
    if ticket.state != State.CALLED:
        raise NotNow(ticket)
    now = clocks.now()
    ticket.move(State.SERVING, started_at=ticket.started_at or now, **ticket.spent(now))
    record("ticket.started", ticket, by=by, topics=topics(ticket))
    return ticket


@action
def walk_in(*, window: Window, service: Service, by: By) -> Ticket:
    """Serve someone who has no number: they get one of the walk-in series."""
    session = free_window(window)
    now = clocks.now()
    visit = draw(hall=window.hall, series=SERIES_OF_WALK_INS, now=now, channel=Channel.DESK)
    ticket = Ticket.objects.create(
        hall=window.hall,
        visit=visit,
        service=service,
        day=visit.day,
        state=State.PARKED,  # it waits for nothing: as if set aside for this instant
        due=now,
        joined_at=now,
        changed_at=now,
        called_at=now,
    )
    bring_to(ticket, session, State.SERVING)
    record("ticket.walked_in", ticket, by=by, topics=topics(ticket), service=service.code)
    return ticket


@action
def finish(
    *,
    ticket: Ticket,
    by: By,
    outcome: Outcome = Outcome.DONE,
    services: Iterable[str] = (),
    files: int | None = None,
    note: str = "",
) -> Ticket:
    """End the service with its outcome. A called visitor counts as started after the walk.

    ``services`` are the codes really given, by default the ticket's own, ``files`` by default those
    announced. A ticket that was moved here with return goes back to wait for where it came from.
    """
    if outcome == Outcome.NOT_POSSIBLE and not note.strip():
        raise ReasonForNotPossible
    ticket = fresh(ticket)
    if ticket.state not in AT_WINDOW:
        raise NotNow(ticket)
    now = clocks.now()
    given = list(services) or [ticket.service.code]
    files = files or ticket.files
    changes = {
        **_times_at_end(ticket, now),
        "outcome": outcome,
        "outcome_note": note.strip()[:200],
        "given": given,
        "files": files,
    }
    release(ticket, by=by, papers_s=rules_for(ticket).wrap_up_s)
    if ticket.return_to_id:
        _send_back(ticket, changes)
    else:
        ticket.move(State.DONE, ended_at=now, **changes)
    record(
        "ticket.finished",
        ticket,
        by=by,
        topics=topics(ticket),
        outcome=outcome,
        services=given,
        files=files,
    )
    return ticket


def served_from(ticket: Ticket) -> datetime:
    """Return from when on a called visitor may be finished at the desk without a start."""
    walk = timedelta(seconds=max(walking_s(ticket), AT_LEAST_S))
    return (ticket.called_at or clocks.now()) + walk


def release(ticket: Ticket, *, by: By, papers_s: int = 0) -> None:
    """Let the visit go from its window, which then has time for the papers, or pauses."""
    Visit.objects.filter(pk=ticket.visit_id).update(at=None)
    ticket.visit.at = None
    if ticket.session and ticket.window:
        ticket.session.window = ticket.window
        floor.visitor_gone(ticket.session, by=by, papers_s=papers_s)


def _times_at_end(ticket: Ticket, now: datetime) -> dict[str, object]:
    """Return started, walked and served of a ticket that ends now."""
    if ticket.state == State.SERVING:
        return ticket.spent(now)
    called = ticket.called_at or now
    started = min(called + timedelta(seconds=walking_s(ticket)), now)
    return {
        "changed_at": now,
        "started_at": ticket.started_at or started,
        "walking_s": ticket.walking_s + clocks.seconds(called, started),
        "service_s": ticket.service_s + clocks.seconds(started, now),
    }


def _send_back(ticket: Ticket, changes: dict[str, object]) -> None:
    """Let a ticket that came with return wait for the window it came from, if that still stands."""
    if ticket.state == State.CALLED:  # it was served without a start: MOVES knows no short cut
        ticket.move(State.SERVING)
    here = ticket.return_to
    window = here if here and session_at(here) else None
    ticket.move(State.WAITING, only_window=window, return_to=None, **changes)
