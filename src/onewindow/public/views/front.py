"""The first page: of the demonstration every screen and role, of a real hall the way to work."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from onewindow.accounts import entering, lock
from onewindow.accounts.access import address_of, public
from onewindow.accounts.states import Role
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound
from onewindow.simulator import actions, queries
from onewindow.simulator.actions import TRAFFIC

ROLES = (
    (Role.CLERK, "armchair"),
    (Role.DUTY_MANAGER, "clipboard-list"),
    (Role.GUIDE, "hand-helping"),
    (Role.HALL_MANAGER, "building-2"),
    (Role.SYSTEM_ADMINISTRATOR, "settings"),
    (Role.SECURITY_ADMINISTRATOR, "shield-check"),
    (Role.AUDIT_ADMINISTRATOR, "history"),
)


@public
def front(request: HttpRequest) -> HttpResponse:
    """Lead to every screen and role of the demonstration; elsewhere to the staff's home."""
    demonstration = queries.demonstration() if settings.DEMO else None
    if demonstration is None:
        return redirect("desks:home")
    hall = demonstration.hall
    request.hall = hall  # type: ignore[attr-defined]  # the frame shows its name
    shown = {
        "demonstration": demonstration,
        "roles": ROLES,
        "traffic": TRAFFIC,
        "spot": queries.spot(hall),
        "screens": queries.screens(hall),
        "next_day_at": queries.next_day_at(hall),
    }
    return render(request, "public/front.html", shown)


@public
@once
@require_POST
def join(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in anew as a role: in the demonstration only."""
    hall = _demonstration_hall()
    who = actions.person_for(hall, role)
    lock.sign_out(request)  # a screen that was locked is not locked for who comes next
    entering.begin(request, who)
    return redirect("desks:hall", hall=hall.slug)


@public
@once
@require_POST
def control(request: HttpRequest) -> HttpResponse:
    """Pause the demonstration or let it go on, let more or fewer people come, begin a new day."""
    hall, by = _demonstration_hall(), By("visitor", address=address_of(request))
    if "paused" in request.POST:
        actions.pause(hall=hall, paused=request.POST["paused"] == "yes", by=by)
    if "traffic" in request.POST:
        actions.set_traffic(hall=hall, traffic=_number(request.POST["traffic"]), by=by)
    if "new_day" in request.POST:
        actions.new_day(hall=hall, by=by)
    return redirect("public:front")


def _demonstration_hall() -> Hall:
    found = queries.demonstration() if settings.DEMO else None
    if found is None:
        raise NotFound
    return found.hall


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
