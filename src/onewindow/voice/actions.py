"""Set how a display speaks; note whether it is heard; keep what the hall records."""

import hashlib
from datetime import time

from django.utils.translation import gettext_lazy as _

from onewindow.accounts.actions.devices import turn
from onewindow.accounts.models import Device
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.aside import aside
from onewindow.base.web.refused import Refused
from onewindow.voice import sounds
from onewindow.voice.files import place
from onewindow.voice.models import Clip, Speaker
from onewindow.voice.queries import to_record
from onewindow.voice.states import Sound


class HalfQuiet(Refused):
    """Quiet hours have a beginning and an end."""

    sentence = _("Quiet hours need a beginning and an end.")
    status = 422


class NoSuchWord(Refused):
    """The hall does not say this word."""

    sentence = _("This word is not among those that the hall says.")
    status = 404


class NotASound(Refused):
    """A recording is a small sound file."""

    sentence = _("This is no WAV, Ogg, WebM or MP3 of at most 6 seconds and 200 kB.")
    status = 422


@action
def set_speaker(
    *,
    device: Device,
    speaks: bool,
    volume: int,
    by: By,
    quiet_from: time | None = None,
    quiet_until: time | None = None,
) -> Speaker:
    """Say whether a hall display speaks, how loud (per cent), and when it keeps silent."""
    if (quiet_from is None) != (quiet_until is None):
        raise HalfQuiet
    values = {
        "speaks": speaks,
        "volume": volume,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
    }
    speaker, _made = Speaker.objects.update_or_create(device=device, defaults=values)
    turn(device)
    topics = ("hall", device.topic)
    record("voice.set", device, by=by, label=device.name, topics=topics, on=speaks, volume=volume)
    return speaker


@action
def say_sample(*, device: Device, by: By) -> None:
    """Let a display say a sample, so that one hears which loudspeaker it is and how loud."""
    Speaker.objects.update_or_create(device=device, defaults={"sampled_at": clocks.now()})
    topics = ("ticket", device.topic)
    record("voice.sampled", device, by=by, label=device.name, topics=topics)


def heard(*, device: Device, sound: Sound) -> None:
    """Note what a display says of its own sound: a sign of it, as when it was last seen."""
    with aside():
        Speaker.objects.update_or_create(device=device, defaults={"sound": sound})


@action
def record_clip(
    *, hall: Hall, language: str, word: str, content: bytes, by: By, ms: int = 0
) -> Clip:
    """Keep a recorded word, in the place of an earlier one. Raise NoSuchWord, NotASound."""
    if language not in hall.languages or word not in to_record(hall, language):
        raise NoSuchWord
    kind = sounds.kind_of(content)
    lasts = sounds.milliseconds(content) if kind == "wav" else ms or sounds.ABOUT_MS
    if not kind or len(content) > sounds.LARGEST or not 0 < lasts <= sounds.LONGEST_MS:
        raise NotASound
    values = {"kind": kind, "digest": hashlib.sha256(content).hexdigest(), "ms": lasts}
    clip, _made = Clip.objects.update_or_create(
        hall=hall, language=language, word=word, defaults=values | {"made_at": clocks.now()}
    )
    path = place(clip)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    record("voice.recorded", clip, by=by, label=word, topics=("hall",), language=language)
    changed(hall)
    return clip
