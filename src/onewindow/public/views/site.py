"""A hall's public pages: what it offers, how long one waits, and a number from a QR spot."""

from dataclasses import replace
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from onewindow.accounts.requests import Entered
from onewindow.base import clocks
from onewindow.base.halls.policies import policy
from onewindow.base.halls.text import tag
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound
from onewindow.catalogue.policy import RuleSet, guide_parts
from onewindow.catalogue.queries import search, service_by_code, services_by_group
from onewindow.floor.models import Spot
from onewindow.floor.queries import announcements, opening, takes
from onewindow.public import forms, queries
from onewindow.public.rules import PhonePolicy, TooManyNumbers, seconds_to_wait
from onewindow.public.views.doors import for_everybody
from onewindow.tickets import actions
from onewindow.tickets.appointments import takes_bookings
from onewindow.tickets.models import Ticket, Visit
from onewindow.tickets.remote import coming_of, kept_until
from onewindow.tickets.states import Channel

MINE = "ow_visit"
KEPT_FOR = 12 * 3600


@for_everybody
def hall(request: Entered) -> HttpResponse:
    """The hall: is it open, how long are the waits, what does it offer."""
    return _listing(request, None)


@for_everybody
def service(request: Entered, code: str) -> HttpResponse:
    """What a service says of itself, and the papers for one's own case."""
    return show_service(request, code, None)


@for_everybody
def papers(request: Entered, code: str) -> HttpResponse:
    """The papers that the answers so far leave."""
    found = service_by_code(request.hall, code)
    shown = queries.papers(found, forms.answers(request.GET, found))
    shown["at_kiosk"] = request.GET.get("at") == "kiosk"
    return render(request, "public/_papers.html", shown)


@for_everybody
def spot(request: Entered, spot: str) -> HttpResponse:
    """Who scans a code in the hall takes a number here."""
    return _listing(request, found_spot(request, spot))


@for_everybody
def spot_service(request: Entered, spot: str, code: str) -> HttpResponse:
    """A service with the button that takes the number."""
    return show_service(request, code, found_spot(request, spot))


@for_everybody
@once
@require_POST
def take(request: Entered, spot: str, code: str) -> HttpResponse:
    """Draw the number; a phone that holds one adds the service to it."""
    place, mine = found_spot(request, spot), held(request)
    if mine is None:
        _within_rate(request, place)
    found = service_by_code(request.hall, code)
    drawn = actions.take(
        hall=request.hall,
        service=found,
        by=replace(request.by, label=place.code),
        channel=Channel.PHONE,
        answers=forms.answers(request.POST, found),
        language=tag(),
        visit=mine,
        **forms.TakeForm(request.POST).declared(),
    )
    return holding(drawn)


def holding(ticket: Ticket) -> HttpResponse:
    """Lead a phone to its number, and let it know the number from then on."""
    answer = redirect("public:phone", ticket.visit.token)
    answer.set_cookie(MINE, ticket.visit.token, max_age=KEPT_FOR, httponly=True, samesite="Lax")
    return answer


def _within_rate(request: Entered, spot: Spot) -> None:
    """Refuse an address that draws number after number, without a browser that keeps them."""
    now, settings = clocks.now(), policy(request.hall, PhonePolicy)
    since = now - timedelta(minutes=settings.within_min)
    taken = queries.taken_lately(spot, request.by.address, since)
    seconds = seconds_to_wait(taken, now, settings)
    if seconds:
        raise TooManyNumbers(seconds)


def _listing(request: Entered, spot: Spot | None) -> HttpResponse:
    typed = request.GET.get("typed", "").strip()[:40]
    found = search(request.hall, typed) if typed else []
    grouped = [
        (group, queries.offers(request.hall, members))
        for group, members in services_by_group(request.hall)
    ]
    return _page(
        request,
        "hall",
        spot,
        typed=typed,
        found=queries.offers(request.hall, found),
        grouped=grouped,
        groups=queries.groups_now(request.hall),
        information=queries.information(request.hall),
        announcements=announcements(request.hall),
    )


def show_service(
    request: Entered, code: str, spot: Spot | None, form: forms.TakeForm | None = None
) -> HttpResponse:
    """Show a service; what is wrong in a ``form`` stands beside its field."""
    found = service_by_code(request.hall, code)
    (offer,) = queries.offers(request.hall, [found])
    parts = guide_parts(policy(request.hall, RuleSet))
    guide = [(words, found.guide[key]) for key, words in parts.items() if found.guide.get(key)]
    return _page(
        request,
        "service",
        spot,
        service=found,
        offer=offer,
        guide=guide,
        bookable=takes_bookings(found),
        zones=queries.zones_of(request.hall, found),
        after_closing=queries.after_closing(request.hall, offer.wait),
        form=form or (forms.TakeForm() if spot else forms.AfarForm()),
        afar=None if spot else kept_until(request.hall, found),
        status=422 if form else 200,
        **queries.papers(found, forms.answers(request.POST or request.GET, found)),
    )


def _page(
    request: Entered, name: str, spot: Spot | None, status: int = 200, **shown: object
) -> HttpResponse:
    now = clocks.now()
    mine = held(request) if spot else None
    common = {
        "spot": spot,
        "mine": mine,
        "on_the_way": bool(mine and coming_of(mine)),
        "opening": opening(request.hall, now),
        "takes": takes(request.hall, now),
    }
    return render(request, f"public/site/{name}.html", common | shown, status=status)


def found_spot(request: Entered, code: str) -> Spot:
    """Return the place in the hall whose code was scanned. Raise NotFound."""
    found = queries.spot_of(request.hall, code)
    if found is None:
        raise NotFound
    return found


def held(request: Entered) -> Visit | None:
    """Return the visit this phone holds a number of, while it is still open."""
    token = request.COOKIES.get(MINE, "")
    return queries.open_visit(request.hall, token) if token else None
