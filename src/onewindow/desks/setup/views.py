"""The pages of set-up, each for any sheet: a list, an edit page, a history, archive and restore."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Entered
from onewindow.base.halls.models import Hall
from onewindow.base.trail.editing import ChangedMeanwhile, stamp
from onewindow.base.web.once import once
from onewindow.base.web.refused import Forbidden, NotFound
from onewindow.desks.setup.forms import FindForm
from onewindow.desks.setup.ready import ready
from onewindow.desks.setup.sheets import Sheet, open_to
from onewindow.desks.setup.shown import Table, held, lines, table
from onewindow.desks.setup.tables import parts, sheet_named

ROWS_A_PAGE = 50
MAY = (Can.SET_UP, Can.SET_HOURS, Can.ANNOUNCE)


def of_sheet(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the sheet in the address, ask whether this role may, and keep the hall's time.

    Who saved second is shown both versions, once the transaction of their own is over.
    """
    answer = once(view)

    @wraps(answer)
    def door(request: Entered, sheet: str, **rest: Any) -> HttpResponse:
        found = sheet_named(sheet)
        if found.can not in request.can:
            raise Forbidden
        with timezone.override(request.hall.zone):
            try:
                return answer(request, found, **rest)
            except ChangedMeanwhile as no:
                return _compare(request, found, no, **rest)

    return needs(*MAY)(door)


@needs(*MAY)
@require_GET
def home(request: Entered) -> HttpResponse:
    """Show all that may be set up here, and how much of it there is."""
    mine = [
        (part.title, [(sheet, sheet.count(request.hall)) for sheet in part.sheets])
        for part in open_to(parts(), request.can)
    ]
    steps = ready(request.hall, request.can) if Can.SET_UP in request.can else None
    return render(request, "desks/setup/home.html", {"parts": mine, "ready": steps})


@of_sheet
@require_GET
def rows(request: Entered, sheet: Sheet) -> HttpResponse:
    """List the rows of a sheet; of what there is one only, go to it."""
    if not sheet.columns:
        return redirect("desks:setup_row", request.hall.slug, sheet.name, "it")
    find = FindForm(request.hall, sheet, request.GET)
    asked = find.cleaned_data if find.is_valid() else {}
    page = Paginator(sheet.found(request.hall, asked), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    asked_now = {name: value for name, value in asked.items() if value}
    context = {
        "sheet": sheet,
        "find": find,
        "asked": asked_now,
        "page": page,
        "table": table(sheet, page),
    }
    return render(request, "desks/setup/rows.html", context)


@of_sheet
def new(request: Entered, sheet: Sheet) -> HttpResponse:
    """Make a row."""
    if not sheet.makes:
        raise NotFound
    return _edit(request, sheet, sheet.blank(request.hall))


@of_sheet
def row(request: Entered, sheet: Sheet, key: str) -> HttpResponse:
    """Show a row to change it."""
    return _edit(request, sheet, sheet.row(request.hall, key))


def _edit(request: Entered, sheet: Sheet, row: Any) -> HttpResponse:
    hall, key = request.hall, sheet.key(row)
    named = sheet.named(row) if key else ""
    form = sheet.form(hall, row, request.POST or None, request.GET.dict())
    form.files = request.FILES
    seen = request.POST.get("_seen", "")
    if request.method == "POST" and form.is_valid():
        saved = sheet.keep(hall=hall, row=row, values=form.values, by=request.by, seen=seen)
        messages.success(request, _("Saved."))
        return redirect("desks:setup_row", hall.slug, sheet.name, sheet.key(saved))
    seen = seen or (stamp(row, form.names) if key else "")
    context = {"named": named, "form": form, "seen": seen, "theirs": {}}
    return _show(request, sheet, row, context, 422 if form.is_bound else 200)


def _compare(request: Entered, sheet: Sheet, no: ChangedMeanwhile, key: str) -> HttpResponse:
    """Show what was typed, and beside it what somebody else saved meanwhile."""
    row = sheet.row(request.hall, key)
    named = sheet.named(row)
    form = sheet.form(request.hall, row, request.POST, {})
    form.files = request.FILES
    form.is_valid()
    row = sheet.row(request.hall, key)
    context = {
        "named": named,
        "form": form,
        "seen": stamp(row, form.names),
        "theirs": held(form, row),
        "no": no,
    }
    return _show(request, sheet, row, context, no.status)


def _show(
    request: Entered, sheet: Sheet, row: Any, context: dict[str, Any], status: int
) -> HttpResponse:
    key = sheet.key(row)
    context |= {"sheet": sheet, "row": row, "key": key, "parts": _parts(request.hall, sheet, key)}
    return render(request, "desks/setup/row.html", context, status=status)


@of_sheet
@require_GET
def changes(request: Entered, sheet: Sheet, key: str) -> HttpResponse:
    """Show who changed what of a row, the newest first."""
    row = sheet.row(request.hall, key)
    found = sheet.history(request.hall, row)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "sheet": sheet,
        "row": row,
        "key": key,
        "named": sheet.named(row),
        "page": page,
        "entries": lines(sheet, request.hall, row, page),
    }
    return render(request, "desks/setup/history.html", context)


@of_sheet
@require_POST
def archive(request: Entered, sheet: Sheet, key: str) -> HttpResponse:
    """Take a row out of use, or say why not now. POST."""
    if sheet.archive is None:
        raise NotFound
    sheet.archive(hall=request.hall, row=sheet.row(request.hall, key), by=request.by)
    messages.success(request, _("Archived. It can be brought back."))
    return redirect("desks:setup_rows", request.hall.slug, sheet.name)


@of_sheet
@require_POST
def restore(request: Entered, sheet: Sheet, key: str) -> HttpResponse:
    """Bring a row back into use. POST."""
    if sheet.archive is None:
        raise NotFound
    sheet.restore(hall=request.hall, row=sheet.row(request.hall, key), by=request.by)
    messages.success(request, _("It is in use again."))
    return redirect("desks:setup_row", request.hall.slug, sheet.name, key)


def _parts(hall: Hall, sheet: Sheet, key: str) -> list[tuple[Sheet, Table]]:
    """Return the rows of other sheets that belong to a row, such as a service's papers."""
    found = [sheet_named(name) for name in sheet.parts if key]
    of, owner = sheet.belongs, {sheet.belongs: key}
    return [(one, table(one, one.found(hall, owner), without=of)) for one in found]
