"""Whom an administrator reaches: those of a hall their hall's people, those of all halls everybody.

A hall's own administrator changes nobody who has a role elsewhere: a password for once would
open the other hall too.
"""

from django.utils.translation import gettext_lazy as _

from onewindow.accounts import queries
from onewindow.accounts.access import GRANTS, Can
from onewindow.accounts.models import User
from onewindow.accounts.requests import Signed
from onewindow.base.web.refused import Forbidden, NotFound, Refused


class WorksElsewhere(Refused):
    """Who works in other halls too is changed by an administrator of all halls."""

    sentence = _("{name} works in other halls too: an administrator of all halls changes this.")
    status = 403


def everywhere(request: Signed, *can: Can) -> bool:
    """Say whether somebody may do this, people or roles, in all halls."""
    wanted = set(can or (Can.PEOPLE, Can.ROLES))
    held = [role for role, allowed in GRANTS.items() if wanted & allowed]
    return queries.administers_everywhere(request.user, *held)


def seen(request: Signed, number: int) -> User:
    """Return a person whom this administrator sees. Raise NotFound."""
    users = queries.people(request.hall, everybody=everywhere(request))
    user = users.filter(pk=number).first()
    if user is None:
        raise NotFound
    return user


def mine(request: Signed, number: int, can: Can) -> User:
    """Return a person whom this administrator may change. Raise Forbidden, WorksElsewhere."""
    if can not in request.can:
        raise Forbidden
    user = seen(request, number)
    if not everywhere(request, can) and queries.works_elsewhere(user, request.hall):
        raise WorksElsewhere(name=user.name)
    return user
