"""The pages where a hall gets its devices: by a code, by an address, and what is done to them."""

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onewindow.accounts import actions, forms, queries, standing
from onewindow.accounts.access import Can, needs
from onewindow.accounts.devices import PAIRING, device_path
from onewindow.accounts.models import Device
from onewindow.accounts.requests import Entered
from onewindow.accounts.states import DeviceKind
from onewindow.base.web.once import once
from onewindow.base.web.refused import NotFound


@needs(Can.DEVICES)
@once
def devices(request: Entered) -> HttpResponse:
    """List the devices; make one that is told its address by hand."""
    form = forms.NewDevice(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind, name = DeviceKind(form.cleaned_data["kind"]), form.cleaned_data["name"]
        device = actions.make_device(hall=request.hall, kind=kind, name=name, by=request.by)
        return redirect("accounts:device", request.hall.slug, device.pk)
    return _list(request, form=form)


@needs(Can.DEVICES)
@once
@require_POST
def pair(request: Entered) -> HttpResponse:
    """Turn the screen that shows a code into a device."""
    form = forms.PairScreen(request.hall, request.POST)
    device = _pair(request, form) if form.is_valid() else None
    if device is None:
        return _list(request, pairing=form)
    messages.success(request, _("{name} is paired.").format(name=device.name))
    return redirect("accounts:device", request.hall.slug, device.pk)


@needs(Can.DEVICES)
@once
@require_POST
def printer(request: Entered) -> HttpResponse:
    """Add a printer by its address."""
    form = forms.NewPrinter(request.POST)
    if not form.is_valid():
        return _list(request, printer=form)
    made = actions.make_printer(hall=request.hall, by=request.by, **form.cleaned_data)
    return redirect("accounts:device", request.hall.slug, made.pk)


@needs(Can.DEVICES)
def device(request: Entered, number: int) -> HttpResponse:
    """Show a device, and its address to open on it or to scan from it."""
    return _show(request, _device(request, number))


@needs(Can.DEVICES)
@once
@require_POST
def rename(request: Entered, number: int) -> HttpResponse:
    """Give a device another name."""
    found, form = _device(request, number), forms.RenameDevice(request.POST)
    if not form.is_valid():
        return _show(request, found, rename=form)
    actions.rename_device(device=found, name=form.cleaned_data["name"], by=request.by)
    return _back(request, found, _("It has its new name."))


@needs(Can.DEVICES)
@once
@require_POST
def reach(request: Entered, number: int) -> HttpResponse:
    """Say where in the network a printer is."""
    found, form = _device(request, number), forms.PrinterAt(request.POST)
    if found.kind != DeviceKind.PRINTER:
        raise NotFound
    if not form.is_valid():
        return _show(request, found, reach=form)
    actions.set_printer(device=found, by=request.by, **form.cleaned_data)
    return _back(request, found, _("The address is kept."))


@needs(Can.DEVICES)
@once
@require_POST
def reload(request: Entered, number: int) -> HttpResponse:
    """Make the open screen load itself anew."""
    found = _device(request, number)
    actions.reload_device(device=found, by=request.by)
    return _back(request, found, _("The screen loads itself anew."))


@needs(Can.DEVICES)
@once
@require_POST
def new_address(request: Entered, number: int) -> HttpResponse:
    """Make the old address worthless."""
    found = actions.new_address(device=_device(request, number), by=request.by)
    return _back(request, found, _("The old address opens nothing any more."))


@needs(Can.DEVICES)
@once
@require_POST
def printing(request: Entered, number: int) -> HttpResponse:
    """Say whether a kiosk prints."""
    found, on = _device(request, number), request.POST.get("on") == "1"
    actions.set_printing(device=found, on=on, by=request.by)
    said = _("It prints from the next number on.") if on else _("It prints no more.")
    return _back(request, found, said)


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


def _pair(request: Entered, form: forms.PairScreen) -> Device | None:
    """Pair what was typed, and put it where it stands; what is wrong goes beside its field."""
    given = form.cleaned_data
    kind, name = DeviceKind(given["kind"]), given["name"]
    made = actions.pair(code=given["code"], hall=request.hall, kind=kind, name=name, by=request.by)
    if made is None:
        form.add_error("code", _("No screen shows this code now. Please look at it again."))
    elif given["place"]:
        standing.plan().put(made, given["place"], request.by)
    return made


def _list(request: Entered, **bound: Any) -> HttpResponse:
    where = standing.plan().where(request.hall)
    shown = {
        "form": forms.NewDevice(),
        "pairing": forms.PairScreen(request.hall),
        "printer": forms.NewPrinter(),
        "devices": [(one, where.get(one.pk, "")) for one in queries.devices_in_order(request.hall)],
        "pair_at": request.build_absolute_uri(PAIRING),
    }
    return render(request, "accounts/devices.html", shown | bound, status=_status(bound))


def _show(request: Entered, found: Device, **bound: Any) -> HttpResponse:
    shown = {
        "device": found,
        "rename": forms.RenameDevice(initial={"name": found.name}),
        "where": standing.plan().where(request.hall).get(found.pk, ""),
        "place_page": standing.plan().url,
    }
    if found.kind == DeviceKind.PRINTER:
        reached = {"host": found.host, "port": found.port}
        shown["reach"] = forms.PrinterAt(initial=reached)
    else:
        address = request.build_absolute_uri(device_path(found))
        code = segno.make(address, error="m")
        qr = code.svg_inline(scale=5, border=2, dark="#000", light="#fff", omitsize=True)
        shown |= {"address": address, "qr": qr}
    return render(request, "accounts/device.html", shown | bound, status=_status(bound))


def _status(bound: dict[str, Any]) -> int:
    return 422 if any(form.is_bound for form in bound.values()) else 200


def _back(request: Entered, found: Device, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("accounts:device", request.hall.slug, found.pk)


def _device(request: Entered, number: int) -> Device:
    found = queries.devices(request.hall).filter(pk=number).first()
    if found is None:
        raise NotFound
    return found
