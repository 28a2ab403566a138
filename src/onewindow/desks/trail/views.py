"""The pages of the history."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Entered
from onewindow.base.halls.models import Hall
from onewindow.base.trail.actions import verifying
from onewindow.base.trail.models import Entry
from onewindow.base.trail.queries import last_verification
from onewindow.base.web.csv_file import csv_file
from onewindow.base.web.once import once
from onewindow.base.web.refused import BadInput
from onewindow.desks.trail import actions, queries, shown
from onewindow.desks.trail.forms import FindEntries, place


@needs(Can.SEE_TRAIL)
@require_GET
def page(request: Entered) -> HttpResponse:
    """List what happened, the newest first."""
    find = FindEntries(request.hall, request.GET)
    found = queries.page(request.hall, find.asked, _place(request)) if find.is_valid() else []
    asked = find.asked
    older = f"{found[-1].at.isoformat()}~{found[-1].pk}" if len(found) == queries.A_PAGE else ""
    context = {
        "find": find,
        "lines": shown.lines(found),
        "of_one": found[0] if found and asked.get("id") else None,
        "newest": urlencode(asked) if request.GET.get("before") else "",
        "older": urlencode(asked | {"before": older}) if older else "",
        "asked": [*asked.items()],
        **_verified(),
    }
    status = 200 if find.is_valid() else 422
    return render(request, "desks/trail/page.html", context, status=status)


@needs(Can.SEE_TRAIL)
@require_GET
def entry(request: Entered, number: int) -> HttpResponse:
    """Show one entry in full: who, when, from where, what it was and what it became."""
    found = queries.entry(request.hall, number)
    (line,) = shown.lines([found])
    context = {
        "line": line,
        "changes": shown.changed(request.hall, found),
        "told": [*shown.told(found)],
        "same": urlencode({"subject": found.subject, "id": str(found.subject_id)}),
    }
    return render(request, "desks/trail/entry.html", context)


@needs(Can.SEE_TRAIL)
@once
@require_POST
def verify(request: Entered) -> HttpResponse:
    """Let the worker read the whole history."""
    verifying.ask(hall=request.hall, by=request.by)
    return redirect("desks:trail", request.hall.slug)


@needs(Can.SEE_TRAIL)
@require_GET
def verified(request: Entered) -> HttpResponse:
    """Show how far verifying is, and what the last one found."""
    return render(request, "desks/trail/_verified.html", _verified())


@needs(Can.SEE_TRAIL)
@once
@require_POST
def export(request: Entered) -> HttpResponse:
    """Write down who takes what along, and go where the file comes from."""
    find = FindEntries(request.hall, request.POST)
    if not find.is_valid():
        return redirect("desks:trail", request.hall.slug)
    taken = actions.export(hall=request.hall, asked=find.asked, by=request.by)
    return redirect("desks:trail_file", request.hall.slug, taken.pk)


@needs(Can.SEE_TRAIL)
@require_GET
def exported(request: Entered, number: int) -> HttpResponse:
    """Stream what an entry says was taken along: what had happened until then."""
    taken = queries.exported(request.hall, number, request.by)
    language = translation.get_language() or "en"
    return csv_file(f"history-{taken.pk}.csv", _rows(request.hall, taken, language))


def _rows(hall: Hall, taken: Entry, language: str) -> Iterator[list[list[str]]]:
    yield [[*shown.HEADINGS]]
    for found in queries.pages(hall, taken.data["asked"], (taken.at, taken.pk)):
        with translation.override(language):
            rows = [shown.cells(line, hall.zone) for line in shown.lines(found)]
        yield rows


def _place(request: HttpRequest) -> queries.Place | None:
    try:
        return place(request.GET.get("before", ""))
    except ValidationError as no:
        raise BadInput(problem=no.message) from no


def _verified() -> dict[str, object]:
    last = last_verification()
    return {"verification": last, "troubles": shown.troubles(last)}
