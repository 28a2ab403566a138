"""The page of the voice: which display speaks, and the words that the hall records."""

import io
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onewindow.accounts.devices import device_token
from onewindow.accounts.models import Device, User
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.base.trail import By
from onewindow.public.tests.make import World
from onewindow.tickets import actions
from onewindow.voice.models import Clip
from onewindow.voice.queries import to_record
from tests.fixtures.guards import GuardedClient

Browser = Callable[..., GuardedClient]


@pytest.fixture
def display(place: World) -> Device:
    """The hall's only display; the hall speaks English."""
    place.hall.languages = ["en"]
    place.hall.save()
    return DeviceFactory.create(hall=place.hall, kind=DeviceKind.HALL_DISPLAY)


@pytest.fixture(autouse=True)
def _uploads(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def tone(seconds: float = 0.5) -> bytes:
    """A WAV of some length."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\1\2" * round(8000 * seconds))
    return out.getvalue()


def given(word: str, content: bytes) -> dict[str, Any]:
    """What the page sends of a word."""
    return {"language": "en", "word": word, "sound": SimpleUploadedFile("x.wav", content)}


def test_a_call_is_said_with_the_halls_own_words_once_all_it_needs_are_recorded(
    client: GuardedClient,
    place: World,
    display: Device,
    clerk: User,
    hall_manager: User,
    browser_for: Browser,
    by: By,
) -> None:
    page, manager = f"/s/{place.hall.slug}/voice/", browser_for(hall_manager)
    wanted = list(to_record(place.hall, "en"))
    *others, last = wanted
    for number, word in enumerate(others):
        sound = tone(0.2 + number / 100)
        assert manager.post(f"{page}record", given(word, sound)).status_code == 302
    assert f"{len(others)} of {len(wanted)}" in manager.get(page).content.decode()
    actions.open_window(window=place.window, user=clerk, by=by)
    ticket = place.take()
    actions.call_next(window=place.window, by=by)
    asks = f"/d/{device_token(display)}/voice/"
    ((line,),) = [call["whole"] for call in client.get(asks).json()["coming"]]
    assert last == "evacuate"  # which no call needs
    assert len(line["clips"]) == len(ticket.number) + 3
    answer = client.get(line["clips"][0])
    assert answer.content == tone(0.2 + others.index("number") / 100)
    assert answer["Content-Type"] == "audio/wav"
    assert "immutable" in answer["Cache-Control"]
    elsewhere = line["clips"][0].replace(line["clips"][0].split("/")[-2], "0" * 64)
    assert client.get(elsewhere).status_code == 404
    Clip.objects.filter(word="come").delete()
    place.hall.version += 1
    place.hall.save()
    ((line,),) = [call["whole"] for call in client.get(asks).json()["coming"]]
    assert line["clips"] == []


@pytest.mark.parametrize(
    ("word", "content", "status"),
    [
        ("number", b"<script>", 422),
        ("number", tone(7), 422),
        ("number", b"OggS" + bytes(200_000), 422),
        ("horse", tone(), 404),
    ],
)
def test_what_is_no_small_sound_of_a_known_word_is_refused(
    place: World,
    display: Device,
    hall_manager: User,
    browser_for: Browser,
    word: str,
    content: bytes,
    status: int,
) -> None:
    address = f"/s/{place.hall.slug}/voice/record"
    assert browser_for(hall_manager).post(address, given(word, content)).status_code == status
    assert not Clip.objects.exists()


def test_quiet_hours_need_both_ends_and_then_silence_the_display(
    client: GuardedClient,
    place: World,
    display: Device,
    clerk: User,
    hall_manager: User,
    browser_for: Browser,
    by: By,
) -> None:
    manager, page = browser_for(hall_manager), f"/s/{place.hall.slug}/voice/"
    sends = {f"{display.pk}-speaks": "on", f"{display.pk}-volume": "30"}
    sends[f"{display.pk}-quiet_from"] = "00:00"
    answer = manager.post(f"{page}display/{display.pk}", sends)
    assert answer.status_code == 422
    assert "Quiet hours need a beginning and an end." in answer.content.decode()
    sends[f"{display.pk}-quiet_until"] = "23:59"
    assert manager.post(f"{page}display/{display.pk}", sends).status_code == 302
    actions.open_window(window=place.window, user=clerk, by=by)
    place.take()
    actions.call_next(window=place.window, by=by)
    answer_now = client.get(f"/d/{device_token(display)}/voice/").json()
    assert answer_now["coming"] == []
    assert answer_now["volume"] == 0.3


def test_the_page_is_for_who_keeps_the_devices(
    place: World, display: Device, clerk: User, stranger: User, browser_for: Browser
) -> None:
    for person, status in ((clerk, 403), (stranger, 404)):
        browser = browser_for(person)
        assert browser.get(f"/s/{place.hall.slug}/voice/").status_code == status
        refused = browser.post(f"/s/{place.hall.slug}/voice/display/{display.pk}")
        assert refused.status_code == status
