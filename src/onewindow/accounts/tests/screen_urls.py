"""A kiosk's page, so that the door of devices can be tried without the rooms above."""

from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.utils import translation

from onewindow.accounts.devices import DeviceRequest, for_device
from onewindow.accounts.states import DeviceKind


@for_device(DeviceKind.KIOSK)
def kiosk(request: DeviceRequest) -> HttpResponse:
    by = request.by
    seen = {
        "hall": request.hall.slug,
        "device": request.device.name,
        "caller": request.caller,
        "by": [by.kind, by.id, by.label, by.via],
        "language": translation.get_language(),
    }
    return JsonResponse(seen)


urlpatterns = [path("k/<str:token>/", kiosk)]
