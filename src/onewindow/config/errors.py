"""The answers to what never came to a view: too much, a wrong method, or nothing is there."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, page_not_found

from onewindow.accounts.access import speak_as_addressed
from onewindow.base.web.answers import problem, speaks_api
from onewindow.base.web.refused import BadInput, NotFound, Refused
from onewindow.base.web.unattended import home_of

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent)


class TooMuch(Refused):
    """A body is at most as large as the settings allow."""

    sentence = _("More was sent than is taken at once. Nothing was changed.")
    status = 413


class NotAllowed(Refused):
    """An address of the API is asked in another way than it answers to."""

    sentence = _("This address does not answer to {method}.")
    status = 405


class WrongMethod:
    """Tell a program of a wrong method as of every other refusal: by a problem document."""

    def __init__(self, next_door: Callable[[HttpRequest], HttpResponse]) -> None:
        self.next_door = next_door

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.next_door(request)
        if response.status_code != NotAllowed.status or not speaks_api(request):
            return response
        speak_as_addressed(request)
        said = problem(NotAllowed(method=request.method))
        said.headers["Allow"] = ", ".join(sorted(response.headers["Allow"].split(", ")))
        return said


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django refused before or while reading it: 413 where it was too much."""
    too_much = isinstance(exception, TOO_MUCH)
    if speaks_api(request):
        no = TooMuch() if too_much else BadInput(problem=_("What was sent cannot be read."))
        no.status = 413 if too_much else 400
        return problem(no)
    if not too_much:
        return bad_request(request, exception)
    page = render_to_string("web/refused.html", {"refused": TooMuch()}, request)
    return HttpResponse(page, status=413)


def open_too_long(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without its token; a kiosk that swaps parts is led to its start instead."""
    response = csrf_failure(request, reason)
    home = home_of(request.path)
    if home and request.headers.get("HX-Request"):
        response.headers["HX-Redirect"] = home
    return response


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that nobody has given out."""
    return problem(NotFound()) if speaks_api(request) else page_not_found(request, exception)
