"""The duty board: windows, waits, what needs somebody, who was called before their turn."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Signed
from onewindow.base.web.once import once
from onewindow.base.web.refused import BadInput, NotFound
from onewindow.desks import duty, forms
from onewindow.floor import actions as floor
from onewindow.floor.doors import my_department, window_of
from onewindow.floor.models import Window
from onewindow.floor.queries import member_who_serves, session_at
from onewindow.tickets import actions
from onewindow.tickets.forms import PauseForm
from onewindow.tickets.queries import ticket_of


@needs(Can.SEE_BOARD)
@require_GET
def board(request: Signed) -> HttpResponse:
    """The whole page."""
    return render(request, "desks/board.html", duty.board(request.hall, request.scope))


@needs(Can.SEE_BOARD)
@require_GET
def at_window(request: Signed, label: str) -> HttpResponse:
    """The whole page, and on it the sheet of one window."""
    at = window_of(request, label)
    forms_of = {"pause": PauseForm(request.hall), "serve": forms.ServeForm(request.hall)}
    shown = duty.board(request.hall, request.scope) | forms_of
    shown |= duty.sheet(request.hall, at, request.scope)
    return render(request, "desks/board.html", shown)


@needs(Can.SEE_BOARD)
@require_GET
def now(request: Signed) -> HttpResponse:
    """What changes on it."""
    return render(request, "desks/_board.html", duty.board(request.hall, request.scope))


@needs(Can.RUN_WINDOWS)
@once
@require_POST
def window(request: Signed, label: str, verb: str) -> HttpResponse:
    """Open, pause or close a window for somebody."""
    act = VERBS.get(verb)
    if act is None:
        raise NotFound
    act(request, window_of(request, label))
    return shows(request)


@needs(Can.RUN_WINDOWS)
@once
@require_POST
def call_back(request: Signed, label: str) -> HttpResponse:
    """Ask who pauses or stands idle to go on: their desk says so."""
    at = window_of(request, label)
    floor.call_back(window=at, by=request.by)
    told = _("The desk of window {window} was told.").format(window=at.label)
    messages.success(request, told)
    return HttpResponseRedirect(reverse("desks:board", args=[request.hall.slug]), status=303)


@needs(Can.BRING_BACK)
@once
@require_POST
def bring_back(request: Signed, ticket: int) -> HttpResponse:
    """Bring a no-show back into the line."""
    found = ticket_of(request.hall, ticket)
    my_department(request, found.service.department_id)
    reason = forms.WhyForm(request.hall, request.POST).checked()["reason"]
    actions.bring_back(ticket=found, reason=reason, by=request.by)
    return shows(request)


def shows(request: Signed) -> HttpResponse:
    """Show the board again: to a script its panel, to everybody else the page."""
    page = "desks:board_now" if request.headers.get("HX-Request") else "desks:board"
    return HttpResponseRedirect(reverse(page, args=[request.hall.slug]), status=303)


def _open(request: Signed, at: Window) -> None:
    number = request.POST.get("staff", "")
    if not number:
        raise BadInput(problem=_("Please choose who works there."))
    user = member_who_serves(request.hall, number)
    actions.open_window(window=at, user=user, by=request.by)


def _pause(request: Signed, at: Window) -> None:
    asked = PauseForm(request.hall, request.POST).pause()
    actions.pause_window(window=at, by=request.by, **asked)


def _go_on(request: Signed, at: Window) -> None:
    floor.resume(window=at, by=request.by)


def _close(request: Signed, at: Window) -> None:
    actions.close_when_free(window=at, by=request.by)


def _serve(request: Signed, at: Window) -> None:
    """Let it serve something, or not, for a while."""
    asked = forms.ServeForm(request.hall, request.POST).serve()
    others = actions.serve_for_now(window=at, by=request.by, **asked)
    words = {"window": at.label, "service": asked["service"]}
    if asked["choice"] is not None:
        told = _("Window {window} serves {service} for now.")
    elif others:
        told = _("Window {window} leaves {service} to: {others}.")
        words["others"] = pgettext("between the numbers of windows", ", ").join(others)
    else:
        told = _("Window {window} does not serve {service} for now.")
    messages.success(request, told.format_map(words))


def _as_ever(request: Signed, at: Window) -> None:
    floor.as_ever(window=at, by=request.by)


def _move(request: Signed, at: Window) -> None:
    """Whoever stands here goes to another window."""
    session = session_at(at)
    if session is None or session.user is None:
        raise floor.WindowNotOpen(window=at.label)
    to = window_of(request, request.POST.get("to", ""))
    actions.open_window(window=to, user=session.user, by=request.by)


VERBS = {"open": _open, "pause": _pause, "go-on": _go_on, "close": _close} | {
    "serve": _serve,
    "as-ever": _as_ever,
    "move": _move,
}
