"""What a file is, by what is in it: a PDF, PNG or JPEG, and what it tells besides its picture.

Names and types that a browser sends along are never asked. A picture keeps its picture, its colours
and which way it is held; where and by whom it was taken is left out, byte for byte, without being
drawn anew: nothing is lost, and a hostile picture is never unpacked here.
"""

import re
import zlib
from collections.abc import Iterator

from onewindow.catalogue.states import Media

PNG = b"\x89PNG\r\n\x1a\n"
PNG_PARTS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"}
JPEG, JPEG_ENDS = b"\xff\xd8", 0xD9
SCAN, COMMENT, TURN = 0xDA, 0xFE, 0x0112
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
APPLICATIONS = range(0xE0, 0xF0)
COLOURS = (b"JFIF\0", b"ICC_PROFILE\0", b"Adobe")  # what a picture needs of the applications' parts
EXIF = b"Exif\0\0"
NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # the others are within a picture's data
PDF = re.compile(rb"%PDF-[12]\.\d")
PDF_ENDS_WITHIN = 2_048


class Unknown(Exception):
    """It is none of the three, or it is broken."""


def look(content: bytes) -> tuple[Media, bytes]:
    """Return what a file is and what is kept of it. Raise Unknown."""
    if PDF.match(content):
        return Media.PDF, _pdf(content)
    if content.startswith(PNG):
        return Media.PNG, b"".join((PNG, *_png(content)))
    if content.startswith(JPEG):
        return Media.JPEG, b"".join((JPEG, *_jpeg(content)))
    raise Unknown


def _pdf(content: bytes) -> bytes:
    end = content[-PDF_ENDS_WITHIN:]
    if b"startxref" not in end or b"%%EOF" not in end:
        raise Unknown
    return content


def _png(content: bytes) -> Iterator[bytes]:
    """Yield the parts of a PNG that make the picture, each proved by its checksum."""
    at, kind = len(PNG), b""
    seen: set[bytes] = set()
    while kind != b"IEND":
        size, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        end = at + 12 + size
        proof = int.from_bytes(content[end - 4 : end])
        if end > len(content) or zlib.crc32(content[at + 4 : end - 4]) != proof:
            raise Unknown
        if (kind == b"IHDR") == bool(seen):  # it stands first, and once
            raise Unknown
        seen.add(kind)
        if kind in PNG_PARTS:
            yield content[at:end]
        at = end
    if b"IDAT" not in seen:
        raise Unknown


def _jpeg(content: bytes) -> Iterator[bytes]:
    """Yield the parts of a JPEG that make the picture, up to its end."""
    at = len(JPEG)
    seen: set[int] = set()
    while True:
        marker, end = _part(content, at)
        if marker == JPEG_ENDS:
            break
        yield _kept(marker, content[at:end])
        seen.add(marker)
        at = end
        if marker == SCAN:
            data = NEXT_MARKER.search(content, at)
            if data is None:
                raise Unknown
            yield content[at : data.start()]
            at = data.start()
    if SCAN not in seen or not seen & FRAMES:
        raise Unknown
    yield content[at:end]


def _part(content: bytes, at: int) -> tuple[int, int]:
    """Return the marker that stands here, and where its part ends."""
    head = content[at : at + 4]
    if len(head) < 2 or head[0] != 0xFF:
        raise Unknown
    if head[1] == JPEG_ENDS:
        return JPEG_ENDS, at + 2
    size = int.from_bytes(head[2:])
    end = at + 2 + size
    if len(head) < 4 or size < 2 or end > len(content):
        raise Unknown
    return head[1], end


def _kept(marker: int, part: bytes) -> bytes:
    """Return what is kept of a part: of a camera's notes, which way the picture is held."""
    inside = part[4:]
    if marker == COMMENT:
        return b""
    if marker not in APPLICATIONS or inside.startswith(COLOURS):
        return part
    turned = _turned(inside.removeprefix(EXIF)) if inside.startswith(EXIF) else 1
    return _held(turned) if turned in range(2, 9) else b""


def _turned(notes: bytes) -> int:
    """Return how a camera says the picture is held: 1 is upright."""
    order = {b"II": "little", b"MM": "big"}.get(notes[:2])

    def number(at: int, size: int) -> int:
        return int.from_bytes(notes[at : at + size], order)  # type: ignore[arg-type]  # one of two

    if order is None:
        return 1
    first = number(4, 4)
    lines = (first + 2 + 12 * line for line in range(number(first, 2)))
    return next((number(at + 8, 2) for at in lines if number(at, 2) == TURN), 1)


def _held(turned: int) -> bytes:
    """Return notes of a camera that say nothing but which way the picture is held."""
    line = TURN.to_bytes(2) + (3).to_bytes(2) + (1).to_bytes(4) + turned.to_bytes(2) + bytes(2)
    notes = EXIF + b"MM\0*" + (8).to_bytes(4) + (1).to_bytes(2) + line + bytes(4)
    return b"\xff\xe1" + (len(notes) + 2).to_bytes(2) + notes
