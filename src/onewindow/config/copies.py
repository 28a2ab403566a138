"""A hall once more: what it is set up with, as rows of another that are not saved yet."""

import secrets
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models

from onewindow.base import clocks
from onewindow.base.halls.models import Hall, Policy
from onewindow.base.halls.text import Spoken
from onewindow.catalogue.models import Condition, Form, Group, Material, Service
from onewindow.floor.actions import Plan
from onewindow.floor.models import Profile, Window, Zone
from onewindow.floor.readiness import Readiness
from onewindow.tickets.models import RuleException

Row = TypeVar("Row", bound=models.Model)


@dataclass
class Offer:
    """Copies of what a hall offers; services by the key of those they were made from."""

    groups: list[Group]
    conditions: list[Condition]
    services: list[Service]
    materials: list[Material]
    forms: list[Form]
    service: dict[int, Service]


def described(like: Hall, name: Spoken) -> Hall:
    """Return a hall that keeps its time, speaks and looks like another; it stands elsewhere."""
    return copy(like, slug="", name=name, address={}, version=1, logo="")


def offer(like: Hall) -> Offer:
    """Return copies of groups, questions, services, papers and their forms in use."""
    group = {row.pk: copy(row) for row in in_use(like.groups)}
    asked = {row.pk: copy(row) for row in in_use(like.conditions)}
    service = {
        row.pk: copy(row, group=group[row.group_id])
        for row in in_use(like.services)
        if row.group_id in group
    }
    papers = in_use(Material.objects.filter(service__in=service))
    material = {
        row.pk: copy(row, service=service[row.service_id], condition=asked.get(row.condition_id))
        for row in papers
    }
    forms = in_use(Form.objects.filter(material__in=material))
    return Offer(
        groups=[*group.values()],
        conditions=[*asked.values()],
        services=[*service.values()],
        materials=[*material.values()],
        forms=[copy(row, material=material[row.material_id]) for row in forms],
        service=service,
    )


def plan(like: Hall, offer: Offer) -> Plan:
    """Return copies of zones, windows with what they serve, spots and opening hours."""
    zone: dict[int, Zone] = {row.pk: copy(row) for row in in_use(like.zones)}
    window: dict[int, Window] = {
        row.pk: copy(row, zone=zone[row.zone_id])
        for row in in_use(like.windows)
        if row.zone_id in zone
    }
    lines = Profile.objects.filter(window__in=window, service__in=offer.service)
    return Plan(
        zones=[*zone.values()],
        windows=[*window.values()],
        profiles=[
            copy(row, window=window[row.window_id], service=offer.service[row.service_id])
            for row in lines
        ],
        spots=[
            copy(row, code=secrets.token_hex(8), zone=zone.get(row.zone_id))
            for row in in_use(like.spots)
        ],
        hours=[copy(row) for row in like.hours.all()],
        checks=[copy(row) for row in in_use(like.checks)],
    )


def settings(like: Hall, hall: Hall) -> list[Policy]:
    """Return the settings that hold in a hall, to hold in another from now on."""
    own = like.policies.exclude(key=Readiness.__name__)  # another hall is to be made ready itself
    newest = {row.key: row for row in own.order_by("since", "pk")}
    now = clocks.now()
    return [copy(row, hall=hall, since=now) for row in newest.values()]


def exceptions(like: Hall, hall: Hall, offer: Offer) -> list[RuleException]:
    """Return copies of the exceptions from the queue rules, each for the copy of its service."""
    rows = in_use(like.rule_exceptions)
    return [
        copy(row, hall=hall, service=_copied(offer, row.service_id))
        for row in rows
        if row.service_id is None or row.service_id in offer.service
    ]


def _copied(offer: Offer, service: int | None) -> Service | None:
    return offer.service[service] if service is not None else None


def copy(row: Row, **other: Any) -> Row:
    """Return an unsaved copy of a row in which some values are others."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    same = {f.attname: getattr(row, f.attname) for f in fields if f.name not in other}
    return type(row)(**same, **other)


def in_use(rows: Any) -> Any:
    """Leave out what was archived."""
    names = {field.name for field in rows.model._meta.fields}
    return rows.filter(archived_at=None) if "archived_at" in names else rows.all()
