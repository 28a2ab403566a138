"""What a hall display says, asked for by the display itself."""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.accounts.devices import DeviceRequest, device_token, for_device
from onewindow.accounts.states import DeviceKind
from onewindow.base import clocks
from onewindow.voice import actions, queries
from onewindow.voice.files import clip_file
from onewindow.voice.queries import Line
from onewindow.voice.states import Sound

hall_display = for_device(DeviceKind.HALL_DISPLAY)


@hall_display
@require_GET
@never_cache
def talk(request: DeviceRequest) -> HttpResponse:
    """What this display says now and next; with it comes whether its browser lets it sound."""
    speaker, sound = queries.speaker_now(request.device), request.GET.get("sound", "")
    if sound in Sound.values and sound != speaker.sound:
        actions.heard(device=request.device, sound=Sound(sound))
    found = queries.talk(speaker)
    coming = [
        {
            "key": one.call.key,
            "ticket": one.call.ticket,
            "at": one.call.at,
            "begins": said.begins,
            "is_short": said.is_short,
            "whole": _lines(request, one.whole),
            "short": _lines(request, one.short),
        }
        for said, one in found.coming
    ]
    answer = {"now": clocks.now().timestamp(), "volume": speaker.volume / 100, "coming": coming}
    return JsonResponse(answer | {"warning": _lines(request, found.warning)})


@hall_display
@require_GET
def clip(request: DeviceRequest, digest: str) -> HttpResponse:
    """A recorded word of this hall; what it holds never changes under its address."""
    return clip_file(request.hall, digest)


def _lines(request: DeviceRequest, lines: tuple[Line, ...]) -> list[dict[str, object]]:
    token = device_token(request.device)
    return [
        {
            "language": line.language,
            "text": line.text,
            "clips": [reverse("voice:clip", args=[token, one.digest]) for one in line.clips],
        }
        for line in lines
    ]
