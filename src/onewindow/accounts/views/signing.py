"""Signing in and out, the password, the PIN, the language."""

from datetime import timedelta
from typing import Any

from axes.helpers import get_client_username
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from onewindow.accounts import actions, forms, lockout, oidc, queries
from onewindow.accounts.access import (
    address_of,
    by_user,
    person,
    public,
    signed_in,
    signed_in_though_locked,
    signed_in_though_new,
)
from onewindow.accounts.models import User
from onewindow.accounts.queries import any_zone
from onewindow.accounts.views.entering import come_in
from onewindow.accounts.views.own import home, safe, show, speaking
from onewindow.base import clocks
from onewindow.base.web.once import once


@public
@sensitive_post_parameters("password")
@once
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page."""
    back = safe(request, request.POST.get("next") or request.GET.get("next"))
    if request.method != "POST":
        if isinstance(request.user, User):
            return redirect(back)
        return _ask(request, forms.SignIn(), back)
    form = forms.SignIn(request.POST)
    if lockout.is_flooded(address_of(request)):
        return _refuse(request, _("Too many failed sign-ins from this network. Try again later."))
    user = authenticate(request, **form.cleaned_data) if form.is_valid() else None
    if not isinstance(user, User) or not _may_by_password(user):
        form.add_error(None, _("Staff number or password is not right."))
        return _ask(request, form, back)
    return come_in(request, user, back)


def locked_out(
    request: HttpRequest, _instead_of: HttpResponse, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """What ``axes`` shows after the fifth failure: until when, and what to do."""
    left = lockout.seconds_left(get_client_username(request, credentials) or "")
    zone = any_zone()
    until = clocks.now() + timedelta(seconds=left)
    sentence = _(
        "After 5 failed sign-ins this staff number is locked."
        " Try again in {minutes} minutes, at {time}."
    ).format(minutes=-(-left // 60), time=f"{until.astimezone(zone):%H:%M}")
    return _refuse(request, sentence)


@signed_in_though_locked
@once
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the sign-in."""
    user = person(request)
    actions.went(user=user, by=by_user(request, user))
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("accounts:sign_in")


@signed_in_though_new
@sensitive_post_parameters()
@once
def password(request: HttpRequest) -> HttpResponse:
    """Change the own password; whoever has one for once only comes here first."""
    user = person(request)
    form = forms.NewPassword(user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return show(request, "accounts/password.html", form)
    given, before = form.cleaned_data["password"], request.session.session_key
    actions.set_password(user=user, password=given, by=by_user(request, user), but=before)
    update_session_auth_hash(request, user)
    actions.follow_sign_in(before=before or "", after=request.session.session_key or "")
    messages.success(request, _("Your password is changed."))
    return redirect("accounts:pin" if not user.pin else home())


@signed_in
@sensitive_post_parameters()
@once
def pin(request: HttpRequest) -> HttpResponse:
    """Set the own PIN."""
    user = person(request)
    form = forms.NewPin(user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return show(request, "accounts/pin.html", form)
    actions.set_pin(user=user, pin=form.cleaned_data["pin"], by=by_user(request, user))
    messages.success(request, _("Your PIN is set."))
    return redirect(home())


@public
@once
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of all pages, and go back to where one was."""
    wanted = request.POST.get("language", "").lower()
    back = safe(request, request.POST.get("next") or request.headers.get("Referer"))
    if wanted in dict(settings.LANGUAGES) and isinstance(request.user, User):
        actions.choose_language(user=request.user, language=wanted)
    return speaking(HttpResponseRedirect(back), wanted)


def _ask(request: HttpRequest, form: forms.SignIn, back: str) -> HttpResponse:
    """Show the ways in: the organisation's provider where there is one, and the password."""
    label = settings.OIDC["label"] if oidc.is_offered() else ""
    context = {"form": form, "next": back, "provider": label, "only": settings.OIDC["only"]}
    return render(request, "accounts/sign_in.html", context, status=422 if form.is_bound else 200)


def _may_by_password(user: User) -> bool:
    """Say whether the password counts: administrators' always, when the provider is away."""
    return not (oidc.is_offered() and settings.OIDC["only"]) or queries.administers(user)


def _refuse(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "accounts/locked_out.html", {"sentence": sentence}, status=429)
