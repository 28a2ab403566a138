"""My account: what protects it, and where it is open."""

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts import actions, forms, queries, totp
from onewindow.accounts.access import by_user, person, signed_in, signed_in_though_one_factor
from onewindow.accounts.models import User
from onewindow.accounts.views.own import home, show
from onewindow.base.halls.text import said
from onewindow.base.vault.keys import ring
from onewindow.base.web.once import once

CODES = "recovery_codes"
OFFER, OFFER_LIVES_S = "onewindow.second-factor", 3600


@signed_in
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Show what protects my account, and lead to each of its pages."""
    user = person(request)
    context = {
        "home": home(),
        "required": queries.must_have_second_factor(user),
        "codes_left": user.recovery_codes.count(),
        "sign_ins": queries.sign_ins(user),
        "here": request.session.session_key,
        "languages": settings.LANGUAGES,
    }
    with timezone.override(queries.any_zone()):  # no hall is in this address
        return render(request, "accounts/account.html", context)


@signed_in_though_one_factor
@sensitive_post_parameters()
@once
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set up the second factor: scan, or type the key, and confirm with a code.

    The key waits on the page itself, signed and for this person; nothing is kept before the code.
    """
    user, by = person(request), by_user(request, person(request))
    forced = user.second_factor_since is None and queries.must_have_second_factor(user)
    form = forms.NewSecondFactor(user, request.POST or None, forced=forced)
    secret = _offered(user, request.POST.get("offer", "")) or totp.new_secret()
    if request.method == "POST" and form.is_valid():
        code = totp.plain(form.cleaned_data["code"])
        codes = actions.set_up_second_factor(user=user, secret=secret, code=code, by=by)
        if codes:
            return _show_once(request, codes, _("The second factor is set up."))
        form.add_error("code", _("This is not the code of now. Type the one that is shown next."))
    more = {
        "forced": forced,
        "offer": signing.dumps([user.pk, secret], salt=OFFER),
        "scan": totp.address(secret, user.staff_number, _issuer()),
        "to_type": totp.to_type(secret),
    }
    return show(request, "accounts/second_factor.html", form, **more)


@signed_in
@require_GET
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show fresh recovery codes, this once; later only how many are left."""
    sealed = request.session.pop(CODES, "")
    codes = ring().decrypt(sealed.encode()).decode().split() if sealed else []
    user = person(request)
    context = {
        "codes": codes,
        "left": user.recovery_codes.count(),
        "form": forms.Confirm(user),
        "home": home(),
    }
    return render(request, "accounts/recovery_codes.html", context)


@signed_in
@sensitive_post_parameters()
@once
@require_POST
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes; the old ones count no more."""
    user = person(request)
    form = forms.Confirm(user, request.POST)
    if not form.is_valid():
        left = user.recovery_codes.count()
        return show(request, "accounts/recovery_codes.html", form, left=left)
    codes = actions.renew_recovery_codes(user=user, by=by_user(request, user))
    return _show_once(request, codes, _("The old recovery codes count no more."))


@signed_in
@sensitive_post_parameters()
@once
def turn_off(request: HttpRequest) -> HttpResponse:
    """Do without a second factor, where nobody must have one."""
    user = person(request)
    form = forms.Confirm(user, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, "accounts/turn_off.html", form)
    actions.turn_off_second_factor(user=user, by=by_user(request, user))
    messages.success(request, _("The second factor is off."))
    return redirect("accounts:account")


@signed_in
@once
@require_POST
def end_one(request: HttpRequest, number: int) -> HttpResponse:
    """End one of my sign-ins elsewhere."""
    user = person(request)
    actions.end_sign_ins(user=user, by=by_user(request, user), only=number)
    messages.success(request, _("It is ended."))
    return redirect("accounts:account")


@signed_in
@once
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all my sign-ins but this one."""
    user, here = person(request), request.session.session_key
    actions.end_sign_ins(user=user, by=by_user(request, user), but=here)
    messages.success(request, _("You are signed in here only."))
    return redirect("accounts:account")


def _show_once(request: HttpRequest, codes: list[str], said: str) -> HttpResponse:
    """Lead to the page that shows the codes; until then they lie encrypted in the session."""
    request.session[CODES] = ring().encrypt(" ".join(codes).encode()).decode()
    messages.success(request, said)
    return redirect("accounts:recovery_codes")


def _offered(user: User, offer: str) -> str:
    """Return the key that this page offered this person within the hour; "" for any other."""
    try:
        whose, secret = signing.loads(offer, salt=OFFER, max_age=OFFER_LIVES_S)
    except (signing.BadSignature, ValueError):
        return ""
    return str(secret) if whose == user.pk else ""


def _issuer() -> str:
    """Return what an authenticator app calls this place."""
    named = said(queries.organisation_name())
    return f"{named} · OneWindow" if named else "OneWindow"
