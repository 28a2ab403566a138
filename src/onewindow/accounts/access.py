"""Who may: the one permission table, and the doors that ask it.

``@needs(Can.X)`` finds the hall in the address, gives strangers 404 and the wrong role 403, and
sets ``request.hall``, ``request.can`` and ``request.by``. ``@public`` says that a page is open.
"May this role?" is answered here; "may it now?" is the action's.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from onewindow.accounts.models import Membership, User
from onewindow.accounts.states import Role
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.web.refused import Forbidden, NotFound

View = Callable[..., HttpResponse]


class Can(StrEnum):
    """What somebody may be allowed to do."""

    SEE_HALL = "hall.see"
    SEE_QUEUE = "queue.see"
    TAKE = "tickets.take"
    SERVE = "tickets.serve"  # call, start, finish, park, transfer ... at a window
    BRING_BACK = "tickets.bring-back"
    RUN_WINDOWS = "windows.run"  # open, pause and close any window
    SEE_BOARD = "board.see"
    CLOSE_HALL = "hall.close"
    ANSWER_ALERTS = "alerts.answer"
    SET_UP = "hall.set-up"
    DEVICES = "devices.manage"
    KEYS = "keys.manage"
    SEE_TRAIL = "trail.see"
    PLAY = "demonstration.play"


_FLOOR = {Can.SEE_HALL, Can.SEE_QUEUE, Can.TAKE}
_WINDOW = _FLOOR | {Can.SERVE}
_GUIDE = _FLOOR | {Can.BRING_BACK}
_DUTY = _WINDOW | _GUIDE | {Can.RUN_WINDOWS, Can.SEE_BOARD, Can.CLOSE_HALL, Can.ANSWER_ALERTS}

GRANTS: dict[Role, frozenset[Can]] = {
    Role.CLERK: frozenset(_WINDOW),
    Role.GUIDE: frozenset(_GUIDE),
    Role.DUTY_MANAGER: frozenset(_DUTY),
    Role.HALL_MANAGER: frozenset(_DUTY | {Can.DEVICES}),
    Role.DEPARTMENT_LEAD: frozenset({Can.SEE_HALL, Can.SEE_QUEUE, Can.SEE_BOARD}),
    Role.HOME_UNIT_OFFICER: frozenset({Can.SEE_HALL}),
    Role.TRAINING_LEAD: frozenset({Can.SEE_HALL}),
    Role.FACILITIES_OFFICER: frozenset({Can.SEE_HALL}),
    Role.COMPLAINTS_OFFICER: frozenset({Can.SEE_HALL}),
    Role.SYSTEM_ADMINISTRATOR: frozenset({Can.SEE_HALL, Can.SET_UP, Can.DEVICES, Can.KEYS}),
    Role.SECURITY_ADMINISTRATOR: frozenset({Can.SEE_HALL}),
    Role.AUDIT_ADMINISTRATOR: frozenset({Can.SEE_HALL, Can.SEE_TRAIL}),
}


def roles(user: User, hall: Hall) -> set[Role]:
    """Return the roles of a person in a hall, those for all halls included. One query."""
    rows = Membership.objects.filter(user=user, hall__in=[hall]) | Membership.objects.filter(
        user=user, hall=None
    )
    return {Role(role) for role in rows.values_list("role", flat=True)}


def granted(held: set[Role]) -> frozenset[Can]:
    """Return all that some roles together allow."""
    return frozenset().union(*(GRANTS[role] for role in held))


def by_user(request: HttpRequest, user: User) -> By:
    """Say who acts on a page."""
    return By("user", user.pk, user.staff_number, "page", address_of(request))


def address_of(request: HttpRequest) -> str:
    """Return the network address a request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def find_hall(slug: str) -> Hall:
    """Return a hall by its slug. Raise NotFound when there is none."""
    hall = Hall.objects.select_related("organisation").filter(slug=slug, archived_at=None).first()
    if hall is None:
        raise NotFound
    return hall


def needs(*wanted: Can) -> Callable[[View], View]:
    """Open a staff page ``/s/{hall}/...`` to whoever has one of these permissions."""

    def guard(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, hall: str, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if not isinstance(user, User):
                return redirect_to_login(request.get_full_path())
            found = find_hall(hall)
            held = roles(user, found)
            if not held:
                raise NotFound  # a stranger does not learn that this hall exists
            allowed = granted(held)
            if not allowed.intersection(wanted):
                raise Forbidden
            enter(request, found, allowed, by_user(request, user), f"user:{user.pk}")
            return view(request, *args, **kwargs)

        door.needs = wanted  # type: ignore[attr-defined]  # read by tests/test_house.py
        return door

    return guard


def signed_in(view: View) -> View:
    """Open a page of no particular hall to everybody who is signed in."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        request.caller = f"user:{request.user.pk}"  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    door.needs = ("signed in",)  # type: ignore[attr-defined]
    return door


def public(view: View) -> View:
    """Say that a page is open to everybody; what it shows must bear that."""
    view.public = True  # type: ignore[attr-defined]
    return view


def enter(request: HttpRequest, hall: Hall, allowed: frozenset[Can], by: By, caller: str) -> None:
    """Let a request into a hall: what every door sets, and every view may count on."""
    if getattr(request, "language_asked", True) is None:
        translation.activate(_code(hall.language))  # within LocaleMiddleware's override
    request.hall = hall  # type: ignore[attr-defined]
    request.can = allowed  # type: ignore[attr-defined]
    request.by = by  # type: ignore[attr-defined]
    request.caller = caller  # type: ignore[attr-defined]


def _code(tag: str) -> str:
    """Return Django's code of a language tag: ``zh-Hans`` is ``zh-hans``."""
    return tag.lower()
