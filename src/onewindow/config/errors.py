"""The answers to what never came to a view: too much was sent, or there is nothing there."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.defaults import bad_request, page_not_found

from onewindow.base.web.answers import problem, speaks_api
from onewindow.base.web.refused import BadInput, NotFound, Refused

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent)


class TooMuch(Refused):
    """A body is at most as large as the settings allow."""

    sentence = _("More was sent than is taken at once. Nothing was changed.")
    status = 413


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


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that nobody has given out."""
    return problem(NotFound()) if speaks_api(request) else page_not_found(request, exception)
