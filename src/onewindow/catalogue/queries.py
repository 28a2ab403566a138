"""What the catalogue is asked: from memory, for as long as the hall's version stands."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.memory import remembered
from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import tag
from onewindow.base.web.refused import NotFound
from onewindow.catalogue.models import Condition, Form, Group, Material, Service
from onewindow.catalogue.rules import Findable, findable, fold, rank

TYPED_AT_MOST = 60


class UnknownService(NotFound):
    """The hall offers no service with this code."""

    sentence = _("This hall offers no service {service}.")


class UnknownForm(NotFound):
    """No service in use asks for a paper with this form."""

    sentence = _("This form is no longer in use.")


@remembered
def services(hall: Hall) -> tuple[Service, ...]:
    """Return what the hall offers, with group, department, materials and forms at hand."""
    rows = hall.services.filter(archived_at=None).select_related("group", "department")
    asked = Material.objects.filter(archived_at=None).select_related("condition")
    forms = Prefetch("forms", Form.objects.filter(archived_at=None), to_attr="at_hand")
    asked = asked.prefetch_related(forms)  # type: ignore[no-redef]  # others have none at hand
    materials = Prefetch("materials", asked)
    found = rows.order_by("group__position", "position", "pk").prefetch_related(materials)
    return tuple(found)


@remembered
def _by_code(hall: Hall) -> dict[str, Service]:
    return {service.code: service for service in services(hall)}


@remembered
def _by_id(hall: Hall) -> dict[int, Service]:
    return {service.pk: service for service in services(hall)}


def service_by_code(hall: Hall, code: str) -> Service:
    """Return a service the hall offers, from memory. Raise UnknownService (404)."""
    try:
        return _by_code(hall)[code]
    except KeyError:
        raise UnknownService(service=code[:20]) from None


def service_by_id(hall: Hall, pk: int) -> Service:
    """Return a service the hall offers, from memory. Raise UnknownService (404)."""
    try:
        return _by_id(hall)[pk]
    except KeyError:
        raise UnknownService(service="") from None


@remembered
def groups(hall: Hall) -> tuple[Group, ...]:
    """Return the groups in which the hall offers something, in their order."""
    in_use = {service.group_id for service in services(hall)}
    return tuple(group for group in hall.groups.all() if group.pk in in_use)


@remembered
def services_by_group(hall: Hall) -> tuple[tuple[Group, tuple[Service, ...]], ...]:
    """Return each group with its services."""
    offered = services(hall)
    return tuple(
        (group, tuple(one for one in offered if one.group_id == group.pk)) for group in groups(hall)
    )


@remembered
def most_taken(hall: Hall, count: int = 12) -> tuple[Service, ...]:
    """Return the services people come for most, the first tiles of a kiosk."""
    often = sorted(services(hall), key=lambda service: -service.often)
    return tuple(service for service in often[:count] if service.often)


@remembered
def _forms(hall: Hall) -> dict[str, Form]:
    asked = (material for service in services(hall) for material in service.materials.all())
    return {form.digest: form for material in asked for form in material.at_hand}


def form_by_digest(hall: Hall, digest: str) -> Form:
    """Return a form of a paper that the hall asks for, from memory. Raise UnknownForm (404)."""
    try:
        return _forms(hall)[digest]
    except KeyError:
        raise UnknownForm from None


def materials_for(service: Service, answers: dict[str, Any]) -> list[Material]:
    """Return the papers to bring, given ``{condition code: bool}``; unanswered: asked for."""
    return [material for material in service.materials.all() if material.is_asked(answers)]


def questions_for(service: Service) -> list[Condition]:
    """Return the yes/no questions that decide which papers a service asks for."""
    asked = {one.condition.code: one.condition for one in service.materials.all() if one.condition}
    return list(asked.values())


def search(hall: Hall, text: str, language: str | None = None) -> list[Service]:
    """Return the services that answer what was typed, best first.

    Words in any language, a code, pinyin (``hukou``) or its initials (``hk``).
    """
    typed, spoken = fold(text[:TYPED_AT_MOST]), tag(language)
    ranked = [(rank(words, typed, spoken), service) for service, words in _index(hall)]
    found = [(place, service) for place, service in ranked if place is not None]
    return [service for _, service in sorted(found, key=lambda one: (one[0], -one[1].often))]


@remembered
def _index(hall: Hall) -> tuple[tuple[Service, Findable], ...]:
    return tuple((service, _findable(service)) for service in services(hall))


def _findable(service: Service) -> Findable:
    words = [service.keywords, *service.summary.values(), *service.group.name.values()]
    return findable(service.code, service.name, words, service.spelling)
