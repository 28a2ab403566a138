"""What the displays show: the last calls, who gets ready, who missed, a window's own screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from onewindow.accounts import photos
from onewindow.accounts.models import Device
from onewindow.alerts.queries import emergency
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.catalogue.models import Service
from onewindow.floor.models import Place, Session, Window, Zone
from onewindow.floor.queries import (
    announcements,
    live_sessions,
    opening,
    profile_of,
    session_at,
    windows,
)
from onewindow.public.queries import GroupNow, groups_now
from onewindow.tickets import queries
from onewindow.tickets.here import services_of
from onewindow.tickets.models import Ticket

CALLS, READY, MISSED, SERVICES = 6, 3, 6, 8
STAYS = timedelta(minutes=15)  # how long a call stays visible once its visitor has gone


@dataclass(frozen=True)
class Call:
    """A call as a display shows it. Its key changes with each recall."""

    ticket: Ticket
    at: datetime

    @property
    def key(self) -> str:
        """What tells a new call from one that was shown."""
        return f"{self.ticket.pk}.{self.at.timestamp():.0f}"


def display(hall: Hall, zones: tuple[Zone, ...]) -> dict[str, Any]:
    """Return what a hall display shows for some zones, or for all."""
    here = {zone.pk for zone in zones}
    mine = [one for one in windows(hall) if not here or one.zone_id in here]
    shown, told = groups(hall, mine), opening(hall, clocks.now())
    closed = told.closes is None and not any(one.waiting for one in shown)
    return {
        "opening": told,
        "closed": closed,
        "calls": calls(hall, mine, stays=timedelta(0) if closed else STAYS),
        "ready": ready(hall, mine),
        "missed": missed(hall, mine),
        "groups": shown,
        "notices": announcements(hall),
        "emergency": emergency(hall),
    }


def calls(hall: Hall, mine: Iterable[Window], stays: timedelta = STAYS) -> list[Call]:
    """Return today's last calls, newest first; those whose visitor has gone stay for a while."""
    labels = {window.pk: window for window in mine}
    gone = queries.ended_since(hall, clocks.now() - stays).filter(day=hall.today())
    shown = []
    for ticket in (*queries.called_now(hall), *gone[: 3 * CALLS]):
        at = ticket.recalled_at or ticket.called_at
        if at and ticket.window_id in labels and ticket.visit.channel != "desk":
            ticket.hall, ticket.window = hall, labels[ticket.window_id]
            shown.append(Call(ticket, at))
    return sorted(shown, key=lambda call: call.at, reverse=True)[:CALLS]


def ready(hall: Hall, mine: Iterable[Window]) -> list[str]:
    """Return the numbers of the next few, without saying who is first."""
    stand = {one.window_id for one in live_sessions(hall) if one.calls}
    served = {pk for one in mine if one.pk in stand for pk in profile_of(one).all}
    rows = queries.waiting(hall).filter(visit__at=None, service_id__in=served)
    numbers = rows.values_list("visit__number", flat=True)[: 3 * READY]
    return sorted(list(dict.fromkeys(numbers))[:READY])


def missed(hall: Hall, mine: Iterable[Window]) -> list[str]:
    """Return the numbers that were called and may still come back."""
    here = [window.pk for window in mine]
    rows = queries.missed(hall).filter(window__in=here)
    return list(rows.values_list("visit__number", flat=True)[:MISSED])


def groups(hall: Hall, mine: Iterable[Window]) -> list[GroupNow]:
    """Return the groups served here; a screen too small for all of them turns its pages."""
    served = {service.group_id for window in mine for service in services_of(window)}
    return [one for one in groups_now(hall) if one.group.pk in served]


def zones_shown(device: Device) -> tuple[Zone, ...]:
    """Return the zones a hall display is for; none are all."""
    return tuple(Zone.objects.filter(place__device=device))


def window_shown(device: Device) -> Window | None:
    """Return the window where a window display stands, from the hall's plan."""
    place = Place.objects.filter(device=device).first()
    plan = {window.pk: window for window in windows(device.hall)}
    return plan.get(place.window_id) if place and place.window_id else None


@dataclass(frozen=True)
class AtWindow:
    """A window as its own display shows it."""

    window: Window
    session: Session | None
    ticket: Ticket | None
    services: list[Service]
    face: str  # the name of the photo of who serves


def at_window(window: Window) -> AtWindow:
    """Return who serves whom at a window."""
    session = session_at(window)
    face = photos.name_of(session.user) if session else ""
    services = services_of(window)[:SERVICES]
    return AtWindow(window, session, queries.at_window(window), services, face)
