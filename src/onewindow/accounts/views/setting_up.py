"""The page where a hall gets the keys of its programs."""

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onewindow.accounts import actions, forms, queries
from onewindow.accounts.access import Can, needs
from onewindow.accounts.models import ApiKey
from onewindow.accounts.requests import Entered
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound


@needs(Can.KEYS)
@once
def keys(request: Entered) -> HttpResponse:
    """List the keys of programs; make one. Its text is shown once, on the next page."""
    form = forms.NewKey(request.POST or None)
    if request.method == "POST" and form.is_valid():
        can = [Can(one) for one in form.cleaned_data["can"]]
        label = form.cleaned_data["label"]
        _key, text = actions.create_key(hall=request.hall, label=label, can=can, by=request.by)
        request.session["key_made"] = text
        return redirect("accounts:keys", request.hall.slug)
    words = forms.IN_WORDS
    context = {
        "keys": [(key, [(can, words.get(can, "")) for can in key.can]) for key in _keys(request)],
        "form": form,
        "made": request.session.pop("key_made", ""),
    }
    return render(request, "accounts/keys.html", context, status=_status(form))


@needs(Can.KEYS)
@once
@require_POST
def revoke(request: Entered, number: int) -> HttpResponse:
    """Make a key worthless."""
    key = _keys(request).filter(pk=number).first()
    if key is None:
        raise NotFound
    actions.revoke_key(key=key, by=request.by)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("accounts:keys", request.hall.slug)


def _keys(request: Entered) -> QuerySet[ApiKey]:
    return queries.keys(request.hall)


def _status(form: Form) -> int:
    return 422 if form.is_bound else 200
