"""What the API says of a hall and its windows: plain dictionaries with the fixed names."""

from typing import Any

from onewindow.base import clocks
from onewindow.base.deadlines.queries import is_open
from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import said
from onewindow.catalogue.queries import services
from onewindow.floor.models import Session, Window
from onewindow.floor.queries import day_of, live_sessions, profile_of, windows
from onewindow.floor.states import SessionState


def hall(one: Hall) -> dict[str, Any]:
    """Return a hall with its services and windows. Two queries, however large it is."""
    states = {session.window_id: session.state for session in live_sessions(one)}
    codes = _codes(one)
    return {
        "slug": one.slug,
        "name": said(one.name),
        "timezone": one.timezone,
        "open": is_open_now(one),
        "services": [
            {
                "code": service.code,
                "name": said(service.name),
                "group": service.group.code,
                "depth": str(service.depth),
            }
            for service in services(one)
        ],
        "windows": [
            _window(window, states.get(window.pk, SessionState.CLOSED), codes)
            for window in windows(one)
        ],
    }


def session(one: Session, here: Hall) -> dict[str, Any]:
    """Return a window with who stands there."""
    until = one.until.astimezone(here.zone).isoformat() if one.until else None
    staff = one.user.staff_number if one.user else None
    return _window(one.window, one.state, _codes(here)) | {"staff": staff, "until": until}


def is_open_now(one: Hall) -> bool:
    """Say whether the hall is open: by its hours, and nobody has closed it today."""
    day = day_of(one)
    return is_open(one, clocks.now()) and not (day and day.closed_at)


def _codes(one: Hall) -> dict[int, str]:
    return {service.pk: service.code for service in services(one)}


def _window(window: Window, state: str, codes: dict[int, str]) -> dict[str, Any]:
    served = [codes[pk] for pk in profile_of(window).all if pk in codes]
    return {"label": window.label, "state": str(state), "services": served}
