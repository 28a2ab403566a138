"""Coming back: who was interrupted by an outage; the kit for a day on paper, entered afterwards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Signed
from onewindow.base.web.once import once
from onewindow.base.web.refused import Forbidden
from onewindow.catalogue.queries import services_by_group
from onewindow.catalogue.states import SERIES_OF_PAPER
from onewindow.desks import forms
from onewindow.floor.queries import session_of, window_by_label, windows
from onewindow.tickets.actions.outages import settle_interruption
from onewindow.tickets.actions.paper_day import back_fill
from onewindow.tickets.outages import interrupted, interruption, last_outage
from onewindow.tickets.paper_day import NAMES, Line, pasted, read
from onewindow.tickets.rules import number_text
from onewindow.tickets.states import AfterOutage, Outcome

ROWS = 15  # of an empty sheet
TO_A_PAGE = 12


@needs(Can.SERVE)
@require_GET
def outage(request: Signed) -> HttpResponse:
    """Since when we were away, and who was at a window: to a clerk, the own one."""
    rows = list(interrupted(request.hall))
    if Can.CLOSE_HALL not in request.can:
        mine = _own_window(request)
        rows = [one for one in rows if one.ticket.window_id == mine]
    shown = {"outage": last_outage(), "rows": rows, "hows": AfterOutage.choices}
    return render(request, "desks/outage.html", shown)


@needs(Can.SERVE)
@once
@require_POST
def settle(request: Signed, interrupted: int) -> HttpResponse:
    """Say what became of one of them; a clerk says it of the own visitor."""
    found = interruption(request.hall, interrupted)
    if Can.CLOSE_HALL not in request.can and found.ticket.window_id != _own_window(request):
        raise Forbidden
    how = forms.AfterOutageForm(request.hall, request.POST).checked()["how"]
    settle_interruption(interruption=found, how=AfterOutage(how), by=request.by)
    return redirect("desks:outage", request.hall.slug)


@needs(Can.CLOSE_HALL)
@require_GET
def kit(request: Signed) -> HttpResponse:
    """The kit to print: five steps, slips with numbers of series Z, a tally sheet per window."""
    first, many = forms.KitForm(request.hall, request.GET).chosen()
    numbers = [number_text(SERIES_OF_PAPER, first + place) for place in range(many)]
    shown = {
        "form": forms.KitForm(request.hall, initial={"first": first, "many": many}),
        "pages": [numbers[at : at + TO_A_PAGE] for at in range(0, many, TO_A_PAGE)],
        "windows": windows(request.hall),
        "outcomes": Outcome.labels,
        "lines": range(20),
    }
    return render(request, "desks/paper_kit.html", shown)


@needs(Can.CLOSE_HALL)
@once
def enter(request: Signed) -> HttpResponse:
    """Enter a tally sheet: typed line by line, or pasted as a table; all of it or nothing."""
    if request.method != "POST":
        return _sheet(request, forms.SheetForm(request.hall), [])
    form = forms.SheetForm(request.hall, request.POST)
    typed = _typed(request) + pasted(request.POST.get("table", ""))
    day = form.cleaned_data["day"] if form.is_valid() else request.hall.today()
    lines = read(request.hall, day, typed)
    if not form.is_valid() or not lines or any(line.problems for line in lines):
        return _sheet(request, form, lines)
    window = window_by_label(request.hall, form.cleaned_data["window"])
    back_fill(hall=request.hall, day=day, window=window, lines=lines, by=request.by)
    many = len(lines)
    said = ngettext("{many} number was entered.", "{many} numbers were entered.", many)
    messages.success(request, said.format(many=many))
    return redirect("desks:paper_enter", request.hall.slug)


def _sheet(request: Signed, form: forms.SheetForm, lines: list[Line]) -> HttpResponse:
    blank = [Line(dict.fromkeys(NAMES, "")) for _row in range(max(3, ROWS - len(lines)))]
    shown = {
        "form": form,
        "lines": [*lines, *blank],
        "wrong": sum(bool(line.problems) for line in lines),
        "offered": services_by_group(request.hall),
        "outcomes": Outcome.choices,
    }
    return render(request, "desks/paper_enter.html", shown, status=422 if form.is_bound else 200)


def _typed(request: Signed) -> list[dict[str, str]]:
    columns = [request.POST.getlist(name) for name in NAMES]
    return [dict(zip(NAMES, row, strict=True)) for row in zip(*columns, strict=False)]


def _own_window(request: Signed) -> int | None:
    session = session_of(request.user)
    return session.window_id if session and session.hall_id == request.hall.pk else None
