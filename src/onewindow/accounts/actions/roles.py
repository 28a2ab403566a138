"""Roles: given and taken by somebody else, the three administrators kept apart (decision 0016)."""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import Membership, User
from onewindow.accounts.rules import Apart, apart
from onewindow.accounts.states import ADMINISTRATORS, Role
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Department, Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import NotFound, Refused

LASTING = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)  # somebody must hold these


class OwnRole(Refused):
    """Nobody decides what they may do themselves."""

    sentence = _("Nobody gives roles to themselves or takes them: another security administrator.")
    status = 403


class AuditStandsAlone(Refused):
    """Who reads what the administrators do is none of them."""

    sentence = _(
        "The audit administrator is never a system or security administrator as well:"
        " {name} would watch over themselves."
    )


class OneEach(Refused):
    """In an organisation of this size two people administer."""

    sentence = _(
        "From {below} people on, system and security administrator are two people;"
        " {staff} work here."
    )


class LastOfThem(Refused):
    """Without them nobody could let anybody in again."""

    sentence = _("{name} is the last {role}. Give the role to somebody else first.")


class TooManyHalls(Refused):
    """A hall's own administrator gives no role in all halls."""

    sentence = _("A role in all halls is given by a security administrator of all halls.")
    status = 403


@action
def give_role(
    *,
    user: User,
    role: Role,
    by: By,
    hall: Hall | None = None,
    department: Department | None = None,
) -> Membership:
    """Give a person a role in a hall, or in all of them; given again, the department changes.

    Raise OwnRole, AuditStandsAlone, OneEach.
    """
    _not_oneself(user, by)
    _keep_apart(_locked(user), role)
    member, new = Membership.objects.update_or_create(
        user=user, hall=hall, role=role, defaults={"department": department}
    )
    if new:
        given = {"given_by": by.label[:60], "given_at": clocks.now()}
        Membership.objects.filter(pk=member.pk).update(**given)
    told = {"role": str(role), "department": department.code if department else ""}
    where = hall.pk if hall else None
    record("role.given", user, by=by, hall=where, label=user.staff_number, **told)
    return member


@action
def take_role(*, member: Membership, by: By) -> None:
    """Take a role away. Raise OwnRole, LastOfThem, and NotFound when it is gone already."""
    user = _locked(member.user)
    _not_oneself(user, by)
    keep_the_last(user, [member])
    if not Membership.objects.filter(pk=member.pk).delete()[0]:
        raise NotFound
    role, label = str(member.role), user.staff_number
    record("role.taken", user, by=by, hall=member.hall_id, label=label, role=role)


@action
def last_of_them(*, user: User, losing: list[Membership]) -> LastOfThem | None:
    """Say why a person cannot lose some roles; None when they can. Nothing is written."""
    try:
        keep_the_last(user, losing)
    except LastOfThem as no:
        return no
    return None


def keep_the_last(user: User, losing: list[Membership]) -> None:
    """Raise LastOfThem when nobody else would hold a role that somebody must hold there."""
    for member in losing:
        if Role(member.role) not in LASTING:
            continue
        same = Membership.objects.filter(role=member.role, user__is_active=True)
        there = Q(hall=None) | Q(hall=member.hall_id) if member.hall_id else Q(hall=None)
        others = same.filter(there).exclude(user=user).select_for_update()
        still = same.filter(hall=None, user=user).exclude(pk__in=[one.pk for one in losing])
        if not others.exists() and not still.exists():
            raise LastOfThem(name=user.name, role=Role(member.role).label)


def _locked(user: User) -> User:
    """Lock a person's row: two roles given at once are looked at one after the other."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _not_oneself(user: User, by: By) -> None:
    if by.kind == "user" and by.id == user.pk:
        raise OwnRole


def _keep_apart(user: User, role: Role) -> None:
    """Raise AuditStandsAlone or OneEach when this role does not go with those held anywhere."""
    if role not in ADMINISTRATORS:
        return
    held = {Role(one) for one in user.memberships.values_list("role", flat=True)}
    staff, below = User.objects.filter(is_active=True).count(), settings.ONE_ADMINISTRATOR_BELOW
    no = apart(role, held, small=staff < below)
    if no == Apart.AUDIT:
        raise AuditStandsAlone(name=user.name)
    if no == Apart.SIZE:
        raise OneEach(below=below, staff=staff)
