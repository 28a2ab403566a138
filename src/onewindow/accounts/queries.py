"""Reads of accounts that have a name."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from onewindow.accounts.models import ApiKey, Device, Membership, SignIn, User
from onewindow.accounts.rules import natural
from onewindow.accounts.scope import Held
from onewindow.accounts.states import ADMINISTRATORS, DeviceKind, Role
from onewindow.base import clocks
from onewindow.base.halls.models import Department, Hall, Organisation
from onewindow.base.halls.text import Spoken
from onewindow.base.trail.models import Entry
from onewindow.base.vault.keys import blind_index

DEVICES_SHOWN = 1000  # more than any hall hangs up
NO_ROLE, OFF = "none", "off"  # filters of the list of people
COMING = ("user.signed-in", "user.signed-out")  # not what was done to somebody


def hall_by_slug(slug: str) -> Hall | None:
    """Return a hall that is in use."""
    halls = Hall.objects.select_related("organisation")
    return halls.filter(slug=slug, archived_at=None).first()


def roles(user: User, hall: Hall) -> list[Held]:
    """Return the roles of a person in a hall, those for all halls included. One statement."""
    return standing(user, hall)[0]


def standing(user: User, hall: Hall) -> tuple[list[Held], bool]:
    """Return a person's roles in a hall, and whether they administer anything. One statement."""
    held = list(user.memberships.values_list("role", "hall_id", "department_id"))
    here = [Held(Role(role), sent) for role, where, sent in held if where in (None, hall.pk)]
    return here, any(role in ADMINISTRATORS for role, _where, _sent in held)


def past_passwords(user: User) -> list[str]:
    """Return the hashes of the passwords a person had before the present one."""
    return list(user.past_passwords.values_list("password", flat=True))


def slugs() -> list[str]:
    """Return the names of the halls as they stand in addresses, with and without hyphens."""
    found = Hall.objects.values_list("slug", flat=True)
    return [word for slug in found for word in (slug, slug.replace("-", ""))]


def administers(user: User) -> bool:
    """Say whether a person is one of the three administrators, anywhere."""
    return user.memberships.filter(role__in=ADMINISTRATORS).exists()


def must_have_second_factor(user: User) -> bool:
    """Say whether a password alone is too little for a person."""
    return bool(settings.SECOND_FACTOR_REQUIRED) and administers(user)


def sign_ins(user: User) -> QuerySet[SignIn]:
    """Return where a person is signed in now, the latest first."""
    return SignIn.objects.filter(user=user, session__in=_open_sessions()).order_by("-since", "-pk")


def guarded(hall: Hall) -> QuerySet[User]:
    """Return who works in a hall, with what protects each: one statement."""
    theirs = SignIn.objects.filter(user=OuterRef("pk"), session__in=_open_sessions())
    administering = Membership.objects.filter(user=OuterRef("pk"), role__in=ADMINISTRATORS)
    return members(hall).annotate(
        open_sign_ins=Subquery(
            theirs.order_by().values("user").annotate(many=Count("pk")).values("many")
        ),
        administering=Exists(administering),
    )


def _open_sessions() -> "QuerySet[Session, Any]":
    """Return the keys of the sessions that still count; Django ends them by the machine's time."""
    now = clocks.now() - clocks.shift()
    return Session.objects.filter(expire_date__gt=now).values("session_key")


def halls_of(user: User) -> QuerySet[Hall]:
    """Return the halls that a person may enter."""
    halls = Hall.objects.filter(archived_at=None)
    if user.memberships.filter(hall=None).exists():
        return halls
    return halls.filter(members__user=user).distinct()


def members(hall: Hall, *held: Role) -> QuerySet[User]:
    """Return the people who work in a hall, with one of these roles or with any."""
    here = Membership.objects.filter(Q(hall=hall) | Q(hall=None))
    if held:
        here = here.filter(role__in=held)
    users = User.objects.filter(is_active=True, pk__in=here.values("user"))
    return users.order_by("staff_number")


def active(user: int) -> User | None:
    """Return a person who may sign in."""
    return User.objects.filter(pk=user, is_active=True).first()


def with_badge(hall: Hall, badge: str, *held: Role) -> User | None:
    """Return who has a badge of this number and one of these roles in a hall."""
    return members(hall, *held).filter(badge=blind_index(badge)).first()


def names(people: Iterable[int]) -> dict[int, str]:
    """Return the names of some people, by id: who once changed something may be gone since."""
    return dict(User.objects.filter(pk__in=set(people)).values_list("pk", "name"))


def devices(hall: Hall) -> QuerySet[Device]:
    """Return the devices of a hall that are in use."""
    return hall.devices.filter(revoked_at=None)


def devices_in_order(hall: Hall) -> list[Device]:
    """Return the devices in use, of a kind together, by the numbers in their names."""
    found = devices(hall).order_by("pk")[:DEVICES_SHOWN]
    return sorted(found, key=lambda device: (device.kind, natural(device.name)))


def keys(hall: Hall) -> QuerySet[ApiKey]:
    """Return the keys of a hall, the revoked ones last."""
    return hall.keys.order_by("revoked_at", "label", "pk")


def version_of(hall: int) -> int | None:
    """Return a hall's version; None when it was archived. Asked by every request of the API."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version FROM halls_hall WHERE id = %s AND archived_at IS NULL", [hall]
        )
        row = cursor.fetchone()
    return row[0] if row else None


def live_key(prefix: str) -> ApiKey | None:
    """Return a key that may be used, with its hall."""
    keys = ApiKey.objects.select_related("hall__organisation")
    return keys.filter(prefix=prefix, revoked_at=None, hall__archived_at=None).first()


def live_device(device: int, *kinds: DeviceKind) -> Device | None:
    """Return a device of these kinds that is in use, with its hall."""
    devices = Device.objects.select_related("hall__organisation").filter(revoked_at=None)
    return devices.filter(pk=device, kind__in=kinds, hall__archived_at=None).first()


def by_number(staff_number: str) -> User | None:
    """Return who may sign in with a staff number."""
    return User.objects.filter(staff_number=staff_number, is_active=True).first()


def organisation_name() -> Spoken:
    """Return what the organisation is called, in its languages."""
    organisation = Organisation.objects.first()
    return organisation.name if organisation else {}


def any_zone() -> ZoneInfo:
    """Return the time zone of the installation's first hall, where no hall is known yet."""
    hall = Hall.objects.only("timezone").first()
    return hall.zone if hall else ZoneInfo("UTC")


def departments(hall: Hall) -> QuerySet[Department]:
    """Return the departments that serve in a hall."""
    return Department.objects.filter(halls=hall, archived_at=None).order_by("code")


def administers_everywhere(user: User, *held: Role) -> bool:
    """Say whether a person holds one of these roles in all halls."""
    return user.memberships.filter(hall=None, role__in=held).exists()


def people(hall: Hall, *, everybody: bool = False) -> QuerySet[User]:
    """Return who works here, and who has no role anywhere yet; or everybody there is."""
    users = User.objects.order_by("staff_number")
    if everybody:
        return users
    here = Membership.objects.filter(Q(hall=hall) | Q(hall=None)).values("user")
    anywhere = Membership.objects.values("user")
    return users.filter(Q(pk__in=here) | ~Q(pk__in=anywhere))


def people_found(users: QuerySet[User], asked: Mapping[str, str]) -> QuerySet[User]:
    """Return those of some people who answer a search and the filters of their list."""
    words, role, state = asked.get("q", "").strip(), asked.get("role", ""), asked.get("state", "")
    if words:
        users = users.filter(Q(staff_number__icontains=words) | Q(name__icontains=words))
    if role == NO_ROLE:
        users = users.filter(memberships=None)
    elif role:
        users = users.filter(pk__in=Membership.objects.filter(role=role).values("user"))
    if asked.get("department"):
        sent = Membership.objects.filter(department=int(asked["department"])).values("user")
        users = users.filter(pk__in=sent)
    return users.filter(is_active=state != OFF)


def with_roles(users: QuerySet[User]) -> QuerySet[User]:
    """Return people with their roles at hand, two statements for all of them."""
    held = Membership.objects.select_related("hall", "department").order_by("hall", "pk")
    return users.prefetch_related(Prefetch("memberships", held, to_attr="held"))


def memberships(user: User) -> QuerySet[Membership]:
    """Return the roles of a person, with where they count."""
    return user.memberships.select_related("hall", "department", "user").order_by("hall", "pk")


def is_member(user: User, hall: Hall) -> bool:
    """Say whether a person works in a hall."""
    return members(hall).filter(pk=user.pk).exists()


def works_elsewhere(user: User, hall: Hall) -> bool:
    """Say whether a person has a role in another hall, or in all of them."""
    return user.memberships.filter(Q(hall=None) | ~Q(hall=hall)).exists()


def history_of(user: User) -> QuerySet[Entry]:
    """Return what was done to a person in any hall, the newest first."""
    halls = [*Hall.objects.values_list("pk", flat=True)]
    about = Entry.objects.filter(subject=User._meta.label_lower, subject_id=user.pk)
    return about.filter(Q(hall=None) | Q(hall__in=halls)).exclude(kind__in=COMING).order_by("-pk")


def lacking(below: int) -> tuple[bool, bool]:
    """Say what decision 0016 still wants: an audit administrator; system and security apart."""
    active = Membership.objects.filter(user__is_active=True)
    audit = active.filter(role=Role.AUDIT_ADMINISTRATOR).exists()
    both = active.filter(
        role=Role.SYSTEM_ADMINISTRATOR,
        user__in=active.filter(role=Role.SECURITY_ADMINISTRATOR).values("user"),
    )
    large = both.exists() and User.objects.filter(is_active=True).count() >= below
    return not audit, large
