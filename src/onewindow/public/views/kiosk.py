"""The kiosk: from a touch to a number in three."""

from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from onewindow.accounts.access import View
from onewindow.accounts.devices import device_token, for_device
from onewindow.accounts.states import DeviceKind, Role
from onewindow.alerts.actions import close_alert, raise_alert
from onewindow.alerts.queries import emergency
from onewindow.alerts.states import Level
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.halls.text import tag
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound, Refused
from onewindow.catalogue.models import Service
from onewindow.catalogue.queries import (
    groups,
    most_taken,
    search,
    search_example,
    service_by_code,
    services,
)
from onewindow.floor.queries import announcements, opening, takes
from onewindow.public import forms, queries
from onewindow.public.arrivals import arrived_from_afar
from onewindow.public.views.asked import FromDevice
from onewindow.public.views.reach import phone_address
from onewindow.tickets import actions
from onewindow.tickets.actions import appointments
from onewindow.tickets.appointments import appointment_by_code
from onewindow.tickets.models import Visit
from onewindow.tickets.queries import visit_by_token
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import Channel

FOUND_AT_MOST = 8


def kiosk_only(view: View) -> View:
    """Open a page to kiosks alone; what is refused there stands in the kiosk's own frame."""

    @wraps(view)
    def framed(request: FromDevice, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            if request.headers.get("HX-Request"):
                raise  # a word at the top of the page that asked
            return _page(request, "refused", status=refused.status, refused=refused)

    return for_device(DeviceKind.KIOSK)(framed)


@kiosk_only
def home(request: FromDevice) -> HttpResponse:
    """The first page, and what stands while nobody is here: hours, waits, the dozen most taken."""
    hall = request.hall
    return _page(
        request,
        "home",
        offers=queries.offers(hall, _often(hall)),
        groups=queries.groups_now(hall),
        information=queries.information(hall),
    )


@kiosk_only
def group(request: FromDevice, code: str) -> HttpResponse:
    """The services of one group, and the other groups to change to."""
    hall = request.hall
    found = next((one for one in groups(hall) if one.code == code), None)
    if found is None:
        raise NotFound
    members = [one for one in services(hall) if one.group_id == found.pk]
    return _page(
        request,
        "group",
        group=found,
        offers=queries.offers(hall, members),
        groups=queries.groups_now(hall),
        information=queries.information(hall),
    )


@kiosk_only
def find(request: FromDevice) -> HttpResponse:
    """Search by words, code, pinyin or its initials; before that, what is taken most often."""
    typed = request.GET.get("typed", "").strip()[:40]
    found = search(request.hall, typed) if typed else _often(request.hall)
    part = "find#found" if request.headers.get("HX-Target") == "found" else "find"
    return _page(
        request,
        part,
        typed=typed,
        example=None if typed else search_example(found),
        offers=queries.offers(request.hall, found[:FOUND_AT_MOST]),
        letters=LETTERS,
    )


LETTERS = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM", "0123456789")


@kiosk_only
def service(request: FromDevice, code: str) -> HttpResponse:
    """What a service asks for and how long it takes, beside the button."""
    found = service_by_code(request.hall, code)
    (offer,) = queries.offers(request.hall, [found])
    return _page(
        request,
        "service",
        offer=offer,
        service=found,
        zones=queries.zones_of(request.hall, found),
        after_closing=queries.after_closing(request.hall, offer.wait),
        form=forms.TakeForm(),
        **queries.papers(found, forms.answers(request.GET, found)),
    )


@kiosk_only
@once
@require_POST
def take(request: FromDevice, code: str) -> HttpResponse:
    """Draw the number."""
    found = service_by_code(request.hall, code)
    return _take(request, found, **forms.TakeForm(request.POST).declared())


@kiosk_only
@once
@require_POST
def unsure(request: FromDevice) -> HttpResponse:
    """Draw a number of the information desk."""
    found = queries.information(request.hall)
    if found is None:
        raise NotFound
    return _take(request, found)


@kiosk_only
def appointment(request: FromDevice) -> HttpResponse:
    """Who has booked a time types the code, or lets the scanner read it."""
    return _page(request, "appointment", letters=LETTERS)


@kiosk_only
@once
@require_POST
def check_in(request: FromDevice) -> HttpResponse:
    """Check in; who has done so already is shown the number again."""
    code = request.POST.get("code", "")[:40]
    drawn = arrived_from_afar(request.hall, code, request.by)
    if drawn is None:
        found = appointment_by_code(request.hall, code)
        there = found.ticket if found.day == request.hall.today() else None
        drawn = there or appointments.check_in(appointment=found, by=request.by)
    return redirect("public:kiosk_ticket", device_token(request.device), drawn.visit.token)


@kiosk_only
def ticket(request: FromDevice, visit: str) -> HttpResponse:
    """The number, very large; it prints, and goes away by itself."""
    found = _visit(request, visit)
    shown = queries.places(found, request.hall)
    return _page(
        request,
        "ticket",
        visit=found,
        places=shown,
        place=max(shown, key=lambda place: place.ticket.pk),
        address=phone_address(request, found),
        rules=policy(request.hall, TicketPolicy),
        prints=queries.printing(found, request.device),
    )


@kiosk_only
def printing(request: FromDevice, visit: str) -> HttpResponse:
    """What became of the paper; nothing while it is as the page says already."""
    found = _visit(request, visit)
    shown = queries.printing(found, request.device)
    if shown == request.GET.get("as"):
        return HttpResponse(status=204)
    return _page(request, "ticket#doors", prints=shown, visit=found)


@kiosk_only
def guide(request: FromDevice) -> HttpResponse:
    """A guide was called and comes."""
    return _page(request, "guide")


@kiosk_only
@once
@require_POST
def call_guide(request: FromDevice) -> HttpResponse:
    """Ring the guides."""
    device = request.device
    raise_alert(
        hall=request.hall,
        kind="kiosk.guide",
        cause=f"kiosk.{device.pk}.guide",
        level=Level.ACT_NOW,
        owner_role=Role.GUIDE,
        subject=device,
        by=request.by,
        device=device.name,
    )
    return redirect("public:kiosk_guide", device_token(request.device))


@kiosk_only
@once
@require_POST
def guide_here(request: FromDevice) -> HttpResponse:
    """The guide has come: the tablets ring no more."""
    close_alert(hall=request.hall, cause=f"kiosk.{request.device.pk}.guide", by=request.by)
    return redirect("public:kiosk", device_token(request.device))


@kiosk_only
def alive(_request: FromDevice) -> HttpResponse:
    """Answer that the hall's server hears this kiosk."""
    return HttpResponse(status=204)


@kiosk_only
def nothing(_request: FromDevice, rest: str) -> HttpResponse:
    """An address that no page of the kiosk leads to."""
    raise NotFound


def _often(hall: Hall) -> list[Service]:
    return list(most_taken(hall) or services(hall)[:12])


def _take(request: FromDevice, found: Service, **declared: Any) -> HttpResponse:
    with_visit = request.POST.get("with", "")
    drawn = actions.take(
        hall=request.hall,
        service=found,
        by=request.by,
        channel=Channel.KIOSK,
        answers=forms.answers(request.POST, found),
        language=tag(),
        visit=_visit(request, with_visit) if with_visit else None,
        **declared,
    )
    return redirect("public:kiosk_ticket", device_token(request.device), drawn.visit.token)


def _visit(request: FromDevice, token: str) -> Visit:
    """A visit of this hall and of today: a kiosk shows no other."""
    found = visit_by_token(token)
    if found.hall_id != request.hall.pk or found.day != request.hall.today():
        raise NotFound
    return found


def _page(request: FromDevice, name: str, status: int = 200, **shown: Any) -> HttpResponse:
    now, page = clocks.now(), name.split("#")[0]
    common = {
        "device": request.device,
        "token": device_token(request.device),
        "opening": opening(request.hall, now),
        "takes": takes(request.hall, now),
        "announcements": announcements(request.hall),
        "emergency": emergency(request.hall),
        "with_visit": request.GET.get("with", "")[:32],
    }
    template = f"public/kiosk/{page}.html" + name[len(page) :]
    return render(request, template, common | shown, status=status)
