"""Who may: the one permission table, and the doors that ask it.

``@needs(Can.X)`` finds the hall in the address, gives strangers 404 and the wrong role 403, and
sets ``request.hall``, ``request.can`` and ``request.by``. ``@public`` says that a page is open.
"May this role?" is answered here; "may it now?" is the action's.
"""

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation

from onewindow.accounts import lock, window_pc
from onewindow.accounts.models import User
from onewindow.accounts.queries import administers, hall_by_slug, standing
from onewindow.accounts.scope import EVERYTHING, Held, Scope, together
from onewindow.accounts.states import ADMINISTRATORS, Role
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.web.refused import Forbidden, NotFound

View = Callable[..., HttpResponse]
Page = TypeVar("Page", bound=Callable[..., HttpResponseBase])
Stop = Callable[[HttpRequest, User], HttpResponse | None]


class Can(StrEnum):
    """What somebody may be allowed to do."""

    SEE_HALL = "hall.see"
    SEE_QUEUE = "queue.see"
    TAKE = "tickets.take"
    SERVE = "tickets.serve"  # call, start, finish, park, transfer ... at a window
    BRING_BACK = "tickets.bring-back"
    CONFIRM_HELP = "help.confirm"
    RUN_WINDOWS = "windows.run"  # open, pause and close any window
    SEE_BOARD = "board.see"
    CLOSE_HALL = "hall.close"
    ANSWER_ALERTS = "alerts.answer"
    EMERGENCY = "hall.emergency"  # turn every screen to an emergency message
    SET_UP = "hall.set-up"
    SET_HOURS = "hours.set"  # opening hours and special days
    ANNOUNCE = "hall.announce"
    DEVICES = "devices.manage"
    PEOPLE = "people.manage"  # who they are, their first password; never what they may
    ROLES = "roles.give"  # what they may; never to oneself
    KEYS = "keys.manage"
    HOOKS = "hooks.manage"  # other programs that are told of events
    SIGN_INS = "sign-ins.guard"  # end those of others, reset their second factor
    EXPORT = "tickets.export"
    SEE_TRAIL = "trail.see"
    PLAY = "demonstration.play"


_FLOOR = {Can.SEE_HALL, Can.SEE_QUEUE, Can.TAKE}
_WINDOW = _FLOOR | {Can.SERVE}
_GUIDE = _FLOOR | {Can.BRING_BACK}
_DUTY = _WINDOW | _GUIDE | {Can.RUN_WINDOWS, Can.SEE_BOARD, Can.CLOSE_HALL, Can.ANSWER_ALERTS}
_DUTY |= {Can.EXPORT, Can.EMERGENCY, Can.CONFIRM_HELP}

GRANTS: dict[Role, frozenset[Can]] = {
    Role.CLERK: frozenset(_WINDOW),
    Role.GUIDE: frozenset(_GUIDE),
    Role.DUTY_MANAGER: frozenset(_DUTY),
    Role.HALL_MANAGER: frozenset(_DUTY | {Can.DEVICES, Can.SET_HOURS, Can.ANNOUNCE}),
    Role.DEPARTMENT_LEAD: frozenset({Can.SEE_HALL, Can.SEE_QUEUE, Can.SEE_BOARD}),
    Role.HOME_UNIT_OFFICER: frozenset({Can.SEE_HALL}),
    Role.TRAINING_LEAD: frozenset({Can.SEE_HALL}),
    Role.FACILITIES_OFFICER: frozenset({Can.SEE_HALL}),
    Role.COMPLAINTS_OFFICER: frozenset({Can.SEE_HALL}),
    Role.SYSTEM_ADMINISTRATOR: frozenset(
        {
            *(Can.SEE_HALL, Can.SET_UP, Can.SET_HOURS, Can.ANNOUNCE),
            *(Can.DEVICES, Can.HOOKS, Can.PEOPLE),
        }
    ),
    Role.SECURITY_ADMINISTRATOR: frozenset({Can.SEE_HALL, Can.ROLES, Can.KEYS, Can.SIGN_INS}),
    Role.AUDIT_ADMINISTRATOR: frozenset({Can.SEE_HALL, Can.SEE_TRAIL}),
}

WHO_SERVES = tuple(role for role, can in GRANTS.items() if Can.SERVE in can)


# What concerns the whole hall: a role for one department does not allow it.
WHOLE_HALL = frozenset({Can.CLOSE_HALL, Can.SET_HOURS, Can.ANNOUNCE, Can.DEVICES})


def granted(held: Iterable[Held]) -> frozenset[Can]:
    """Return all that some roles together allow."""
    return frozenset().union(*map(_granted, held))


def reached(held: Iterable[Held], wanted: Collection[Can]) -> Scope:
    """Return how far those of some roles reach that allow one of these things."""
    return together(one for one in held if not _granted(one).isdisjoint(wanted))


def _granted(one: Held) -> frozenset[Can]:
    for_department = one.department is not None and one.role not in ADMINISTRATORS
    return GRANTS[one.role] - WHOLE_HALL if for_department else GRANTS[one.role]


def by_user(request: HttpRequest, user: User) -> By:
    """Say who acts on a page."""
    return By("user", user.pk, user.staff_number, "page", address_of(request))


def address_of(request: HttpRequest) -> str:
    """Return the network address a request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def find_hall(slug: str) -> Hall:
    """Return a hall by its slug. Raise NotFound when there is none."""
    hall = hall_by_slug(slug)
    if hall is None:
        raise NotFound
    return hall


def needs(*wanted: Can) -> Callable[[View], View]:
    """Open a staff page ``/s/{hall}/...`` to whoever has one of these permissions."""

    def guard(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, hall: str, *args: Any, **kwargs: Any) -> HttpResponse:
            stopped = _stopped(request, STOPS)
            if stopped:
                return stopped
            user = person(request)
            found = find_hall(hall)
            held, administering = standing(user, found)
            at_pc = window_pc.is_bound(request)  # there nobody administers anything
            if administering and not at_pc and lacks_second_factor(user):
                return redirect("accounts:second_factor")
            if not held:
                raise NotFound  # a stranger does not learn that this hall exists
            allowed = granted(held) & GRANTS[Role.CLERK] if at_pc else granted(held)
            if not allowed.intersection(wanted):
                raise Forbidden
            enter(request, found, allowed, by_user(request, user), f"user:{user.pk}")
            request.scope = reached(held, wanted)  # type: ignore[attr-defined]  # see requests.py
            return view(request, *args, **kwargs)

        door.needs = wanted  # type: ignore[attr-defined]  # read by the house tests
        return door

    return guard


def signed_in(view: View) -> View:
    """Open a page of no particular hall to everybody who is signed in."""
    return _for_the_signed_in(view, (*STOPS, _with_a_second_factor))


def signed_in_though_one_factor(view: View) -> View:
    """As ``signed_in``, and to administrators who are to set up their second factor."""
    return _for_the_signed_in(view, STOPS)


def signed_in_though_new(view: View) -> View:
    """As ``signed_in``, and to those whose password counts for once only."""
    return _for_the_signed_in(view, (lock.stop,))


def signed_in_though_locked(view: View) -> View:
    """As ``signed_in``, and to those whose screen is locked: the lock itself, and signing out."""
    return _for_the_signed_in(view, ())


def public(view: Page) -> Page:
    """Say that a page is open to everybody; what it shows must bear that."""
    view.public = True  # type: ignore[attr-defined]  # read by the house tests
    return view


def person(request: HttpRequest) -> User:
    """Return who is signed in, behind one of these doors."""
    return cast("User", request.user)


def enter(request: HttpRequest, hall: Hall, allowed: frozenset[Can], by: By, caller: str) -> None:
    """Let a request into a hall: what every door sets, and every view may count on."""
    speak(request, hall)
    request.hall = hall  # type: ignore[attr-defined]  # see requests.py
    request.can = allowed  # type: ignore[attr-defined]  # see requests.py
    request.by = by  # type: ignore[attr-defined]  # see requests.py
    request.caller = caller  # type: ignore[attr-defined]  # see requests.py
    request.scope = EVERYTHING  # type: ignore[attr-defined]  # see requests.py


def speak(request: HttpRequest, hall: Hall) -> None:
    """Speak the hall's language to whoever asks for none."""
    if getattr(request, "language_asked", "") is None:
        translation.activate(hall.language.lower())  # LocaleMiddleware ends it with the request


def speak_as_addressed(request: HttpRequest) -> None:
    """Speak as the hall in the address does, to one whom no door has let in."""
    if getattr(request, "language_asked", "") is None and request.resolver_match:
        hall = hall_by_slug(request.resolver_match.kwargs.get("hall", ""))
        if hall is not None:
            speak(request, hall)


def _for_the_signed_in(view: View, stops: tuple[Stop, ...]) -> View:
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        stopped = _stopped(request, stops)
        if stopped:
            return stopped
        user = person(request)
        request.by = by_user(request, user)  # type: ignore[attr-defined]  # see requests.py
        request.caller = f"user:{user.pk}"  # type: ignore[attr-defined]  # see requests.py
        return view(request, *args, **kwargs)

    door.needs = ("signed in",)  # type: ignore[attr-defined]  # read by the house tests
    return door


def _stopped(request: HttpRequest, stops: tuple[Stop, ...]) -> HttpResponse | None:
    """Return what a request gets instead of the page, or None when it may go on."""
    for stop in stops:
        if isinstance(request.user, User):
            answer = stop(request, request.user)
            if answer:
                return answer
    return None if isinstance(request.user, User) else _to_sign_in(request)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send somebody to the sign-in page and back; a panel sends its whole page there."""
    if not lock.is_from_script(request):
        return redirect_to_login(request.get_full_path())
    page = urlsplit(request.headers.get("HX-Current-URL", "/")).path
    return HttpResponse(status=401, headers={"HX-Redirect": redirect_to_login(page).url})


def _with_a_new_password(request: HttpRequest, user: User) -> HttpResponse | None:
    """Stop whoever still has a password that counts for once."""
    return redirect("accounts:password") if user.must_change_password else None


def lacks_second_factor(user: User) -> bool:
    """Say whether somebody who must have a second factor has none: say it of administrators."""
    return bool(settings.SECOND_FACTOR_REQUIRED) and user.second_factor_since is None


def _with_a_second_factor(request: HttpRequest, user: User) -> HttpResponse | None:
    """Stop an administrator who has no second factor yet; the doors of halls ask for themselves."""
    if window_pc.is_bound(request):
        return None
    lacking = lacks_second_factor(user) and administers(user)
    return redirect("accounts:second_factor") if lacking else None


STOPS: tuple[Stop, ...] = (window_pc.stop, lock.stop, _with_a_new_password)
