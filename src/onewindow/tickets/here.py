"""What the panels of a window show: who is here, who comes next, what was set aside."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count
from django.utils.translation import gettext_lazy as _

from onewindow.alerts.queries import emergency, stands
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import NotFound
from onewindow.catalogue.models import Material, Service
from onewindow.catalogue.queries import UnknownService, materials_for, service_by_id, services
from onewindow.floor.models import Session, Window
from onewindow.floor.queries import profile_of
from onewindow.tickets import phrases, queries
from onewindow.tickets.actions.call import recall_in
from onewindow.tickets.actions.serve import served_from
from onewindow.tickets.exceptions import rules_at, rules_for
from onewindow.tickets.models import Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import Outcome, State
from onewindow.tickets.why import NAMED, why_now

NEXT_SHOWN = 6
LINES_SHOWN = 8
CALLED, ALARM = "called", "alarm"


class NobodyTook(NotFound):
    """The number was not drawn today."""

    sentence = _("Nobody took number {number} today.")


@dataclass(frozen=True)
class Here:
    """A window as its clerk sees it now."""

    session: Session
    ticket: Ticket | None
    also: list[Ticket]  # the same visitor's other tickets
    passed: list[Ticket]  # who came earlier and still waits
    materials: list[Material]
    calling: dict[str, bool]  # which calls to the duty manager stand, and whether one was taken
    rules: TicketPolicy
    calls_at: datetime | None  # when it calls by itself

    @property
    def window(self) -> Window:
        """The window."""
        return self.session.window

    @property
    def version(self) -> str:
        """Two panels of one version show the same: a woken screen leaves what is typed alone."""
        ticket, session = self.ticket, self.session
        about = (
            (ticket.pk, ticket.state, ticket.changed_at.timestamp(), ticket.recalls)
            if ticket
            else ()
        )
        also = [(one.pk, one.state) for one in self.also]
        stands = (session.state, session.until, session.pause_waits, session.then_closes)
        asked = (
            session.next_user_id,
            session.called_back_at,
            session.holds_back,
            session.wraps_up(),
        )
        return repr((stands, asked, about, also, self.calling, self.calls_at))

    @property
    def is_alarmed(self) -> bool:
        """Whether the alarm of this window stands."""
        return cause(self.window, ALARM) in self.calling

    @property
    def is_coming(self) -> bool:
        """Whether somebody took the call: before, nobody is said to come."""
        return any(self.calling.values())

    @property
    def why(self) -> str:
        """Why this one was called now."""
        return why_now(self.ticket, self.passed) if self.ticket else ""

    @property
    def phrase(self) -> str:
        """What to say."""
        return phrases.phrase(self.ticket) if self.ticket else phrases.farewell()

    @property
    def since(self) -> datetime | None:
        """When the time began that the large clock shows: what was served before counts too."""
        ticket = self.ticket
        if ticket is None:
            return None
        if ticket.state != State.SERVING:
            return ticket.called_at
        return ticket.changed_at - timedelta(seconds=ticket.service_s)

    @property
    def target_s(self) -> int:
        """How long this service should take."""
        return self.ticket.service.target_minutes * 60 * self.ticket.files if self.ticket else 0

    @property
    def recall_at(self) -> datetime | None:
        """From when on the visitor may be called again; None when never more."""
        ticket = self.ticket
        if ticket is None or ticket.state != State.CALLED or ticket.recalls >= self.rules.recalls:
            return None
        return clocks.now() + timedelta(seconds=recall_in(ticket, self.rules))

    @property
    def finish_at(self) -> datetime | None:
        """From when on a called visitor may be finished without a start."""
        return served_from(self.ticket) if self.ticket else None

    @property
    def may_miss(self) -> bool:
        """Whether the visitor was called again often enough."""
        return bool(self.ticket and self.ticket.recalls >= self.rules.miss_after_recalls)

    @property
    def is_free(self) -> bool:
        """Whether the next visitor could be called at once."""
        return self.session.calls and self.ticket is None and not self.session.wraps_up()

    @property
    def calls_itself(self) -> bool:
        """Whether it calls by itself when somebody comes: it must hear of them."""
        wished = bool(self.rules.auto_call_s) and not self.session.holds_back
        return wished and self.session.calls and self.ticket is None

    @property
    def usual(self) -> Outcome:
        """How this service usually ends: done at once, or received where steps follow."""
        steps_follow = self.ticket is not None and self.ticket.service.depth != "ticket"
        return Outcome.RECEIVED if steps_follow else Outcome.DONE


@dataclass(frozen=True)
class Beside:
    """What comes next at a window."""

    next: list[Ticket]
    waiting_here: int
    waiting_in_hall: int
    parked: list[Ticket]
    missed: list[Ticket]
    served: int
    mean_s: int


def here(session: Session) -> Here:
    """Return a window as it is now; a fixed number of queries."""
    window, hall = session.window, session.window.hall
    ticket = queries.at_window(window)
    also: list[Ticket] = []
    if ticket:
        ticket.hall, ticket.window = hall, window  # as the process knows them
        also = [one for one in queries.tickets_of(ticket.visit) if one.pk != ticket.pk]
    return Here(
        session=session,
        ticket=ticket,
        also=also,
        passed=list(queries.passed_by(ticket)[: NAMED + 1]) if ticket else [],
        materials=papers(ticket) if ticket else [],
        calling=stands(hall, *(cause(window, kind) for kind in (CALLED, ALARM))),
        rules=rules_for(ticket) if ticket else rules_at(window),
        calls_at=None if ticket or emergency(hall) else queries.calls_itself_at(session),
    )


def beside(session: Session) -> Beside:
    """Return who comes next at a window; as many queries for five as for five hundred."""
    window, hall = session.window, session.window.hall
    mine = queries.waiting_for(window)
    coming = list(queries.whole(mine)[:NEXT_SHOWN])
    for one in coming:  # what explains their place is at hand
        one.hall, one.only_window = hall, window if one.only_window_id else None
    served, mean_s = served_today(hall, session.user_id)
    return Beside(
        next=coming,
        waiting_here=mine.count(),
        waiting_in_hall=queries.waiting(hall).count(),
        parked=set_aside(session),
        missed=list(queries.missed_for(window)[:LINES_SHOWN]),
        served=served,
        mean_s=mean_s,
    )


def set_aside(session: Session) -> list[Ticket]:
    """Return who was set aside at a window and may be resumed there."""
    return list(queries.parked_at(session.window)[:LINES_SHOWN])


def cause(window: Window, kind: str) -> str:
    """Return the cause of a window's call to the duty manager."""
    return f"window.{window.label}.{kind}"


def papers(ticket: Ticket) -> list[Material]:
    """Return the papers of this visitor; what they answered at the kiosk is kept."""
    try:
        service = service_by_id(ticket.hall, ticket.service_id)
    except UnknownService:  # it is no longer offered, and its visitor is still here
        service = ticket.service
    return materials_for(service, ticket.answers)


def served_today(hall: Hall, user: int | None) -> tuple[int, int]:
    """Return how many visits a person finished today, and their mean in seconds."""
    if user is None:
        return 0, 0
    done = queries.of_day(hall, hall.today()).order_by().filter(user_id=user, state=State.DONE)
    found = done.aggregate(many=Count("pk"), mean=Avg("service_s"))
    return found["many"], round(found["mean"] or 0)


def services_of(window: Window) -> list[Service]:
    """Return what a window serves, first choices first."""
    offered = {service.pk: service for service in services(window.hall)}
    return [offered[pk] for pk in profile_of(window).all if pk in offered]


def waiting_number(hall: Hall, number: str) -> Ticket:
    """Return the waiting ticket of a number, or another of today for the action to refuse.

    Raise NobodyTook when there is none.
    """
    rows = queries.whole(queries.waiting(hall)).filter(visit__number=number.strip().upper())
    found = rows.first() or queries.find(hall, number.strip()).first()
    if found is None:
        raise NobodyTook(number=number.strip())
    return found
