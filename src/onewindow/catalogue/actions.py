"""Verbs that change what the hall offers."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from onewindow.base.action import action
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By, editing
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.catalogue.files import keep
from onewindow.catalogue.models import Condition, Form, Group, Material, Service
from onewindow.catalogue.spelling import spelled


class CatalogueNotEmpty(Refused):
    """A template fills an empty hall."""

    sentence = _("This hall has services already. A template fills an empty one.")


class GroupHasServices(Refused):
    """A group with services is in use."""

    sentence = _("{count} services stand in this group. Move or archive them first.")


class ConditionIsAsked(Refused):
    """Papers hang on the question."""

    sentence = _("{count} papers depend on this question. Change or archive them first.")


@action
def fill_catalogue(
    *,
    hall: Hall,
    groups: Sequence[Group],
    conditions: Sequence[Condition],
    services: Sequence[Service],
    materials: Sequence[Material],
    forms: Sequence[Form] = (),
    by: By,
) -> None:
    """Write a whole catalogue, none of it saved yet, into an empty hall: one row on the trail."""
    if hall.groups.exists() or hall.services.exists():
        raise CatalogueNotEmpty
    rows: list[Group | Condition | Service] = [*groups, *conditions, *services]
    for row in rows:
        row.hall = hall
    for service in services:
        service.spelling = spelling_of(service)
    Group.objects.bulk_create(groups)
    Condition.objects.bulk_create(conditions)
    Service.objects.bulk_create(services)
    Material.objects.bulk_create(materials)
    Form.objects.bulk_create(forms)
    count = {"groups": len(groups), "services": len(services), "materials": len(materials)}
    record(
        "catalogue.filled", hall, by=by, hall=hall.pk, label=hall.slug, topics=("hall",), **count
    )
    changed(hall)


@action
def save_service(
    *, hall: Hall, row: Service, values: editing.Values, by: By, seen: str = ""
) -> Service:
    """Describe a service; how its name sounds is written down with it, for the search."""
    service = editing.edit(hall=hall, row=row, values=values, by=by, seen=seen)
    spelling = spelling_of(service)
    if service.spelling != spelling:
        service.spelling = spelling
        service.save(update_fields=["spelling"])
    return service


@action
def save_material(
    *, hall: Hall, row: Material, values: editing.Values, by: By, seen: str = ""
) -> Material:
    """Describe a paper; the files of new forms are on the disk before anything leads to them."""
    for value in values.values():
        if isinstance(value, Form) and value.content:
            keep(value)
    return editing.edit(hall=hall, row=row, values=values, by=by, seen=seen)


@action
def archive_group(*, hall: Hall, row: Group, by: By) -> None:
    """Take a group out of use. Raise GroupHasServices."""
    count = row.services.filter(archived_at=None).count()
    if count:
        raise GroupHasServices(count=count)
    editing.archive(hall=hall, row=row, by=by)


@action
def archive_condition(*, hall: Hall, row: Condition, by: By) -> None:
    """Take a question out of use. Raise ConditionIsAsked."""
    count = row.material_set.filter(archived_at=None, service__archived_at=None).count()
    if count:
        raise ConditionIsAsked(count=count)
    editing.archive(hall=hall, row=row, by=by)


def spelling_of(service: Service) -> str:
    """Return the pinyin of the Chinese name and of the Chinese keywords."""
    name = service.name.get("zh-Hans", "")
    return spelled(name, *service.keywords.split())
