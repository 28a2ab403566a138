"""The way in through the organisation's provider: away to it, and back with its proof.

Both are plain links: the provider leads the browser back with a GET. What is noted of the sign-in
is therefore written aside.
"""

import logging
from hmac import compare_digest

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from onewindow.accounts import oidc, queries
from onewindow.accounts.access import public
from onewindow.accounts.views.entering import come_in
from onewindow.accounts.views.own import safe
from onewindow.base.web.aside import aside
from onewindow.base.web.refused import NotFound

logger = logging.getLogger(__name__)
ASKED = "oidc_asked"


@public
@require_GET
def away(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider."""
    if not oidc.is_offered():
        raise NotFound
    try:
        url, asked = oidc.begin(_back_at(request))
    except oidc.ProviderAway as gone:
        return _refuse(request, _is_away(), gone)
    request.session[ASKED] = {
        "asked": [asked.state, asked.nonce, asked.verifier],
        "back": safe(request, request.GET.get("next")),
    }
    return redirect(url)


@public
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Take the provider's proof: it counts for the browser that was sent, and once."""
    kept = request.session.pop(ASKED, None)
    if not oidc.is_offered():
        raise NotFound
    state = request.GET.get("state", "").encode()
    if not kept or not compare_digest(state, kept["asked"][0].encode()):
        return _refuse(request, _unproven(), "another state")
    code = request.GET.get("code", "")
    if not code:
        return _refuse(request, _unproven(), request.GET.get("error", "no code")[:80])
    try:
        number = oidc.staff_number(code, oidc.Asked(*kept["asked"]), _back_at(request))
    except oidc.ProviderAway as gone:
        return _refuse(request, _is_away(), gone)
    except oidc.NotProven as no:
        return _refuse(request, _unproven(), no)
    user = queries.by_number(number)
    if user is None:
        said = _("Nobody who may sign in here has your staff number. Ask your administrator.")
        return _refuse(request, said, "nobody here")
    with aside():
        return come_in(request, user, kept["back"], "oidc")


def _back_at(request: HttpRequest) -> str:
    path = reverse("accounts:provider_back")
    return (
        f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
    )


def _is_away() -> str:
    return _("{label} does not answer. Sign in with staff number and password.").format(
        label=settings.OIDC["label"]
    )


def _unproven() -> str:
    return _("The sign-in through {label} did not succeed. Please try again.").format(
        label=settings.OIDC["label"]
    )


def _refuse(request: HttpRequest, said: str, why: object) -> HttpResponse:
    """Say it on the sign-in page; the log says why."""
    logger.warning("sign-in through the provider refused: %s", why)
    messages.error(request, said)
    return redirect("accounts:sign_in")
