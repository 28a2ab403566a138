"""Found a hall, add another like it, and add the people who begin there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.actions import create_user, give_role
from onewindow.accounts.models import User
from onewindow.accounts.passwords import one_time_password
from onewindow.accounts.states import Role
from onewindow.base.action import action
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall, Organisation, Policy
from onewindow.base.halls.policies import set_policy
from onewindow.base.halls.text import Spoken
from onewindow.base.trail import By, job
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.catalogue.actions import fill_catalogue
from onewindow.config import copies
from onewindow.config.templates import load
from onewindow.floor.actions import fill_floor
from onewindow.tickets.actions import name_topics
from onewindow.tickets.models import RuleException

FOUNDER = job("onewindow init")
# One person may be both where there are under 30 staff; the audit administrator is always another.
FIRST_ROLES = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)


class SlugTaken(Refused):
    """Another hall has this short name."""

    sentence = _("There is a hall called {slug} already.")


class NotASlug(Refused):
    """A hall's short name stands in addresses."""

    sentence = _("A hall's short name has up to 40 letters, digits, - and _, and no blanks.")
    status = 422


@dataclass(frozen=True)
class Founding:
    """What `init` asks for."""

    organisation: dict[str, str]
    hall: dict[str, str]
    slug: str
    template: str
    administrator: str
    always_open: bool = False
    language: str = ""  # the hall's first; "" as the template has it
    timezone: str = ""


@action
def found(asked: Founding) -> tuple[Hall, str | None]:
    """Make a hall from a template, with organisation and administrator where there are none.

    Return it with the administrator's one-time password; None when there was such a person.
    """
    organisation = Organisation.objects.first() or Organisation.objects.create(
        name=asked.organisation
    )
    hall = _make_hall(
        asked.slug, Hall(organisation=organisation, name=asked.hall, languages=["zh-Hans", "en"])
    )
    load(asked.template, hall)
    _speak(hall, asked)
    if asked.always_open:
        set_policy(hall, HoursPolicy(always_open=True))
    password = _make_administrator(asked.administrator)
    record("hall.founded", hall, by=FOUNDER, hall=hall.pk, label=hall.slug, template=asked.template)
    return hall, password


@action
def add_hall(*, like: Hall, slug: str, name: Spoken, by: By) -> Hall:
    """Make a second hall of the organisation as the first is set up.

    It gets what the first offers, its floor, hours and settings; never tickets, people, devices
    or announcements, and no address. Raise NotASlug, SlugTaken.
    """
    hall = _make_hall(slug, copies.described(like, name))
    hall.departments.set(copies.in_use(like.departments))
    offer = copies.offer(like)
    fill_catalogue(
        hall=hall,
        groups=offer.groups,
        conditions=offer.conditions,
        services=offer.services,
        materials=offer.materials,
        forms=offer.forms,
        by=by,
    )
    fill_floor(hall=hall, plan=copies.plan(like, offer), by=by)
    name_topics(hall=hall, topics=[copies.copy(row) for row in copies.in_use(like.topics)], by=by)
    Policy.objects.bulk_create(copies.settings(like, hall))
    RuleException.objects.bulk_create(copies.exceptions(like, hall, offer))
    record("hall.added", hall, by=by, hall=hall.pk, label=hall.slug, like=like.slug)
    changed(hall)
    return hall


@action
def add_person(
    *,
    staff_number: str,
    name: str,
    password: str,
    by: By,
    roles: Iterable[Role] = (),
    hall: Hall | None = None,
) -> User:
    """Add a person, with roles in a hall or in all of them, and a password that counts for once."""
    user = create_user(staff_number=staff_number, name=name, password=password, by=by)
    for role in roles:
        give_role(user=user, role=role, hall=hall, by=by)
    return user


def _make_hall(slug: str, hall: Hall) -> Hall:
    """Save a new hall under its short name. Raise NotASlug, SlugTaken."""
    try:
        validate_slug(slug)
    except ValidationError as no:
        raise NotASlug from no
    if len(slug) > 40:
        raise NotASlug
    if Hall.objects.filter(slug=slug).exists():
        raise SlugTaken(slug=slug)
    hall.slug = slug
    hall.save()
    return hall


def _speak(hall: Hall, asked: Founding) -> None:
    """Put the language that was asked for before the template's others; keep its time zone."""
    if asked.language:
        hall.languages = list(dict.fromkeys([asked.language, *hall.languages]))
    hall.timezone = asked.timezone or hall.timezone
    hall.save(update_fields=["languages", "timezone"])


def _make_administrator(staff_number: str) -> str | None:
    if User.objects.filter(staff_number=staff_number).exists():
        return None
    password = one_time_password()
    add_person(
        staff_number=staff_number,
        name=staff_number,
        password=password,
        roles=FIRST_ROLES,
        by=FOUNDER,
    )
    return password
