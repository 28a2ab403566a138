"""How somebody wishes to see our pages: language, light or dark, type, contrast, reach.

Any page takes the wish as ``?language=en`` or ``?type=large``, keeps it in a cookie and comes back
without it: so a switch is a plain link that needs no script, and a kiosk forgets by one link too.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from onewindow.base.web.answers import speaks_api

Door = Callable[[HttpRequest], HttpResponse]

WISHES: dict[str, tuple[str, ...]] = {
    "language": tuple(code for code, _ in settings.LANGUAGES),
    "theme": ("light", "dark"),
    "type": ("large",),
    "contrast": ("high",),
    "reach": ("low",),
}
A_YEAR = 365 * 24 * 3600


def cookie(wish: str) -> str:
    """Return the name of the cookie that keeps a wish."""
    return settings.LANGUAGE_COOKIE_NAME if wish == "language" else f"ow_{wish}"


def looks(request: HttpRequest) -> dict[str, str]:
    """Return what was wished for, known values only."""
    kept = {wish: request.COOKIES.get(cookie(wish), "") for wish in WISHES}
    return {wish: value for wish, value in kept.items() if value in WISHES[wish]}


def address(request: HttpRequest, **wishes: str) -> str:
    """Return the address of this page with some wishes; an empty wish takes it back."""
    query = QueryDict(mutable=True)
    query.update(request.GET)
    for wish, value in wishes.items():
        query[wish] = value
    return f"{request.path}?{query.urlencode()}"


class Looks:
    """Keep the wishes that came with the address, and show the page again without them."""

    def __init__(self, next_door: Door) -> None:
        self.next_door = next_door

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wished = [wish for wish in WISHES if wish in request.GET]
        if request.method != "GET" or not wished or speaks_api(request):
            return self.next_door(request)
        query = request.GET.copy()
        given = {wish: query.pop(wish)[-1] for wish in wished}
        response = HttpResponseRedirect(_local(request, query))
        for wish, value in given.items():
            _keep(response, wish, str(value).lower())
        return response


def _local(request: HttpRequest, query: QueryDict) -> str:
    """The same page without the wishes; never another host, whatever the path looks like."""
    where = f"{request.path}?{query.urlencode()}" if query else request.path
    return where if url_has_allowed_host_and_scheme(where, None) else "/"


def _keep(response: HttpResponse, wish: str, value: str) -> None:
    if value in WISHES[wish]:
        response.set_cookie(
            cookie(wish),
            value,
            max_age=A_YEAR,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )
    else:
        response.delete_cookie(cookie(wish), samesite="Lax")
