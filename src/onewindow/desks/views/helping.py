"""What guides do beside the queue: questions counted in a tap, help noted, help confirmed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.requests import Signed
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound
from onewindow.desks import forms
from onewindow.tickets import actions
from onewindow.tickets.helping import (
    help_of,
    help_on,
    last_counted,
    sums,
    tally,
    topic_of,
    unconfirmed,
)
from onewindow.tickets.queries import ticket_of

ANSWERED, SENT_ON = "answered", "sent-on"


@needs(Can.BRING_BACK)
@require_GET
def questions(request: Signed) -> HttpResponse:
    """The hall's topics, each counted by one tap, with the sums of the day."""
    lines = tally(request.hall, request.hall.today(), request.hall.today())
    shown = {
        "lines": lines,
        "sums": sums(lines),
        "last": last_counted(request.hall, request.user.pk),
    }
    return render(request, "desks/guide_questions.html", shown)


@needs(Can.BRING_BACK)
@once
@require_POST
def count(request: Signed, topic: int, how: str) -> HttpResponse:
    """Count a question: answered, or sent on."""
    if how not in (ANSWERED, SENT_ON):
        raise NotFound
    asked = topic_of(request.hall, topic)
    actions.count_question(topic=asked, sent_on=how == SENT_ON, by=request.by)
    return redirect("desks:guide_questions", request.hall.slug)


@needs(Can.BRING_BACK)
@once
@require_POST
def uncount(request: Signed) -> HttpResponse:
    """Take back my last tap of today."""
    actions.uncount(hall=request.hall, by=request.by)
    return redirect("desks:guide_questions", request.hall.slug)


@needs(Can.BRING_BACK)
@require_GET
def page(request: Signed) -> HttpResponse:
    """Note help that was given; the help of today."""
    hall = request.hall
    given = forms.NotedHelpForm(hall, initial={"number": request.GET.get("number", "")[:8]})
    shown = {"form": given, "given": help_on(hall, hall.today())}
    return render(request, "desks/guide_help.html", shown)


@needs(Can.BRING_BACK)
@once
@require_POST
def give(request: Signed) -> HttpResponse:
    """Note that I helped somebody."""
    asked = forms.NotedHelpForm(request.hall, request.POST).checked()
    number = asked.pop("number").strip()
    ticket = ticket_of(request.hall, number) if number else None
    actions.give_help(hall=request.hall, ticket=ticket, by=request.by, **asked)
    messages.success(request, _("It is noted; the duty manager confirms it."))
    return redirect("desks:guide_help", request.hall.slug)


@needs(Can.CONFIRM_HELP)
@require_GET
def confirming(request: Signed) -> HttpResponse:
    """The help of today, and of earlier days what nobody has confirmed."""
    hall = request.hall
    shown = {"given": help_on(hall, hall.today()), "earlier": unconfirmed(hall)}
    return render(request, "desks/help.html", shown)


@needs(Can.CONFIRM_HELP)
@once
@require_POST
def confirm(request: Signed, help: int) -> HttpResponse:  # noqa: A002  # the thing's own name
    """Confirm that help was given."""
    actions.confirm(help=help_of(request.hall, help), by=request.by)
    return redirect("desks:help", request.hall.slug)
