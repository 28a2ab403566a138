"""The second step of a sign-in: the code."""

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from onewindow.accounts import entering, forms, totp
from onewindow.accounts.access import public
from onewindow.accounts.models import User
from onewindow.accounts.views import own
from onewindow.base.web.once import once


@public
@sensitive_post_parameters()
@once
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second factor, or for a recovery code."""
    found = entering.who_is_half_in(request)
    if found is None:
        return redirect("accounts:sign_in")
    user, back, how = found
    form = forms.Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"staff_number": user.staff_number, "code": form.cleaned_data["code"]}
        if authenticate(request, **given) is not None:
            entering.begin(request, user, how)
            _say_how_many_are_left(request, user, form.cleaned_data["code"])
            return own.speaking(redirect(back), user.language)
        form.add_error("code", _("This code is not right, or was used before."))
    context = {"form": form, "who": user}
    return render(request, "accounts/code.html", context, status=422 if form.is_bound else 200)


def come_in(request: HttpRequest, user: User, back: str, how: str = "") -> HttpResponse:
    """After the first proof: ask for the second where there is one, else begin the sign-in."""
    if user.second_factor_since is not None:
        entering.half_in(request, user, back, how)
        return redirect("accounts:code")
    entering.begin(request, user, how)
    return own.speaking(redirect(back), user.language)


def _say_how_many_are_left(request: HttpRequest, user: User, given: str) -> None:
    """Warn whoever came with a recovery code: they run out."""
    if len(given) > totp.DIGITS:
        left = user.recovery_codes.count()
        said = _("That recovery code counts no more. {left} are left.").format(left=left)
        messages.warning(request, said)
