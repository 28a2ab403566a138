"""What stands on a ticket of paper, beside its number."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onewindow.base.halls.policies import policy
from onewindow.base.halls.queries import picture
from onewindow.base.halls.text import said
from onewindow.base.halls.words import WORDS
from onewindow.catalogue.queries import materials_for
from onewindow.floor.models import Zone
from onewindow.floor.queries import profile_of, windows_serving
from onewindow.tickets.estimates import look
from onewindow.tickets.models import Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import State

PAPERS = 6
LONG_MIN = 30  # longer waits are said in steps of five minutes


@dataclass(frozen=True)
class Slip:
    """A ticket in words, as its visitor reads them; ``local`` is for the signs of the hall."""

    hall: str
    number: str
    service: str
    zone: str
    way: str
    local: str
    ahead: int | None
    wait: str
    taken: str
    papers: list[str]
    missed: str
    address: str
    phone: str
    logo: bytes = b""  # a PNG


def slip_of(ticket: Ticket) -> Slip:
    """Put a ticket into words, in the language now spoken."""
    hall, zone = ticket.hall, _zone(ticket)
    ahead, wait = _queue(ticket)
    missed = _("If you miss your call, go to the {guide_desk} within {minutes} minutes.")
    return Slip(
        hall=said(hall.name),
        number=ticket.number,
        service=said(ticket.service.name),
        zone=said(zone.name) if zone else "",
        way=" · ".join(filter(None, (said(zone.storey), said(zone.direction)))) if zone else "",
        local=_local(ticket, zone),
        ahead=ahead,
        wait=wait,
        taken=ticket.joined_at.astimezone(hall.zone).strftime("%Y-%m-%d %H:%M"),
        papers=[str(one) for one in materials_for(ticket.service, ticket.answers)[:PAPERS]],
        missed=missed.format(minutes=policy(hall, TicketPolicy).come_back_min, **WORDS),
        address=f"{settings.PUBLIC_URL}/t/{ticket.visit.token}/" if settings.PUBLIC_URL else "",
        phone=hall.phone,
        logo=picture(hall),
    )


def minutes(p50_s: int, p80_s: int) -> str:
    """A wait as a range: ``8-15 min``."""
    low, high = (max(1, round(seconds / 60)) for seconds in (p50_s, p80_s))
    if high > LONG_MIN:
        low, high = max(5, low // 5 * 5), -(-high // 5) * 5
    if not p80_s:
        return _("no wait")
    if low >= high:
        return _("{minutes} min").format(minutes=high)
    return _("{low}–{high} min").format(low=low, high=high)


def _queue(ticket: Ticket) -> tuple[int | None, str]:
    """How many are ahead and how long that takes; nothing of one who waits no more."""
    if ticket.state != State.WAITING:
        return None, ""
    seen = look(ticket.hall)
    ahead = seen.ahead(ticket.service_id, ticket.due)
    return ahead, minutes(*seen.wait(ticket.service_id, ticket.due))


def _zone(ticket: Ticket) -> Zone | None:
    """Where one waits: at the window kept for them, else where the service is first choice."""
    if ticket.only_window is not None:
        return ticket.only_window.zone
    serving = windows_serving(ticket.service)
    first = [one for one in serving if ticket.service_id in profile_of(one).first]
    return next((one.zone for one in first or serving), None)


def _local(ticket: Ticket, zone: Zone | None) -> str:
    """Service and zone as the signs of the hall call them, for who reads another language."""
    local = ticket.hall.language
    if (get_language() or "").split("-")[0] == local.split("-")[0]:
        return ""
    names = (ticket.service.name, zone.name if zone else {})
    return " · ".join(filter(None, (name.get(local, "") for name in names)))
