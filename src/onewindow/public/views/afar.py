"""A number from where one is, and saying that one has come."""

from dataclasses import replace
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from onewindow.accounts.requests import Entered
from onewindow.base import clocks
from onewindow.base.halls.policies import policy
from onewindow.base.halls.text import tag
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound
from onewindow.catalogue.queries import service_by_code
from onewindow.public import forms, queries
from onewindow.public.rules import TooManyNumbers, seconds_to_wait
from onewindow.public.views.doors import for_everybody
from onewindow.public.views.site import found_spot, held, holding, show_service
from onewindow.tickets.actions import remote
from onewindow.tickets.remote import coming_of
from onewindow.tickets.remote_rules import RemotePolicy


@for_everybody
@once
@require_POST
def take(request: Entered, code: str) -> HttpResponse:
    """Draw a number for who is on the way."""
    found, form = service_by_code(request.hall, code), forms.AfarForm(request.POST)
    if not form.is_valid():
        return show_service(request, code, None, form)
    _within_rate(request)
    drawn = remote.take_from_afar(
        hall=request.hall,
        service=found,
        phone=form.cleaned_data["phone"],
        by=replace(request.by, label=queries.AFAR),
        answers=forms.answers(request.POST, found),
        language=tag(),
        **form.declared(),
    )
    return holding(drawn)


@for_everybody
@once
@require_POST
def here(request: Entered, spot: str) -> HttpResponse:
    """Say that one has come, which only the code of a place in the hall allows."""
    found_spot(request, spot)
    mine = held(request)
    on_the_way = coming_of(mine) if mine else []
    if not mine or not on_the_way:
        raise NotFound
    for ticket in on_the_way:
        remote.arrive(ticket=ticket, by=request.by)
    return redirect("public:phone", mine.token)


def _within_rate(request: Entered) -> None:
    """Refuse an address that draws number after number."""
    now, rules = clocks.now(), policy(request.hall, RemotePolicy)
    since = now - timedelta(minutes=rules.within_min)
    taken = queries.taken_from_afar(request.hall, request.by.address, since)
    seconds = seconds_to_wait(taken, now, rules)
    if seconds:
        raise TooManyNumbers(seconds)
