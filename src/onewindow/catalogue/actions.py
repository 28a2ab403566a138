"""Verbs that change what the hall offers."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from onewindow.base.action import action
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Condition, Group, Material, Service
from onewindow.catalogue.spelling import spelled


class CatalogueNotEmpty(Refused):
    """A template fills an empty hall."""

    sentence = _("This hall has services already. A template fills an empty one.")


@action
def fill_catalogue(
    *,
    hall: Hall,
    groups: Sequence[Group],
    conditions: Sequence[Condition],
    services: Sequence[Service],
    materials: Sequence[Material],
    by: By,
) -> None:
    """Write a whole catalogue, none of it saved yet, into an empty hall: one row on the trail."""
    if hall.groups.exists() or hall.services.exists():
        raise CatalogueNotEmpty
    rows: list[Group | Condition | Service] = [*groups, *conditions, *services]
    for row in rows:
        row.hall = hall
    for service in services:
        service.spelling = _spelling_of(service)
    Group.objects.bulk_create(groups)
    Condition.objects.bulk_create(conditions)
    Service.objects.bulk_create(services)
    Material.objects.bulk_create(materials)
    count = {"groups": len(groups), "services": len(services), "materials": len(materials)}
    record(
        "catalogue.filled", hall, by=by, hall=hall.pk, label=hall.slug, topics=("hall",), **count
    )
    changed(hall)


def _spelling_of(service: Service) -> str:
    """Return the pinyin of the Chinese name and of the Chinese keywords."""
    name = service.name.get("zh-Hans", "")
    return spelled(name, *service.keywords.split())
