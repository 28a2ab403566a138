"""The page where a manager takes tickets along: CSV at once, XLSX when the worker has made it."""

from collections.abc import Iterator
from datetime import date
from typing import cast
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Entered
from onewindow.base.halls.models import Hall
from onewindow.base.web.csv_file import csv_file
from onewindow.base.web.once import once
from onewindow.tickets.exports import actions, queries
from onewindow.tickets.exports.columns import HEADINGS, Value, reader
from onewindow.tickets.exports.forms import SpanForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Can.EXPORT)
@require_GET
def page(request: Entered) -> HttpResponse:
    """Ask for days; show the files that were asked for."""
    return _page(request, SpanForm(request.hall, scope=request.scope))


@needs(Can.EXPORT)
@require_GET
def files(request: Entered) -> HttpResponse:
    """Show how far the files are."""
    mine = queries.exports(request.hall, request.scope)
    return render(request, "tickets/_exports.html", {"exports": mine})


@needs(Can.EXPORT)
@once
@require_POST
def ask(request: Entered) -> HttpResponse:
    """Ask for an XLSX, or go where the CSV comes from."""
    form = SpanForm(request.hall, request.POST, request.scope)
    if not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    days = {"hall": request.hall, "by": request.by, **given}
    if request.POST.get("as") == "csv":
        actions.streamed(**days)
        span = (f"{given['first']}", f"{given['last']}")
        to = reverse("tickets:export_csv", args=[request.hall.slug, *span])
        return redirect(f"{to}?{urlencode({'limit': given['limit']})}" if given["limit"] else to)
    actions.ask(language=translation.get_language() or "en", **days)
    return redirect("tickets:exports", request.hall.slug)


@needs(Can.EXPORT)
@require_GET
def as_csv(request: Entered, first: str, last: str) -> HttpResponse:
    """Stream the tickets of some days."""
    limit = request.GET.get("limit", "")
    form = SpanForm(request.hall, {"first": first, "last": last, "limit": limit}, request.scope)
    if not form.is_valid():
        return _page(request, form)
    days = form.cleaned_data["first"], form.cleaned_data["last"]
    language = translation.get_language() or "en"
    name = f"tickets-{days[0]:%Y%m%d}-{days[1]:%Y%m%d}.csv"
    return csv_file(name, _rows(request.hall, *days, limit, language))


@needs(Can.EXPORT)
@require_GET
def file(request: Entered, number: int) -> HttpResponse:
    """Fetch a file that is ready."""
    found = queries.file_of(request.hall, number, request.scope)
    answer = FileResponse(
        found.path.open("rb"), as_attachment=True, filename=found.file_name, content_type=XLSX
    )
    return cast("HttpResponse", answer)


def _page(request: Entered, form: SpanForm) -> HttpResponse:
    context = {"form": form, "exports": queries.exports(request.hall, request.scope)}
    return render(request, "tickets/exports.html", context, status=422 if form.is_bound else 200)


def _rows(
    hall: Hall, first: date, last: date, limit: str, language: str
) -> Iterator[list[list[Value]]]:
    """Yield the file a page at a time, in the language in which it was asked for."""
    yield [[*HEADINGS]]
    with translation.override(language):
        read = reader(hall)
    for page in queries.pages(hall, first, last, limit):
        with translation.override(language):
            rows = [read(row) for row in page]
        yield rows
