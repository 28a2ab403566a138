"""A new screen: it shows a code, waits, and becomes what somebody says it is."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from onewindow.accounts.access import address_of, public
from onewindow.accounts.actions import pairing
from onewindow.accounts.devices import device_path
from onewindow.accounts.models import Pairing

COOKIE = "ow_screen"
REMEMBERED = timedelta(days=3650)


@public
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The code; once it was typed, the way to the device's own page, whenever this is opened."""
    secret = request.COOKIES.get(COOKIE, "")
    screen = pairing.waiting(secret)
    if screen is None:
        secret, screen = pairing.wait(address_of(request))
    if screen.device:
        return redirect(device_path(screen.device))
    return _remember(request, render(request, "public/pair/page.html", _shown(screen)), secret)


@public
@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """What changes on it. A browser that keeps no secret is told so: it would wait for ever."""
    screen = pairing.waiting(request.COOKIES.get(COOKIE, ""))
    if screen and screen.device:
        return HttpResponse(status=204, headers={"HX-Redirect": device_path(screen.device)})
    return render(request, "public/pair/_code.html", _shown(screen))


def _shown(screen: Pairing | None) -> dict[str, object]:
    return {"halves": (screen.code[:3], screen.code[3:]) if screen else ()}


def _remember(request: HttpRequest, page: HttpResponse, secret: str) -> HttpResponse:
    page.set_cookie(
        COOKIE,
        secret,
        max_age=REMEMBERED,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return page
