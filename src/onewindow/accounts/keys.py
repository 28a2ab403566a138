"""The API's door: ``Authorization: Bearer ow_<prefix>_<secret>``, and ``@needs_key(Can.X)``.

A key is read once and then stands in the memory of the process for as long as its hall's version
stands; a request costs one small statement, which asks for that version. Revoking a key raises it.
"""

import copy
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer

from onewindow.accounts import queries
from onewindow.accounts.access import Can, address_of, enter, speak_as_addressed
from onewindow.accounts.actions import signs
from onewindow.accounts.actions.keys import digest_of
from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.web.refused import Forbidden, NotFound, Refused

Operation = Callable[..., HttpResponse]


class BadKey(Refused):
    """No key, a wrong one, or one that was revoked."""

    sentence = _("A valid API key is needed: Authorization: Bearer KEY.")
    status = 401


class KeyForbidden(Forbidden):
    """A key without the right: it has no role."""

    sentence = _("This key may not do that.")
    code = "forbidden"


@dataclass(frozen=True, slots=True)
class _Known:
    """What this process knows of a key while its hall's version stands."""

    id: int
    prefix: str
    digest: str
    can: frozenset[Can]
    hall: Hall


_known: dict[str, _Known] = {}
memory.forgotten_too.append(_known.clear)


class KeyAuth(HttpBearer):
    """Lets a request with a valid key in: sets ``request.hall``, ``can``, ``by``, ``caller``."""

    def __call__(self, request: HttpRequest) -> Any:
        found = super().__call__(request)
        if found is None:
            speak_as_addressed(request)
            raise BadKey
        return found

    def authenticate(self, request: HttpRequest, token: str) -> _Known | None:
        """Find the key; None when there is no such key."""
        parts = token.split("_", 2)
        known = _find(parts[1]) if len(parts) == 3 else None
        if known is None or not hmac.compare_digest(known.digest, digest_of(token)):
            return None
        by = By("key", known.id, known.prefix, "api", address_of(request))
        # A copy: an action that changes the hall raises the version of the object it was given.
        enter(request, copy.copy(known.hall), known.can, by, f"key:{known.id}")
        signs.key_used(known.id)
        return known


def needs_key(*wanted: Can) -> Callable[[Operation], Operation]:
    """Open an operation of the API to keys that hold one of these permissions.

    ``{hall}`` in the address must be the key's own hall, else there is nothing here (404).
    """

    def guard(operation: Operation) -> Operation:
        @wraps(operation)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            hall: Hall = request.hall  # type: ignore[attr-defined]  # set by KeyAuth
            if kwargs.get("hall", hall.slug) != hall.slug:
                raise NotFound
            if not request.can.intersection(wanted):  # type: ignore[attr-defined]
                raise KeyForbidden
            return operation(request, *args, **kwargs)

        door.needs = wanted  # type: ignore[attr-defined]  # read by the house tests
        return door

    return guard


def _find(prefix: str) -> _Known | None:
    """Return what is known of a key, read anew when its hall has changed."""
    known = _known.get(prefix)
    if known and queries.version_of(known.hall.pk) == known.hall.version:
        return known
    key = queries.live_key(prefix)
    if key is None:
        _known.pop(prefix, None)
        return None
    fresh = _Known(key.pk, prefix, key.digest, frozenset(c for c in Can if c in key.can), key.hall)
    _known[prefix] = fresh
    return fresh
