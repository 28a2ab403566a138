"""What the API says of a ticket and of a queue: plain dictionaries with the fixed names."""

from datetime import datetime
from typing import Any

from onewindow.base.halls.models import Hall
from onewindow.catalogue.queries import services
from onewindow.floor import answers as floor
from onewindow.tickets import queries
from onewindow.tickets.appointments import Slot
from onewindow.tickets.estimates import Estimate, Look, look
from onewindow.tickets.models import Appointment, Ticket
from onewindow.tickets.states import State


def ticket(one: Ticket, hall: Hall, seen: Look | None = None) -> dict[str, Any]:
    """Return a Ticket of the API. ``ahead`` and ``wait`` are null for who does not wait."""
    seen = seen or look(hall)
    ahead, wait = _place(one, seen)
    return {
        "id": one.pk,
        "number": one.number,
        "token": one.visit.token,
        "visit": one.visit_id,
        "state": str(one.state),
        "service": one.service.code,
        "window": one.window.label if one.window else None,
        "priority": str(one.visit.priority),
        "needs": one.visit.needs,
        "channel": str(one.visit.channel),
        "files": one.files,
        "outcome": str(one.outcome) or None,
        "joined_at": moment(one.visit.joined_at, hall),
        "called_at": moment(one.called_at, hall),
        "started_at": moment(one.started_at, hall),
        "ended_at": moment(one.ended_at, hall),
        "ahead": ahead,
        "wait": wait,
    }


def slot(one: Slot, hall: Hall) -> dict[str, Any]:
    """Return a time that can be booked."""
    return {"starts_at": moment(one.starts_at, hall), "free": one.free}


def appointment(one: Appointment, hall: Hall) -> dict[str, Any]:
    """Return an appointment; whose it is stays here."""
    return {
        "code": one.code,
        "token": one.token,
        "state": str(one.state),
        "service": one.service.code,
        "starts_at": moment(one.starts_at, hall),
    }


def moment(at: datetime | None, hall: Hall) -> str | None:
    """Return a moment as RFC 3339 with the hall's offset."""
    return at.astimezone(hall.zone).isoformat() if at else None


def _place(one: Ticket, seen: Look) -> tuple[int | None, dict[str, int] | None]:
    if one.state != State.WAITING or one.service_id not in seen.lines:
        return None, None
    p50_s, p80_s = seen.wait(one.service_id, one.due)
    return seen.ahead(one.service_id, one.due), {"p50_s": p50_s, "p80_s": p80_s}


def queue(hall: Hall) -> dict[str, Any]:
    """Return the whole queue of a hall; a fixed number of queries however many wait."""
    seen = look(hall)
    here = [ticket(one, hall, seen) for one in queries.called_now(hall)]
    waiting = queries.whole(queries.waiting(hall))
    return {
        "waiting": [ticket(one, hall, seen) for one in waiting],
        "called": [one for one in here if one["state"] == State.CALLED],
        "serving": [one for one in here if one["state"] == State.SERVING],
        "windows": floor.hall(hall)["windows"],
        "estimates": {
            service.code: _estimate(seen.estimate(service.pk)) for service in services(hall)
        },
    }


def _estimate(one: Estimate) -> dict[str, int]:
    """A service's queue in the API's own names."""
    return {"waiting": one.waiting, "p50_s": one.p50_s, "p80_s": one.p80_s}
