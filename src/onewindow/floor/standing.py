"""Where devices stand, as the devices pages ask it: a zone, a window, or the whole hall."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from onewindow.accounts.models import Device, User
from onewindow.accounts.standing import Choices, Standing
from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import said
from onewindow.base.trail import By
from onewindow.floor import queries
from onewindow.floor.actions.plan import place
from onewindow.floor.models import Place, Window

ZONE, WINDOW = "zone.", "window."


def choices(hall: Hall) -> Choices:
    """Return the zones and the windows of a hall, each in its own group."""
    zones = [(ZONE + zone.code, str(zone)) for zone in queries.zones(hall)]
    windows = [(WINDOW + one.label, in_words(one)) for one in queries.windows(hall)]
    return [(str(_("Zones")), zones), (str(_("Windows")), windows)]


def put(device: Device, chosen: str, by: By) -> None:
    """Put a device where somebody chose."""
    kind, code = chosen.split(".", 1)
    zones = [zone for zone in queries.zones(device.hall) if kind == "zone" and zone.code == code]
    window = queries.window_by_label(device.hall, code) if kind == "window" else None
    place(device=device, window=window, zones=zones, by=by)


def where(hall: Hall) -> dict[int, str]:
    """Return in words where the devices of a hall stand. Two queries."""
    rows = Place.objects.filter(device__hall=hall, device__revoked_at=None)
    found = rows.select_related("window").prefetch_related("zones")
    return {row.device_id: _of(row) for row in found}


def standing_of(device: Device) -> str:
    """Return in words where one device stands; "" when that is the whole hall."""
    row = Place.objects.select_related("window").filter(device=device).first()
    return _of(row) if row else ""


@dataclass(frozen=True)
class Health:
    """How many screens are seen, and those that are not, with where they stand."""

    seen: int
    offline: list[tuple[Device, str]]


def health(hall: Hall) -> Health:
    """Return how the screens of a hall are. One query, and two more when some are offline."""
    seen = list(queries.screens_seen(hall))
    silent = queries.offline(hall, seen)
    stands = where(hall) if silent else {}
    return Health(len(seen) - len(silent), [(one, stands.get(one.pk, "")) for one in silent])


def in_words(window: Window) -> str:
    """Return a window's label with its name."""
    return _("window {label} {name}").format(label=window.label, name=said(window.name)).strip()


def _of(row: Place) -> str:
    if row.window:
        return in_words(row.window)
    return pgettext("between zones", ", ").join(str(zone) for zone in row.zones.all())


def window_of(user: User) -> str:
    """Return the label of the window where a person stands; "" when nowhere."""
    session = queries.session_of(user)
    return session.window.label if session else ""


STANDING = Standing(choices, put, where, "floor:place", window_of)
