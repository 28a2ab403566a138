"""A file is what is in it; of a picture the picture is kept, and nothing that it tells besides."""

import io
from typing import Any

import pytest
from PIL import Image, ImageChops

from onewindow.catalogue.contents import Unknown, look
from onewindow.catalogue.states import Media
from onewindow.catalogue.tests.files import GPS, PDF, PROGRAM, TURN, picture


@pytest.mark.parametrize(
    ("kind", "more"),
    [("JPEG", {}), ("JPEG", {"progressive": True, "comment": b"home"}), ("PNG", {})],
)
def test_a_picture_forgets_where_it_was_taken_and_stays_the_same(
    kind: str, more: dict[str, Any]
) -> None:
    brought = picture(kind, **more)
    assert b"somebody" in brought
    media, kept = look(brought)
    assert media == Media(kind.lower())
    assert b"somebody" not in kept
    assert b"home" not in kept
    before, after = Image.open(io.BytesIO(brought)), Image.open(io.BytesIO(kept))
    assert not after.getexif().get_ifd(GPS)
    assert ImageChops.difference(before, after).getbbox() is None


def test_a_picture_taken_sideways_is_still_turned() -> None:
    _media, kept = look(picture())
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {TURN: 6}


def test_what_follows_the_end_of_a_picture_is_left_out() -> None:
    for kind in ("JPEG", "PNG"):
        assert look(picture(kind) + b"<script>") == look(picture(kind))


def test_a_pdf_is_kept_as_it_is() -> None:
    assert look(PDF) == (Media.PDF, PDF)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xe1\xff\xff",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"<html>",
        PROGRAM,
        PDF[:20],
        picture()[:-40],
        picture("PNG")[:-20],
        picture("PNG").replace(b"IHDR", b"IHDX"),
    ],
)
def test_what_is_broken_or_something_else_is_not_taken(content: bytes) -> None:
    with pytest.raises(Unknown):
        look(content)
