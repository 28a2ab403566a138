"""What a hall display says, asked for by the display itself; and the page where it is set up."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.devices import DeviceRequest, device_token, for_device
from onewindow.accounts.requests import Entered
from onewindow.accounts.states import DeviceKind
from onewindow.base import clocks
from onewindow.base.halls.texts import own_name
from onewindow.base.web.once import once
from onewindow.floor.queries import zones
from onewindow.voice import actions, queries
from onewindow.voice import made as speaking
from onewindow.voice.files import clip_file
from onewindow.voice.forms import ClipForm, SpeakerForm
from onewindow.voice.queries import Line
from onewindow.voice.sounds import LARGEST
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


@hall_display
@require_GET
def made(request: DeviceRequest, signed: str) -> HttpResponse:
    """A sentence that the server speaks, for a display that has no other voice."""
    return speaking.answer(signed)


@needs(Can.DEVICES)
@require_GET
def sample(request: Entered, signed: str) -> HttpResponse:
    """A sentence as the server speaks it, for who sets up the hall."""
    return speaking.answer(signed)


@needs(Can.DEVICES)
@once
@require_POST
def let_say(request: Entered, number: int) -> HttpResponse:
    """Let a display say a sample."""
    found = queries.display_of(request.hall, number)
    actions.say_sample(device=found, by=request.by)
    messages.success(request, _("{name} says a sample now.").format(name=found.name))
    return redirect("voice:page", request.hall.slug)


@needs(Can.DEVICES)
@require_GET
def page(request: Entered) -> HttpResponse:
    """The displays with what they speak for, and the words that the hall records."""
    return _page(request)


@needs(Can.DEVICES)
@once
@require_POST
def display(request: Entered, number: int) -> HttpResponse:
    """Set how a display speaks."""
    found = queries.display_of(request.hall, number)
    form = SpeakerForm(request.POST, prefix=str(number))
    if not form.is_valid():
        return _page(request, {number: form})
    actions.set_speaker(device=found, by=request.by, **form.cleaned_data)
    messages.success(request, _("{name} speaks as you set it.").format(name=found.name))
    return redirect("voice:page", request.hall.slug)


@needs(Can.DEVICES)
@once
@require_POST
def record(request: Entered) -> HttpResponse:
    """Keep a word that was recorded here, or a file."""
    form = ClipForm(request.POST, request.FILES)
    if not form.is_valid():
        raise actions.NotASound
    given = form.cleaned_data
    sound = given.pop("sound").read(LARGEST + 1)
    actions.record_clip(hall=request.hall, content=sound, by=request.by, **given)
    return redirect("voice:page", request.hall.slug)


@needs(Can.DEVICES)
@require_GET
def listen(request: Entered, digest: str) -> HttpResponse:
    """A recorded word, for who records."""
    return clip_file(request.hall, digest)


def _page(request: Entered, bound: dict[int, SpeakerForm] | None = None) -> HttpResponse:
    bound, shown = bound or {}, queries.displays(request.hall)
    spoken = queries.spoken_for(request.hall, shown)
    names = {zone.pk: zone for zone in zones(request.hall)}
    rows = [
        {
            "device": one,
            "speaker": queries.speaker_of(one),
            "zones": [names[pk] for pk in names if pk in spoken.get(one.pk, ())],
            "form": bound.get(one.pk) or SpeakerForm.of(queries.speaker_of(one)),
        }
        for one in shown
    ]
    samples = [
        (own_name(one.language), one, speaking.sign(one.text, one.language))
        for one in queries.sample_lines(request.hall)
    ]
    context = {
        "displays": rows,
        "sets": queries.sets(request.hall),
        "samples": samples,
        "speaks_itself": speaking.is_there(),
    }
    return render(request, "voice/page.html", context, status=422 if bound else 200)


def _lines(request: DeviceRequest, lines: tuple[Line, ...]) -> list[dict[str, object]]:
    token = device_token(request.device)
    return [
        {
            "language": line.language,
            "text": line.text,
            "clips": [reverse("voice:clip", args=[token, one.digest]) for one in line.clips],
            "made": _made(token, line),
        }
        for line in lines
    ]


def _made(token: str, line: Line) -> str:
    """Return where the server speaks a line that is not recorded; "" where it does not."""
    signed = "" if line.clips else speaking.sign(line.text, line.language)
    return reverse("voice:made", args=[token, signed]) if signed else ""
