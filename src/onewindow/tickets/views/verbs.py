"""The buttons of a window: each is one verb, then the panel or page that it was pressed on."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Signed
from onewindow.alerts.actions import raise_alert
from onewindow.alerts.states import Level
from onewindow.base import clocks
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound
from onewindow.catalogue.queries import service_by_code
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.floor.queries import session_at, window_by_label
from onewindow.tickets import actions, forms
from onewindow.tickets.actions.serve import NotHereYet, served_from
from onewindow.tickets.here import ALARM, CALLED, cause, waiting_number
from onewindow.tickets.models import Ticket
from onewindow.tickets.queries import at_window as at_window_now
from onewindow.tickets.queries import ticket_of
from onewindow.tickets.states import Channel, State
from onewindow.tickets.views.mine import my_window

AtWindow = Callable[[Signed, Window], str | None]
WithTicket = Callable[[Signed, Window, Ticket], str | None]


@needs(Can.SERVE)
@once
@require_POST
def at_window(request: Signed, label: str, verb: str) -> HttpResponse:
    """Do something at my window."""
    act = AT_WINDOW.get(verb)
    if act is None:
        raise NotFound
    then = act(request, my_window(request, label))
    return back(request, label, then)


@needs(Can.SERVE)
@once
@require_POST
def with_ticket(request: Signed, label: str, ticket: int, verb: str) -> HttpResponse:
    """Do something with a ticket at my window."""
    act = WITH_TICKET.get(verb)
    if act is None:
        raise NotFound
    window, found = my_window(request, label), ticket_of(request.hall, ticket)
    if verb not in FROM_ANYWHERE and found.window_id != window.pk:
        raise NotFound
    return back(request, label, act(request, window, found))


def back(request: Signed, label: str, then: str | None = None) -> HttpResponse:
    """Show the panel to a script, to everybody else the page they came from."""
    panel = reverse("tickets:window", args=[request.hall.slug, label])
    asked = {"as": request.POST.get("as", ""), "then": then or ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()})
    if request.headers.get("HX-Request") or not ours:
        return HttpResponseRedirect(f"{panel}?{query}" if query else panel, status=303)
    return HttpResponseRedirect(urlsplit(page).path, status=303)


def _next(request: Signed, window: Window) -> None:
    actions.call_next(window=window, by=request.by)


def _auto(request: Signed, window: Window) -> None:
    actions.call_by_itself(window=window, by=request.by)


def _wait(request: Signed, window: Window) -> None:
    floor.hold_back(window=window, by=request.by)


def _call(request: Signed, window: Window) -> None:
    asked = forms.CallForm(request.hall, request.POST).checked()
    ticket = waiting_number(request.hall, asked.pop("number"))
    actions.call(window=window, ticket=ticket, by=request.by, **asked)


def _walk_in(request: Signed, window: Window) -> None:
    asked = forms.WalkInForm(request.hall, request.POST).checked()
    service = service_by_code(request.hall, asked["service"])
    actions.walk_in(window=window, service=service, by=request.by)


def _pause(request: Signed, window: Window) -> None:
    asked = forms.PauseForm(request.hall, request.POST).pause()
    actions.pause_window(window=window, by=request.by, **asked)


def _go_on(request: Signed, window: Window) -> None:
    floor.resume(window=window, by=request.by)


def _close(request: Signed, window: Window) -> None:
    actions.close_window(window=window, by=request.by)


def _help(request: Signed, window: Window) -> str:
    """Note help that was given here; to the visitor who is here, if there is one."""
    asked = forms.HelpForm(request.hall, request.POST).checked()
    here = at_window_now(window)
    actions.give_help(hall=request.hall, ticket=here, window=window, by=request.by, **asked)
    return "helped"


def _duty(request: Signed, window: Window) -> None:
    """Call the duty manager; held for a second it is the alarm."""
    kind = ALARM if request.POST.get("kind") == ALARM else CALLED
    raise_alert(
        hall=request.hall,
        kind=f"duty.{kind}",
        cause=cause(window, kind),
        level=Level.ACT_NOW,
        subject=window,
        by=request.by,
        window=window.label,
    )


def _finish(request: Signed, window: Window, ticket: Ticket) -> str | None:
    """Finish, and with ``next`` call who comes next: at once, or when the wrap-up is over."""
    if ticket.state == State.CALLED and clocks.now() < served_from(ticket):
        raise NotHereYet(number=ticket.number)
    asked = forms.FinishForm(request.hall, request.POST).checked()
    actions.finish(ticket=ticket, by=request.by, files=asked.pop("how_many"), **asked)
    if "next" not in request.POST:
        return None
    session = session_at(window)
    if session is None or not session.calls:
        return None
    if session.wraps_up():
        return "next"
    actions.call_next(window=window, by=request.by)
    return None


def _park(request: Signed, window: Window, ticket: Ticket) -> None:
    asked = forms.ParkForm(request.hall, request.POST).checked()
    actions.park(ticket=ticket, by=request.by, minutes=asked["minutes"])


def _move(request: Signed, window: Window, ticket: Ticket) -> None:
    asked = forms.MoveForm(request.hall, request.POST).checked()
    actions.transfer(
        ticket=ticket,
        by=request.by,
        service=service_by_code(request.hall, asked["service"]) if asked["service"] else None,
        window=window_by_label(request.hall, asked["window"]) if asked["window"] else None,
        place=asked["place"],
        come_back=asked["come_back"],
    )


def _another(request: Signed, window: Window, ticket: Ticket) -> None:
    """One more service for the same visitor, under the same number."""
    asked = forms.AnotherForm(request.hall, request.POST).checked()
    actions.take(
        hall=request.hall,
        service=service_by_code(request.hall, asked["service"]),
        by=request.by,
        channel=Channel.DESK,
        visit=ticket.visit,
    )


def _resume(request: Signed, window: Window, ticket: Ticket) -> None:
    actions.resume(ticket=ticket, by=request.by, window=window)


def _start(request: Signed, _window: Window, ticket: Ticket) -> None:
    actions.start(ticket=ticket, by=request.by)


def _recall(request: Signed, _window: Window, ticket: Ticket) -> None:
    actions.recall(ticket=ticket, by=request.by)


def _miss(request: Signed, _window: Window, ticket: Ticket) -> None:
    actions.miss(ticket=ticket, by=request.by)


def _come_back(request: Signed, _window: Window, ticket: Ticket) -> None:
    actions.come_back(ticket=ticket, by=request.by)


AT_WINDOW: dict[str, AtWindow] = {
    "next": _next,
    "auto": _auto,
    "wait": _wait,
    "call": _call,
    "walk-in": _walk_in,
    "pause": _pause,
    "go-on": _go_on,
    "close": _close,
    "duty": _duty,
    "help": _help,
}
WITH_TICKET: dict[str, WithTicket] = {
    "start": _start,
    "recall": _recall,
    "miss": _miss,
    "finish": _finish,
    "park": _park,
    "move": _move,
    "another": _another,
    "resume": _resume,
    "come-back": _come_back,
}
FROM_ANYWHERE = {"resume", "come-back"}  # the others are for who is, or was, at this window
