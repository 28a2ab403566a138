"""What a view may count on once a door of ``access`` has let the request in."""

from django.http import HttpRequest

from onewindow.accounts.access import Can
from onewindow.accounts.models import User
from onewindow.accounts.scope import Scope
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By


class Entered(HttpRequest):
    """A request of somebody who may be here: for the types alone, nothing is ever made of it."""

    hall: Hall
    can: frozenset[Can]
    by: By
    caller: str
    scope: Scope  # how far the permission reaches that opened this door


class Signed(Entered):
    """The same on a staff page, where it is always a person."""

    user: User
