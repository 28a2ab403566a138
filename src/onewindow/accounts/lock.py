"""The idle lock: after 15 minutes without a sign of life a sign-in locks, and the PIN opens it.

The page stays where it is, with its ticket and its typed text: a script lays the lock over it,
and the server refuses what a locked sign-in asks for. Who is serving a visitor is never locked:
the desk says so with ``keep_awake(request)`` whenever it shows a ticket that is being served, and
``keep_awake(request, serving=False)`` when it shows none. What a woken screen asks for by itself
(``X-Woken``) is no sign of life. Administrators are signed out instead.
"""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from onewindow.accounts import queries
from onewindow.accounts.models import User
from onewindow.base import clocks
from onewindow.base.web.refused import Refused

IDLE = 15 * 60
SERVING = 4 * 3600  # no service takes longer without a single click
WRITTEN_EVERY = 60
WRONG_PINS = 5


class Locked(Refused):
    """The sign-in is locked: nothing is shown and nothing is done before the PIN."""

    sentence = _("This screen is locked. Open it with your PIN.")
    status = 423


def stop(request: HttpRequest, user: User) -> HttpResponse | None:
    """Stop a request of a locked sign-in; else note the sign of life and let it pass."""
    if not is_locked(request):
        sign_of_life(request)
        return None
    if queries.administers(user):
        sign_out(request)
        return None
    if is_from_script(request):
        raise Locked
    where = request.get_full_path() if request.method == "GET" else _came_from(request)
    return HttpResponseRedirect(f"{reverse('accounts:lock')}?{urlencode({'next': where})}")


def is_locked(request: HttpRequest) -> bool:
    """Say whether the time without a sign of life is over."""
    return left(request) <= 0


def left(request: HttpRequest) -> int:
    """Return the seconds until this sign-in locks."""
    until: float | None = request.session.get("active_until")
    return IDLE if until is None else int(until - clocks.now().timestamp())


def sign_of_life(request: HttpRequest) -> None:
    """Begin the idle time anew; written at most once a minute, and never for a woken screen."""
    if "X-Woken" in request.headers and "active_until" in request.session:
        return
    idle = SERVING if request.session.get("serving") else IDLE
    if abs(left(request) - idle) >= WRITTEN_EVERY or "active_until" not in request.session:
        _lock_in(request, idle)


def keep_awake(request: HttpRequest, *, serving: bool = True) -> None:
    """Never lock while a visitor is being served; from the end of it the idle time runs."""
    if bool(request.session.get("serving")) != serving:
        request.session["serving"] = serving
        _lock_in(request, SERVING if serving else IDLE)


def close(request: HttpRequest) -> None:
    """Lock now."""
    request.session["serving"] = False
    _lock_in(request, 0)


def open_again(request: HttpRequest) -> None:
    """The right person is back."""
    request.session.pop("wrong_pins", None)
    _lock_in(request, IDLE)


def wrong_pin(request: HttpRequest) -> int:
    """Count a wrong PIN and return how many tries are left; without any the sign-in ends."""
    wrong: int = request.session.get("wrong_pins", 0) + 1
    request.session["wrong_pins"] = wrong
    if wrong >= WRONG_PINS:
        sign_out(request)
    return max(0, WRONG_PINS - wrong)


def sign_out(request: HttpRequest) -> None:
    """End the sign-in without a trace in the browser."""
    request.session.flush()
    request.user = AnonymousUser()


def is_from_script(request: HttpRequest) -> bool:
    """Say whether a script asks and not the address bar, a link or a form."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    asked = request.headers
    return "HX-Request" in asked or "X-Woken" in asked or mode != "navigate"


def _lock_in(request: HttpRequest, seconds: int) -> None:
    request.session["active_until"] = clocks.now().timestamp() + seconds


def _came_from(request: HttpRequest) -> str:
    """Return the page that a form stands on: its own address cannot be asked for again."""
    return request.headers.get("Referer", "/")
