"""The pages of lists: bring one and take one, look at what would become of it, undo it."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs, person
from onewindow.accounts.requests import Entered
from onewindow.base.web.once import once
from onewindow.base.web.refused import Forbidden, NotFound
from onewindow.lists import queries
from onewindow.lists.actions import bring as actions
from onewindow.lists.actions import staff
from onewindow.lists.forms import BringForm
from onewindow.lists.models import Import
from onewindow.lists.reading import harmless
from onewindow.lists.showing import rows_of, shown
from onewindow.lists.states import Did
from onewindow.lists.tables import KINDS, TABLES, Listed, list_named

MAY = (Can.SET_UP, Can.PEOPLE, Can.ROLES)
LINES_A_PAGE = 50
BOM = "\ufeff"  # by it Excel knows that it is UTF-8
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def of_list(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the list in the address, and ask whether this role may."""
    answer = once(view)

    @wraps(answer)
    def door(request: Entered, kind: str, **rest: Any) -> HttpResponse:
        listed = list_named(kind)
        if not listed.can & request.can:
            raise Forbidden
        return answer(request, listed, **rest)

    return needs(*MAY)(door)


def of_import(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find what was brought in the address, and ask whether this role may.

    A list of people is seen and written by whoever brought it: with their rights it was checked.
    """
    answer = once(view)

    @wraps(answer)
    def door(request: Entered, number: int, **rest: Any) -> HttpResponse:
        brought = queries.import_of(request.hall, number)
        listed = KINDS[brought.kind]
        if not listed.can & request.can:
            raise Forbidden
        if listed.of_people and brought.by_id != person(request).pk:
            raise NotFound
        return answer(request, brought, **rest)

    return needs(*MAY)(door)


@of_list
@require_GET
def page(request: Entered, listed: Listed) -> HttpResponse:
    """Bring a list, or take it along."""
    return _page(request, listed, BringForm())


def _page(request: Entered, listed: Listed, form: BringForm) -> HttpResponse:
    context = _files(request, listed) | {"form": form}
    own = person(request).pk if listed.of_people else None
    context["imports"] = queries.imports(request.hall, listed.name, by=own)
    return render(request, "lists/page.html", context, status=422 if form.is_bound else 200)


@of_list
@require_GET
def files(request: Entered, listed: Listed) -> HttpResponse:
    """Show how far the files are."""
    return render(request, "lists/_files.html", _files(request, listed))


def _files(request: Entered, listed: Listed) -> dict[str, Any]:
    return {"listed": listed, "files": queries.files(request.hall, listed.name)}


@of_list
@require_POST
def bring(request: Entered, listed: Listed) -> HttpResponse:
    """Take a file in; the worker checks it."""
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, listed, form)
    brought = actions.bring(
        hall=request.hall,
        kind=listed.name,
        file=form.cleaned_data["file"],
        language=translation.get_language() or "en",
        name=person(request).name,
        by=request.by,
    )
    return redirect("lists:import", request.hall.slug, brought.pk)


@of_list
@require_POST
def ask(request: Entered, listed: Listed) -> HttpResponse:
    """Ask for a workbook, full or empty, which the worker makes; or go where the CSV comes from."""
    if request.POST.get("as") == "csv":
        actions.streamed(hall=request.hall, kind=listed.name, by=request.by)
        return redirect("lists:csv", request.hall.slug, listed.name)
    actions.ask(
        hall=request.hall,
        kind=listed.name,
        empty=request.POST.get("as") == "empty",
        language=translation.get_language() or "en",
        by=request.by,
    )
    return redirect("lists:page", request.hall.slug, listed.name)


@of_list
@require_GET
def as_csv(request: Entered, listed: Listed) -> HttpResponse:
    """Give the first table of a list at once."""
    return _csv(request, listed.name, rows_of(listed.tables[0], request.hall))


def _csv(request: Entered, name: str, rows: Iterable[Sequence[str | int]]) -> HttpResponse:
    text = io.StringIO()
    text.write(BOM)
    for row in rows:
        csv.writer(text).writerow(map(harmless, row))
    name = f"{name}-{request.hall.today():%Y%m%d}.csv"
    return HttpResponse(
        text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


@needs(*MAY)
@require_GET
def file(request: Entered, number: int) -> HttpResponse:
    """Fetch a file that is ready."""
    found = queries.file_of(request.hall, number)
    if not KINDS[found.kind].can & request.can:
        raise Forbidden
    answer = FileResponse(
        found.path.open("rb"), as_attachment=True, filename=found.file_name, content_type=XLSX
    )
    return cast("HttpResponse", answer)


@of_import
@require_GET
def brought(request: Entered, brought: Import) -> HttpResponse:
    """Show what would become of a list, or what became of it."""
    return render(request, "lists/import.html", _brought(request, brought))


@of_import
@require_GET
def progress(request: Entered, brought: Import) -> HttpResponse:
    """Show how far it is; once it is at rest, the whole page is asked for again."""
    answer = render(request, "lists/_progress.html", {"brought": brought})
    if not brought.is_at_work:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _brought(request: Entered, brought: Import) -> dict[str, Any]:
    asked = request.GET.get("did", "")
    did = asked if asked in Did.values else ""
    pages = Paginator(queries.lines(brought, did), LINES_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    sheets = brought.counts.get("sheets", {})
    named = (*Did.values, "same", "left")
    sums = {name: sum(one.get(name, 0) for one in sheets.values()) for name in named}
    return {
        "brought": brought,
        "listed": KINDS[brought.kind],
        "sums": sums,
        "sheets": [(TABLES[name].title, counts) for name, counts in sheets.items()],
        "did": did,
        "page": page,
        "lines": shown(page, request.hall),
        "whole": sums["made"] + sums["changed"] + sums["archived"] + sums["restored"],
    }


@of_import
@require_POST
def want(request: Entered, brought: Import) -> HttpResponse:
    """Let it be written."""
    actions.want(brought=brought, by=request.by)
    return redirect("lists:import", request.hall.slug, brought.pk)


@of_import
@require_POST
def undo(request: Entered, brought: Import) -> HttpResponse:
    """Let it be undone."""
    actions.undo(brought=brought, by=request.by)
    return redirect("lists:import", request.hall.slug, brought.pk)


@of_import
@require_POST
def passwords(request: Entered, brought: Import) -> HttpResponse:
    """Hand over the passwords for once, once: they are kept nowhere afterwards."""
    found = staff.take_passwords(brought=brought, by=request.by)
    head = (_("Staff number"), _("Password for once"))
    return _csv(request, "passwords", [head, *found.items()])
