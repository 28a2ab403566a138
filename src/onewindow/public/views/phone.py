"""The phone page of a visit: where I stand, what to do when called, live."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from onewindow.accounts.requests import Entered
from onewindow.alerts.queries import emergency
from onewindow.base import clocks
from onewindow.base.halls.policies import policy
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound
from onewindow.floor.actions import mark_reached
from onewindow.floor.queries import announcements
from onewindow.floor.readiness import is_code
from onewindow.public import queries
from onewindow.public.views.asked import FromVisit
from onewindow.public.views.doors import for_everybody, for_visit
from onewindow.tickets import actions
from onewindow.tickets.helping import help_had
from onewindow.tickets.rules import TicketPolicy

CALLS = {"nobody": actions.find_nobody, "walking": actions.ask_for_help_walking}
VERBS = {"later": actions.later, "leave": actions.leave, "back": actions.come_back, **CALLS}


@for_visit
@never_cache
def page(request: FromVisit) -> HttpResponse:
    """The whole page; it keeps itself fresh by the panel below."""
    return render(request, "public/phone/page.html", _shown(request))


@for_visit
@never_cache
def now(request: FromVisit) -> HttpResponse:
    """What is true now: asked for when this visit is woken, and every 15 s."""
    return render(request, "public/phone/_now.html", _shown(request))


@for_visit
@once
@require_POST
def act(request: FromVisit, ticket: int, verb: str) -> HttpResponse:
    """More time, leave, back again; nobody at the window, help walking."""
    found = queries.ticket_in(request.visit, ticket)
    if found is None or verb not in VERBS:
        raise NotFound
    VERBS[verb](ticket=found, by=request.by)
    to = "public:phone_now" if request.headers.get("HX-Request") else "public:phone"
    told = f"?told={verb}" if verb in CALLS else ""
    return redirect(reverse(to, args=[request.visit.token]) + told)


@for_visit
@once
@require_POST
def confirm_help(request: FromVisit, help: int) -> HttpResponse:  # noqa: A002  # the thing's own name
    """Say that somebody did help: it counts for them then."""
    had = help_had(request.visit).filter(pk=help).first()
    if had is None:
        raise NotFound
    actions.confirm(help=had, by=request.by)
    to = "public:phone_now" if request.headers.get("HX-Request") else "public:phone"
    return redirect(to, request.visit.token)


def _shown(request: FromVisit) -> dict[str, object]:
    visit = request.visit
    today = visit.day == request.hall.today()
    places = queries.places(visit, request.hall)
    return {
        "visit": visit,
        "today": today,
        "goes_on": today and any(place.ticket.is_open for place in places),
        "places": places,
        "helped": help_had(visit) if any(place.was_helped for place in places) else [],
        "told": request.GET.get("told", "") if request.GET.get("told") in CALLS else "",
        "emergency": emergency(request.hall) if today else None,
        "announcements": announcements(request.hall) if today else [],
        "rules": policy(request.hall, TicketPolicy),
        "at_now": clocks.now(),
    }


@for_everybody
@once
def reached(request: Entered, code: str) -> HttpResponse:
    """Greet the phone; by its tap it proves that visitors can also act from there."""
    if not is_code(request.hall, code):
        raise NotFound
    if request.method == "POST":
        mark_reached(hall=request.hall, address=settings.PUBLIC_URL, by=request.by)
        return redirect(f"{request.path}?done=1")
    return render(request, "public/site/reached.html", {"done": "done" in request.GET})
