"""What every open screen asks of itself, and the screens whose work is not there yet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.accounts.access import View
from onewindow.accounts.devices import device_token, for_device
from onewindow.accounts.states import SCREENS, DeviceKind
from onewindow.alerts.queries import emergency
from onewindow.base import clocks
from onewindow.floor.standing import standing_of
from onewindow.public.views.asked import FromDevice


@for_device(*SCREENS)
@require_GET
@never_cache
def turn(request: FromDevice) -> HttpResponse:
    """How often this screen was told to load anew; it does when the number is not its own."""
    return HttpResponse(str(request.device.turn), content_type="text/plain")


@for_device(*SCREENS)
@require_GET
def urgent(request: FromDevice) -> HttpResponse:
    """The emergency message, when there is one: kiosks and terminals listen for it."""
    shown = {"token": device_token(request.device), "emergency": emergency(request.hall)}
    return render(request, "public/_urgent.html", shown)


def _terminal(kind: DeviceKind, name: str) -> View:
    """Return the page of a kind: which hall and window it belongs to, and since when."""

    @for_device(kind)
    @require_GET
    def page(request: FromDevice) -> HttpResponse:
        device = request.device
        shown = {
            "device": device,
            "token": device_token(device),
            "place": standing_of(device),
            "since": device.connected_at or clocks.now(),
            "emergency": emergency(request.hall),
            "worker_name": f"public:{name}_worker",
        }
        return render(request, "public/terminal.html", shown)

    return page


rating_pad = _terminal(DeviceKind.RATING_PAD, "rating_pad")
clock_in = _terminal(DeviceKind.CLOCK_IN_TERMINAL, "clock_in")
