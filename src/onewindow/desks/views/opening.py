"""Before the hall opens: what works, who stands where, the round; and the lists of both rounds."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Signed
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound
from onewindow.desks import forms
from onewindow.desks.queries import before_opening
from onewindow.floor import actions
from onewindow.floor.queries import check_of, left_paper
from onewindow.floor.states import Moment


@needs(Can.CLOSE_HALL)
@require_GET
def page(request: Signed) -> HttpResponse:
    """What is to be seen to before the hall opens."""
    return render(request, "desks/opening.html", before_opening(request.hall))


@needs(Can.CLOSE_HALL)
@once
@require_POST
def open_hall(request: Signed) -> HttpResponse:
    """Open the hall for today; one that was closed, with a reason."""
    reason = forms.ReopenForm(request.hall, request.POST).checked()["reason"]
    actions.open_hall(hall=request.hall, by=request.by, reason=reason)
    return redirect("desks:board", request.hall.slug)


@needs(Can.CLOSE_HALL)
@once
@require_POST
def check(request: Signed, check: int, how: str) -> HttpResponse:
    """Tick something of a round, or take the tick back."""
    if how not in ("done", "undone"):
        raise NotFound
    found = check_of(request.hall, check)
    actions.tick(check=found, on=how == "done", by=request.by)
    page = "desks:opening" if found.moment == Moment.BEFORE else "desks:close"
    return redirect(page, request.hall.slug)


@needs(Can.CLOSE_HALL)
@once
@require_POST
def left(request: Signed) -> HttpResponse:
    """Note papers that stay at a window."""
    asked = forms.LeftForm(request.hall, request.POST).checked()
    actions.note_left(hall=request.hall, by=request.by, **asked)
    return redirect("desks:close", request.hall.slug)


@needs(Can.CLOSE_HALL)
@once
@require_POST
def given_back(request: Signed, paper: int) -> HttpResponse:
    """The papers are with their owner again."""
    actions.give_back(paper=left_paper(request.hall, paper), by=request.by)
    where = "opening" if request.POST.get("from") == "opening" else "close"
    return redirect(f"desks:{where}", request.hall.slug)
