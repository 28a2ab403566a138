"""The security administrator's page of a person: where they are signed in, and with what."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts import actions, queries
from onewindow.accounts.access import Can, needs
from onewindow.accounts.models import User
from onewindow.accounts.reach import WorksElsewhere, everywhere
from onewindow.accounts.requests import Signed
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound, Refused


class OwnSecondFactor(Refused):
    """One's own second factor is set up anew with the password."""

    sentence = gettext_lazy("Set your own up anew on the page My account, with your password.")
    status = 403


@needs(Can.SIGN_INS)
@require_GET
def guarded(request: Signed) -> HttpResponse:
    """List who works here: who has a second factor, who lacks one, who is signed in."""
    context = {"people": queries.guarded(request.hall)}
    return render(request, "accounts/guarded.html", context)


@needs(Can.SIGN_INS)
@require_GET
def person(request: Signed, number: int) -> HttpResponse:
    """Show where a person is signed in, and with what."""
    found = _person(request, number)
    context = {
        "person": found,
        "required": queries.must_have_second_factor(found),
        "sign_ins": queries.sign_ins(found),
        "here": request.session.session_key,
        "elsewhere": _is_elsewhere(request, found),
        "oneself": found.pk == request.user.pk,
    }
    return render(request, "accounts/guarded_person.html", context)


@needs(Can.SIGN_INS)
@once
@require_POST
def end(request: Signed, number: int) -> HttpResponse:
    """End all sign-ins of a person, at once."""
    found = _reached(request, number)
    but = request.session.session_key if found == request.user else None
    actions.end_sign_ins(user=found, by=request.by, but=but)
    messages.success(request, _("{name} is signed out everywhere.").format(name=found.name))
    return redirect("accounts:guarded_person", request.hall.slug, found.pk)


@needs(Can.SIGN_INS)
@once
@require_POST
def reset(request: Signed, number: int) -> HttpResponse:
    """Take away the second factor of somebody whose phone is gone."""
    found = _reached(request, number)
    if found.pk == request.user.pk:
        raise OwnSecondFactor
    actions.reset_second_factor(user=found, by=request.by)
    messages.success(request, _("{name} signs in with the password now.").format(name=found.name))
    return redirect("accounts:guarded_person", request.hall.slug, found.pk)


def _person(request: Signed, number: int) -> User:
    found = queries.members(request.hall).filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def _reached(request: Signed, number: int) -> User:
    """Return somebody of this hall. Raise WorksElsewhere: another hall would be opened too."""
    found = _person(request, number)
    if _is_elsewhere(request, found):
        raise WorksElsewhere(name=found.name)
    return found


def _is_elsewhere(request: Signed, user: User) -> bool:
    """Say whether a person is beyond the reach of who administers this hall alone."""
    here_alone = not everywhere(request, Can.SIGN_INS)
    return here_alone and queries.works_elsewhere(user, request.hall)
