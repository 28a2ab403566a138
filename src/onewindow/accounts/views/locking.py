"""The lock over a page: its state for the script, the page without one, closing and opening."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from onewindow.accounts import actions, forms, lock
from onewindow.accounts.access import by_user, person, signed_in_though_locked
from onewindow.accounts.views.own import safe
from onewindow.base.web.answers import answer
from onewindow.base.web.once import once


@signed_in_though_locked
def page(request: HttpRequest) -> HttpResponse:
    """The lock as a page of its own, for a browser that lays nothing over the page."""
    back = safe(request, request.GET.get("next"))
    if not lock.is_locked(request):
        return redirect(back)
    form = forms.Unlock(person(request))
    return render(request, "accounts/lock.html", {"form": form, "next": back, "bare": True})


@signed_in_though_locked
def state(request: HttpRequest) -> HttpResponse:
    """Say to the script how long this sign-in stays open; its own question is a sign of life."""
    locked = lock.is_locked(request)
    if not locked:
        lock.sign_of_life(request)
    return answer(200, {"locked": locked, "left": max(0, lock.left(request))})


@signed_in_though_locked
@once
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Lock now: somebody leaves the desk for a moment."""
    lock.close(request)
    if _wants_json(request):
        return answer(200, {"locked": True})
    return redirect(f"{request.path.removesuffix('close')}")


@signed_in_though_locked
@sensitive_post_parameters()
@once
@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """Open the screen with the PIN. The fifth wrong one signs out."""
    user, back = person(request), safe(request, request.POST.get("next"))
    form = forms.Unlock(user, request.POST)
    if form.opens():
        lock.open_again(request)
        return answer(200, {"locked": False}) if _wants_json(request) else redirect(back)
    left = lock.wrong_pin(request)
    if not left:
        actions.went(user=user, by=by_user(request, user), why="wrong PINs")
        return _signed_out(request)
    sentence = ngettext(
        "That is not right. {left} try is left.", "That is not right. {left} tries are left.", left
    ).format(left=left)
    if _wants_json(request):
        return answer(422, {"said": sentence})
    form.add_error("pin", sentence)
    context = {"form": form, "next": back, "bare": True}
    return render(request, "accounts/lock.html", context, status=422)


def _signed_out(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("After 5 wrong PINs you were signed out."))
    there = redirect("accounts:sign_in")
    return answer(401, {"go": there.url}) if _wants_json(request) else there


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
