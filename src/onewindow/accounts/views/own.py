"""What the pages about oneself share: where they lead, and in which language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from onewindow.accounts import forms

LANGUAGE_KEPT = 365 * 24 * 3600


def safe(request: HttpRequest, where: str | None) -> str:
    """Return an address of ours; the staff's first page for every other."""
    ours = {request.get_host()}
    if where and url_has_allowed_host_and_scheme(where, ours, request.is_secure()):
        return where
    return home()


def home() -> str:
    """The staff's first page."""
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def show(request: HttpRequest, page: str, form: forms.OwnForm, **more: object) -> HttpResponse:
    """Show a form: for the first time, or with its errors."""
    status = 422 if form.is_bound else 200
    return render(request, page, {"form": form, "home": home(), **more}, status=status)


def speaking(answer: HttpResponse, code: str) -> HttpResponse:
    """Let the browser keep a language, if it is one of ours."""
    if code in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=LANGUAGE_KEPT,
            samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )
    return answer
