"""Is all well? And the answer when the database is not."""

import sys

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from onewindow.base.ticks.queries import INSTALLATION, LONG_SILENCE, WORKER, silence
from onewindow.base.web.answers import answer, problem, speaks_api
from onewindow.base.web.refused import Refused
from onewindow.base.web.unattended import home_of

RETRY_SECONDS = "3"


class DatabaseAway(Refused):
    """The database does not answer."""

    sentence = _("The database does not answer now. Nothing was lost; please try again.")
    status = 503


class DiskFull(Refused):
    """Nothing can be written any more."""

    sentence = _("The disk of this installation is full. Nothing was changed.")
    status = 503


class Broken(Refused):
    """A mistake of ours; what it was stands in the log."""

    sentence = _("Something went wrong here, and nothing was changed. Please try again.")
    status = 500


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and worker and clock show signs of life, else 503."""
    found = {"database": _database()}
    if found["database"]:
        found |= _processes()
    well = all(found.values())
    response = answer(200 if well else 503, {"well": well, **found})
    if not well:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed: 503 when the database is the reason, else the usual 500."""
    error = sys.exc_info()[1]
    if not isinstance(error, OperationalError | InterfaceError):
        return _broken(request)
    refused = DiskFull() if "disk is full" in str(error) else DatabaseAway()
    response = _said(request, refused)
    response.headers["Retry-After"] = RETRY_SECONDS
    response.headers["Cache-Control"] = "no-store"
    return response


def _broken(request: HttpRequest) -> HttpResponse:
    if speaks_api(request):
        return problem(Broken())
    # Without what pages usually bring along: it may be that which failed.
    page = render_to_string("500.html", {"home": home_of(request.path)})
    return HttpResponseServerError(page)


def _said(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Say it without asking the database for anything."""
    if speaks_api(request):
        return problem(refused)
    if request.headers.get("HX-Request"):
        flash = render_to_string("web/_flash.html", {"refused": refused})
        headers = {"HX-Retarget": "#flash", "HX-Reswap": "innerHTML"}
        return HttpResponse(flash, status=refused.status, headers=headers)
    return HttpResponse(
        render_to_string("live/away.html", {"refused": refused}), status=refused.status
    )


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() is not None
    except DatabaseError:
        return False


def _processes() -> dict[str, bool]:
    """Ask when clock and worker last gave a sign of life; one that never did is not told of."""
    try:
        spoken = {"clock": silence(INSTALLATION), "worker": silence(WORKER)}
    except DatabaseError:
        return {"tables": False}
    return {name: ago <= LONG_SILENCE for name, ago in spoken.items() if ago is not None}
