"""A person's photo: drawn anew, closed in the database, gone when the person is."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from onewindow.accounts.models import Photo, User
from onewindow.accounts.photos import name_of
from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.trail.models import Entry

Browser = Callable[..., Client]
TURNED = 6  # what a phone writes that was held upright


@pytest.fixture
def browser(hall: Hall, browser_for: Browser) -> Client:
    """The system administrator's."""
    return browser_for(make.person(hall, Role.SYSTEM_ADMINISTRATOR))


def at(user: User, more: str = "photo") -> str:
    return f"/s/east-lake/people/{user.pk}/{more}"


def upload(content: bytes) -> dict[str, Any]:
    """What a browser sends of a photo."""
    return {"photo": SimpleUploadedFile("me.jpg", content)}


def taken(red: int = 150) -> bytes:
    """A photo as a phone takes it, with what it writes beside it."""
    out, beside = BytesIO(), Image.Exif()
    beside[0x0112], beside[0x010F] = TURNED, "a phone"
    Image.new("RGB", (1600, 1200), (red, 110, 90)).save(out, "JPEG", exif=beside)
    return out.getvalue()


def test_a_photo_is_drawn_upright_and_keeps_nothing_the_camera_wrote(
    browser: Client, clerk: User
) -> None:
    assert browser.post(at(clerk), upload(taken())).status_code == 302
    name = name_of(clerk)
    assert f"photo/{name}.jpg" in browser.get(at(clerk, "")).text
    answer = browser.get(at(clerk, f"photo/{name}.jpg"))
    assert answer.headers["Cache-Control"].startswith("private")
    with Image.open(BytesIO(answer.content)) as seen:
        assert (seen.format, seen.size, dict(seen.getexif())) == ("JPEG", (480, 640), {})
    assert answer.content[:40] not in bytes(Photo.objects.get().closed)


def test_another_photo_has_another_address_and_taken_away_there_is_none(
    browser: Client, clerk: User
) -> None:
    browser.post(at(clerk), upload(taken()))
    first = name_of(clerk)
    browser.post(at(clerk), upload(taken(red=90)))
    assert name_of(clerk) != first
    assert browser.get(at(clerk, f"photo/{first}.jpg")).status_code == 404
    browser.post(at(clerk), {"on": "0"})
    assert name_of(clerk) == ""
    kinds = Entry.objects.filter(kind__startswith="user.photo").values_list("kind", flat=True)
    assert sorted(kinds) == ["user.photo-set", "user.photo-set", "user.photo-taken"]
    assert "photo taken away" in browser.get(at(clerk, "history")).text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"%PDF-1.7", "no picture"), (b"x" * (8 * 1024 * 1024 + 1), "too large: up to 8 MB")],
    ids=["pdf", "large"],
)
def test_what_is_no_photo_is_refused_beside_the_field(
    browser: Client, clerk: User, content: bytes, sentence: str
) -> None:
    answer = browser.post(at(clerk), upload(content))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not Photo.objects.exists()


def test_who_is_switched_off_leaves_no_photo(browser: Client, clerk: User) -> None:
    browser.post(at(clerk), upload(taken()))
    browser.post(at(clerk, "activity"), {"on": "0"})
    assert not Photo.objects.exists()


def test_a_stranger_and_a_clerk_neither_set_nor_see_it_there(
    browser: Client, browser_for: Browser, clerk: User, other_hall: Hall
) -> None:
    browser.post(at(clerk), upload(taken()))
    face = at(clerk, f"photo/{name_of(clerk)}.jpg")
    elsewhere = browser_for(make.person(other_hall, Role.SYSTEM_ADMINISTRATOR))
    for who, status in ((elsewhere, 404), (browser_for(clerk), 403)):
        assert who.get(face).status_code == status
        assert who.post(at(clerk), upload(taken())).status_code == status
