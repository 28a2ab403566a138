"""Pages of the floor."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.actions.devices import reload_device
from onewindow.accounts.requests import Entered
from onewindow.base.web.once import once
from onewindow.floor import actions, queries
from onewindow.floor.forms import PlaceForm


@needs(Can.SEE_BOARD)
@require_GET
def health(request: Entered) -> HttpResponse:
    """Show which screens are seen, and which are not: a panel of the board."""
    return render(request, "floor/devices.html")


@needs(Can.RUN_WINDOWS)
@once
@require_POST
def reload(request: Entered, pk: int) -> HttpResponse:
    """Let a screen load itself anew, as soon as it is reached."""
    device = queries.device_of(request.hall, pk)
    reload_device(device=device, by=request.by)
    messages.success(
        request, _("{device} loads itself anew as soon as it is reached.").format(device=device)
    )
    return HttpResponseRedirect(reverse("alerts:panel", args=[request.hall.slug]), status=303)


@needs(Can.DEVICES)
@once
@require_http_methods(["GET", "POST"])
def place(request: Entered, pk: int) -> HttpResponse:
    """Say where a device stands."""
    device = queries.device_of(request.hall, pk)
    form = PlaceForm(request.hall, device, request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.place(
            device=device, window=form.chosen_window, zones=form.chosen_zones, by=request.by
        )
        messages.success(request, _("The place of {device} is kept.").format(device=device))
        here = reverse("floor:place", args=[request.hall.slug, device.pk])
        return HttpResponseRedirect(here, status=303)
    status = 422 if form.is_bound else 200
    return render(request, "floor/place.html", {"form": form, "device": device}, status=status)
