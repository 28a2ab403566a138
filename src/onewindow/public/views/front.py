"""The first page: of the demonstration every screen and role, of a real hall the way to work.

All but the first page itself is there in a demonstration alone.
"""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts import entering, lock
from onewindow.accounts.access import address_of, public
from onewindow.accounts.states import Role
from onewindow.base.trail import By
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound
from onewindow.public import happenings
from onewindow.simulator import actions, queries
from onewindow.simulator.actions import TRAFFIC
from onewindow.simulator.models import Demonstration

ROLES = (
    (Role.CLERK, "armchair"),
    (Role.DUTY_MANAGER, "clipboard-list"),
    (Role.GUIDE, "hand-helping"),
    (Role.HALL_MANAGER, "building-2"),
    (Role.SYSTEM_ADMINISTRATOR, "settings"),
    (Role.SECURITY_ADMINISTRATOR, "shield-check"),
    (Role.AUDIT_ADMINISTRATOR, "history"),
)
PAGES = {"hall", "board", "close", "guide", "outage"}  # of the staff, that a sight leads to
HAPPENINGS: Mapping[str, Callable[..., None]] = {
    "jam": actions.jam_paper,
    "unjam": actions.clear_jam,
    "leave": actions.empty_window,
    "back": actions.bring_back_clerk,
    "crowd": actions.come_in_crowd,
    "deaf": actions.come_deaf,
    "cut": actions.cut_power,
    "close": actions.close_early,
    "open": actions.open_again,
}


@public
def front(request: HttpRequest) -> HttpResponse:
    """Lead to every screen and role of the demonstration; elsewhere to the staff's home."""
    demonstration = queries.demonstration() if settings.DEMO else None
    if demonstration is None:
        return redirect("desks:home")
    hall = demonstration.hall
    shown = {"roles": ROLES, "spot": queries.spot(hall), "screens": queries.screens(hall)}
    return render(request, "public/front.html", shown | _day(request, demonstration))


@public
@require_GET
def now(request: HttpRequest) -> HttpResponse:
    """What changes on it."""
    return render(request, "public/_day.html", _day(request, _demonstration()))


@public
@once
@require_POST
def join(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in anew as a role, and go to its first page, or to the one that is asked for."""
    hall, page = _demonstration().hall, request.POST.get("page", "hall")
    if page not in PAGES:
        raise NotFound
    who = actions.person_for(hall, role)
    lock.sign_out(request)  # a screen that was locked is not locked for who comes next
    entering.begin(request, who)
    return redirect(f"desks:{page}", hall=hall.slug)


@public
@once
@require_POST
def control(request: HttpRequest) -> HttpResponse:
    """Pause the demonstration or let it go on, let more or fewer people come, begin a new day."""
    hall, by = _demonstration().hall, By("visitor", address=address_of(request))
    if "paused" in request.POST:
        actions.pause(hall=hall, paused=request.POST["paused"] == "yes", by=by)
    if "traffic" in request.POST:
        actions.set_traffic(hall=hall, traffic=_number(request.POST["traffic"]), by=by)
    if "new_day" in request.POST:
        actions.new_day(hall=hall, by=by)
    return redirect("public:front")


@public
@once
@require_POST
def happen(request: HttpRequest, what: str) -> HttpResponse:
    """Let something happen to the hall, or put it right again."""
    hall, by = _demonstration().hall, By("visitor", address=address_of(request))
    if what not in HAPPENINGS:
        raise NotFound
    HAPPENINGS[what](hall=hall, by=by)
    return redirect(reverse("public:front") + "#happened")


def _demonstration() -> Demonstration:
    found = queries.demonstration() if settings.DEMO else None
    if found is None:
        raise NotFound
    return found


def _day(request: HttpRequest, row: Demonstration) -> dict[str, object]:
    """What the day's own part shows: how it goes on, and what may happen."""
    hall = row.hall
    request.hall = hall  # type: ignore[attr-defined]  # the frame shows its name
    next_day_at = queries.next_day_at(hall)
    return {
        "demonstration": row,
        "traffic": TRAFFIC,
        "next_day_at": next_day_at,
        "buttons": happenings.buttons(row, closed=next_day_at is not None),
        "happened": happenings.happened(row),
    }


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
