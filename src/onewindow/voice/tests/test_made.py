"""What the server speaks itself, where a display has no voice: made once, by its own process."""

import io
import os
import subprocess
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onewindow.accounts.devices import device_token
from onewindow.accounts.models import Device, User
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.public.tests.make import World
from onewindow.tickets import actions
from onewindow.voice import made, speech
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock

Browser = Callable[..., GuardedClient]
PAGE = "/s/east-lake/voice/"


@pytest.fixture(autouse=True)
def _uploads(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def display(place: World) -> Device:
    """The hall's only display; the hall speaks Chinese first."""
    place.hall.languages = ["zh-Hans", "en"]
    place.hall.save()
    return DeviceFactory.create(hall=place.hall, kind=DeviceKind.HALL_DISPLAY)


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is not installed."""
    monkeypatch.setattr(made, "is_there", lambda: False)


def asks(client: GuardedClient, display: Device) -> list[dict[str, Any]]:
    """What a display is to say."""
    found: list[dict[str, Any]] = client.get(f"/d/{device_token(display)}/voice/").json()["coming"]
    return found


def length_s(content: bytes) -> float:
    """How long a WAV is."""
    with wave.open(io.BytesIO(content)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        frames = file.readframes(file.getnframes())
        loudest = max(
            abs(int.from_bytes(frames[i : i + 2], "little", signed=True))
            for i in range(0, len(frames), 2)
        )
        assert loudest > 1000  # it is not silent
        return float(file.getnframes() / file.getframerate())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-Hans", "请 A 0 3 7 号，到 5 号窗口。"),
        ("en", "Number A 0 3 7, please go to window 5."),
    ],
)
def test_a_sentence_is_spoken_in_each_language_and_made_once(
    language: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken = made.sentence(text, language)
    assert 2 < length_s(spoken) < 8
    monkeypatch.setattr(subprocess, "run", pytest.fail)
    assert made.sentence(text, language) == spoken


def test_a_display_without_a_voice_finds_the_call_spoken(
    client: GuardedClient, place: World, display: Device, clerk: User, by: By
) -> None:
    actions.open_window(window=place.window, user=clerk, by=by)
    place.take(language="en")
    actions.call_next(window=place.window, by=by)
    (call,) = asks(client, display)
    chinese, english = (line["made"] for line in call["whole"])
    assert chinese != english
    answer = client.get(chinese)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "audio/wav"
    assert length_s(answer.content) > 2


def test_nothing_else_is_said_at_somebodys_wish(
    client: GuardedClient, place: World, display: Device, stranger: User, browser_for: Browser
) -> None:
    token = device_token(display)
    for guess in ("Hello", "WyJlbiIsIkhlbGxvIl0", f"{made.sign('Hello', 'en')}x"):
        assert client.get(f"/d/{token}/voice/made/{guess}/").status_code == 404
    kiosk = DeviceFactory.create(hall=place.hall, kind=DeviceKind.KIOSK)
    signed = made.sign("Hello", "en")
    assert client.get(f"/d/{device_token(kiosk)}/voice/made/{signed}/").status_code == 404
    assert browser_for(stranger).get(f"{PAGE}sample/{signed}/").status_code == 404


def test_without_the_extra_there_is_no_address_and_the_page_says_what_to_do(
    client: GuardedClient,
    place: World,
    display: Device,
    clerk: User,
    hall_manager: User,
    browser_for: Browser,
    by: By,
    without: None,
) -> None:
    actions.open_window(window=place.window, user=clerk, by=by)
    place.take()
    actions.call_next(window=place.window, by=by)
    (call,) = asks(client, display)
    assert [line["made"] for line in call["whole"]] == [""]
    assert "onewindow[voice]" in browser_for(hall_manager).get(PAGE).content.decode()
    assert made.sentence("Hello", "en") == b""


def test_a_language_that_nobody_speaks_and_a_process_that_hangs_give_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert made.sentence("Hello", "xx") == b""
    assert made.sentence("x" * 1000, "en") == b""

    def hang(*_args: Any, **_more: Any) -> None:
        raise subprocess.TimeoutExpired("speech", made.PATIENCE_S)

    monkeypatch.setattr(subprocess, "run", hang)
    assert made.sentence("Nobody hears this", "en") == b""


def test_a_voice_is_named_by_its_language() -> None:
    assert [speech.voice_of(tag) for tag in ("zh-Hans", "zh", "en-GB", "yue")] == [
        "cmn",
        "cmn",
        "en",
        "yue",
    ]


def test_a_display_says_a_sample_once_where_somebody_sets_it_up(
    client: GuardedClient,
    place: World,
    display: Device,
    hall_manager: User,
    browser_for: Browser,
    clock: Clock,
) -> None:
    manager = browser_for(hall_manager)
    page = manager.get(PAGE).content.decode()
    assert "Let it say a sample" in page
    assert "<audio" in page
    assert manager.post(f"{PAGE}display/{display.pk}/sample").status_code == 302
    (call,) = asks(client, display)
    assert call["ticket"] == 0
    assert "0 0 0" in call["whole"][0]["text"]
    assert len(call["whole"]) == 2
    clock.forward(seconds=40)
    assert asks(client, display) == []


def test_a_sample_is_not_for_everybody(
    display: Device,
    clerk: User,
    stranger: User,
    other_hall: Hall,
    hall_manager: User,
    browser_for: Browser,
) -> None:
    sample = f"{PAGE}display/{display.pk}/sample"
    assert browser_for(clerk).post(sample).status_code == 403
    assert browser_for(stranger).post(sample).status_code == 404
    theirs = DeviceFactory.create(hall=other_hall, kind=DeviceKind.HALL_DISPLAY)
    assert browser_for(hall_manager).post(f"{PAGE}display/{theirs.pk}/sample").status_code == 404


def test_what_was_said_days_ago_is_removed(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "voice" / "made"
    folder.mkdir(parents=True)
    for name, days in (("old.wav", 3), ("new.wav", 1)):
        file = folder / name
        file.write_bytes(b"x")
        at = clock.now.timestamp() - days * 86_400
        os.utime(file, (at, at))
    assert made.purge() == 1
    assert [file.name for file in folder.iterdir()] == ["new.wav"]
