"""The plan of the floor: departments, zones, windows and what they serve, spots, hours."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from onewindow.accounts.actions.devices import turn
from onewindow.accounts.models import Device
from onewindow.base.action import action
from onewindow.base.deadlines.models import Hours
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Department, Hall
from onewindow.base.halls.text import Spoken
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.floor.models import Check, Place, Profile, Spot, Window, Zone


class FloorNotEmpty(Refused):
    """A template fills an empty hall."""

    sentence = _("This hall has windows already. A template fills an empty one.")


@dataclass
class Plan:
    """A whole floor, none of it saved yet."""

    zones: list[Zone] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    profiles: list[Profile] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)


@action
def describe_hall(*, hall: Hall, phone: str, address: Spoken, languages: list[str], by: By) -> Hall:
    """Say where the hall is, how to reach it, and how it speaks."""
    hall.phone, hall.address, hall.languages = phone, address, languages
    hall.save(update_fields=["phone", "address", "languages"])
    record("hall.described", hall, by=by, hall=hall.pk, label=hall.slug, topics=("hall",))
    changed(hall)
    return hall


@action
def join_departments(*, hall: Hall, names: dict[str, Spoken], by: By) -> dict[str, Department]:
    """Let departments, by code, serve in the hall; those the organisation lacks are made."""
    of_organisation = Department.objects.filter(organisation=hall.organisation_id)
    known = {department.code: department for department in of_organisation}
    missing = [
        Department(organisation_id=hall.organisation_id, code=code, name=name)
        for code, name in names.items()
        if code not in known
    ]
    known |= {made.code: made for made in Department.objects.bulk_create(missing)}
    joined = {code: known[code] for code in names}
    hall.departments.add(*joined.values())
    record("hall.joined", hall, by=by, hall=hall.pk, label=hall.slug, departments=list(names))
    changed(hall)
    return joined


@action
def fill_floor(*, hall: Hall, plan: Plan, by: By) -> None:
    """Write a whole floor into an empty hall: one row on the trail."""
    if hall.windows.exists() or hall.zones.exists():
        raise FloorNotEmpty
    rows: list[Zone | Window | Spot | Hours | Check]
    rows = [*plan.zones, *plan.windows, *plan.spots, *plan.hours, *plan.checks]
    for row in rows:
        row.hall = hall
    Zone.objects.bulk_create(plan.zones)
    Window.objects.bulk_create(plan.windows)
    Profile.objects.bulk_create(plan.profiles)
    Spot.objects.bulk_create(plan.spots)
    Hours.objects.bulk_create(plan.hours)
    Check.objects.bulk_create(plan.checks)
    count = {"zones": len(plan.zones), "windows": len(plan.windows)}
    record("floor.filled", hall, by=by, hall=hall.pk, label=hall.slug, topics=("floor",), **count)
    changed(hall)


@action
def place(*, device: Device, window: Window | None, zones: Sequence[Zone], by: By) -> Place:
    """Say where a device stands: at a window, or for some zones (none of them: for all)."""
    found, _made = Place.objects.update_or_create(device=device, defaults={"window": window})
    found.zones.set(zones)
    turn(device)
    record(
        "device.placed",
        device,
        by=by,
        label=device.name,
        topics=("floor", device.topic),
        window=window and window.label,
        zones=[zone.code for zone in zones],
    )
    changed(device.hall)
    return found
