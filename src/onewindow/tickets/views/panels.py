"""The panels of a window: who is here, and who comes next. The faces lay them out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from onewindow.accounts import lock
from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Signed
from onewindow.tickets import forms
from onewindow.tickets.here import Here, beside, here, services_of, set_aside
from onewindow.tickets.states import State
from onewindow.tickets.views.mine import my_session

Shown = dict[str, object]


@needs(Can.SERVE)
@require_GET
def window(request: Signed, label: str) -> HttpResponse:
    """Who is at my window now, and what can be done."""
    session = my_session(request, label)
    if session is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    panel = shown(request, here(session))
    if panel["look"] != "strip":
        return render(request, "tickets/_here.html", panel)
    return render(request, "tickets/_strip.html", panel | {"parked": set_aside(session)})


@needs(Can.SERVE)
@require_GET
def side(request: Signed, label: str) -> HttpResponse:
    """Who comes next at my window."""
    session = my_session(request, label)
    if session is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    template = "_count" if request.GET.get("as") == "strip" else "_side"
    context = {"beside": beside(session), "session": session}
    return render(request, f"tickets/{template}.html", context)


def shown(request: Signed, now: Here) -> Shown:
    """Return what the panel of a window needs; a visitor being served keeps the screen awake."""
    serving = now.ticket is not None and now.ticket.state == State.SERVING
    lock.keep_awake(request, serving=serving)
    return {
        "here": now,
        "session": now.session,
        "ticket": now.ticket,
        "look": request.GET.get("as", ""),
        "then": request.GET.get("then", ""),
        "keys_on": request.user.keys_on,
        "form": forms_for(now)
        if request.GET.get("as") != "strip"
        else {"pause": forms.PauseForm(request.hall)},
    }


def forms_for(now: Here) -> dict[str, forms.HallForm]:
    """Return the forms of what can be done in this state, and no others."""
    place, mine = now.window.hall, services_of(now.window)
    if now.ticket is None:
        return {
            "walk_in": forms.WalkInForm(place, mine=mine),
            "call": forms.CallForm(place),
            "pause": forms.PauseForm(place),
        }
    if now.ticket.state == State.CALLED:
        return {"pause": forms.PauseForm(place)}
    given = {one.code: str(one) for one in (now.ticket.service, *mine)}
    finish = {
        "outcome": now.usual,
        "services": [now.ticket.service.code],
        "how_many": now.ticket.files,
    }
    return {
        "finish": forms.FinishForm(place, initial=finish, given=given),
        "park": forms.ParkForm(place),
        "move": forms.MoveForm(place, mine=mine),
        "another": forms.AnotherForm(place, mine=mine),
        "pause": forms.PauseForm(place),
    }
