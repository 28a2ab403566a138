"""The pages where a hall gets its devices and its programs their keys."""

import segno
from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onewindow.accounts import actions, forms, queries
from onewindow.accounts.access import Can, needs
from onewindow.accounts.devices import device_path
from onewindow.accounts.models import ApiKey, Device
from onewindow.accounts.requests import Entered
from onewindow.accounts.states import DeviceKind
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound


@needs(Can.DEVICES)
@once
def devices(request: Entered) -> HttpResponse:
    """List the devices; make one."""
    form = forms.NewDevice(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, name = DeviceKind(form.cleaned_data["kind"]), form.cleaned_data["name"]
        device = actions.make_device(hall=request.hall, kind=kind, name=name, by=request.by)
        return redirect("accounts:device", request.hall.slug, device.pk)
    context = {"devices": queries.devices_in_order(request.hall), "form": form}
    return render(request, "accounts/devices.html", context, status=_status(form))


@needs(Can.DEVICES)
def device(request: Entered, number: int) -> HttpResponse:
    """Show a device's address, to open on it or to scan from it."""
    found = _device(request, number)
    address = request.build_absolute_uri(device_path(found))
    code = segno.make(address, error="m")
    qr = code.svg_inline(scale=5, border=2, dark="#000", light="#fff", omitsize=True)
    context = {"device": found, "address": address, "qr": qr}
    return render(request, "accounts/device.html", context)


@needs(Can.DEVICES)
@once
@require_POST
def new_address(request: Entered, number: int) -> HttpResponse:
    """Make the old address worthless."""
    found = actions.new_address(device=_device(request, number), by=request.by)
    messages.success(request, _("The old address opens nothing any more."))
    return redirect("accounts:device", request.hall.slug, found.pk)


@needs(Can.DEVICES)
@once
@require_POST
def printing(request: Entered, number: int) -> HttpResponse:
    """Say whether a kiosk prints."""
    found, on = _device(request, number), request.POST.get("on") == "1"
    actions.set_printing(device=found, on=on, by=request.by)
    messages.success(
        request, _("It prints from the next number on.") if on else _("It prints no more.")
    )
    return redirect("accounts:device", request.hall.slug, found.pk)


@needs(Can.DEVICES)
@once
@require_POST
def retire(request: Entered, number: int) -> HttpResponse:
    """Take a device out of use."""
    found = _device(request, number)
    name = found.name
    actions.retire_device(device=found, by=request.by)
    messages.success(request, _("{name} is out of use.").format(name=name))
    return redirect("accounts:devices", request.hall.slug)


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


def _device(request: Entered, number: int) -> Device:
    found = queries.devices(request.hall).filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def _keys(request: Entered) -> QuerySet[ApiKey]:
    return queries.keys(request.hall)


def _status(form: Form) -> int:
    return 422 if form.is_bound else 200
