"""The visitors' doors: a visit's token, and a hall's own address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.access import address_of, enter, find_hall
from onewindow.base.trail import By
from onewindow.base.web.refused import NotFound
from onewindow.tickets.queries import visit_by_token

View = Callable[..., HttpResponse]


class NoSuchNumber(NotFound):
    """The address of a phone page that leads to no visit, or to none any more."""

    sentence = _("This number does not exist or is over.")


def for_visit(view: View) -> View:
    """Open a page to whoever holds the token of a visit: sets ``request.visit`` and the hall."""

    @wraps(view)
    def door(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            visit = visit_by_token(token)
        except NotFound as unknown:
            raise NoSuchNumber from unknown
        by = By("visitor", visit.pk, visit.number, "page", address_of(request))
        enter(request, visit.hall, frozenset(), by, f"visit:{visit.pk}")
        request.visit = visit  # type: ignore[attr-defined]  # what the door sets
        return view(request, *args, **kwargs)

    door.public = True  # type: ignore[attr-defined]  # to whoever has the token
    return door


def for_everybody(view: View) -> View:
    """Open a page of a hall to everybody: sets ``request.hall``."""

    @wraps(view)
    def door(request: HttpRequest, hall: str, *args: Any, **kwargs: Any) -> HttpResponse:
        by = By("visitor", via="page", address=address_of(request))
        enter(request, find_hall(hall), frozenset(), by, "public")
        return view(request, *args, **kwargs)

    door.public = True  # type: ignore[attr-defined]  # what it shows bears that
    return door
