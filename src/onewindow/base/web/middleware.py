"""Which language an answer is in, and how a refusal is shown."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from onewindow.base.halls.policies import policy
from onewindow.base.halls.words import Words, saying
from onewindow.base.web.answers import problem, speaks_api
from onewindow.base.web.refused import Refused

Door = Callable[[HttpRequest], HttpResponse]
CODES = {code for code, _ in settings.LANGUAGES}


def language_asked(request: HttpRequest) -> str | None:
    """Return the language that was chosen (cookie), else the browser's; None when it said none."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "").lower()
    if chosen in CODES:
        return chosen
    for accepted, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if accepted.startswith("zh"):
            return "zh-hans"
        if accepted.split("-")[0] in CODES:
            return accepted.split("-")[0]
    return None


def words_of(request: HttpRequest) -> Words:
    """Return the words of the hall that a request is in, as soon as a door has found it."""
    hall = getattr(request, "hall", None)
    return policy(hall, Words) if hall else Words()


class ContentPolicy:
    """Send the content security policy: the same with every answer, so it is put together once."""

    def __init__(self, next_door: Door) -> None:
        self.next_door = next_door
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.next_door(request)
        response.headers.setdefault(HEADER, self.policy)
        return response


class LocaleMiddleware:
    """Speak the language asked, else the hall's that a door finds; and always in its words."""

    def __init__(self, next_door: Door) -> None:
        self.next_door = next_door

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = language_asked(request)
        request.language_asked = asked  # type: ignore[attr-defined]  # read by the doors
        language = translation.override(asked or settings.LANGUAGE_CODE)
        with language, saying(lambda: words_of(request)):
            response = self.next_door(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        return response


class Refusals:
    """Render a refusal: a problem document for the API, a flash for htmx, a page for the rest."""

    def __init__(self, next_door: Door) -> None:
        self.next_door = next_door

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.next_door(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if speaks_api(request):
            return problem(error)
        part = "web/_flash.html" if request.headers.get("HX-Request") else "web/refused.html"
        response = render(request, part, {"refused": error}, status=error.status)
        if error.again_s:
            response.headers["Retry-After"] = str(error.again_s)
        if request.headers.get("HX-Request"):
            response.headers["HX-Retarget"] = "#flash"
            response.headers["HX-Reswap"] = "innerHTML"
        return response
