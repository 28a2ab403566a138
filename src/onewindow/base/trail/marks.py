"""How a row of the trail is digested, and how a seal is. Pure but for the key."""

import hashlib
import hmac
import json
import struct
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

FIELDS = [
    *("id", "hall", "at", "kind", "subject", "subject_id", "label"),
    *("by_kind", "by_id", "by_label", "via", "address", "topics", "data"),
]
MARK = struct.Struct(">I8s")  # how far from the id before, and 64 bits of the row's digest


def mark_of(row: tuple[Any, ...]) -> bytes:
    """Return the 64 bits that stand for a row, given as ``FIELDS`` name its columns."""
    plain = [v.astimezone(UTC).isoformat() if isinstance(v, datetime) else v for v in row]
    text = json.dumps(plain, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hmac.digest(_key(), b"row\0" + text.encode(), hashlib.sha256)[:8]


def pack(after: int, marks: Iterable[tuple[int, bytes]]) -> bytes:
    """Put ids and marks into one value."""
    packed, before = bytearray(), after
    for pk, mark in marks:
        packed += MARK.pack(pk - before, mark)
        before = pk
    return bytes(packed)


def unpack(after: int, packed: bytes) -> Iterator[tuple[int, bytes]]:
    """Take ids and marks out again."""
    pk = after
    for step, mark in MARK.iter_unpack(packed[: len(packed) // MARK.size * MARK.size]):
        pk += step
        yield pk, mark


def digest_of(before: str, after: int, last: int, count: int, packed: bytes) -> str:
    """Return the digest of a seal: over its rows and the seal before."""
    head = f"seal\0{before}\0{after}\0{last}\0{count}\0".encode()
    return hmac.new(_key(), head + packed, hashlib.sha256).hexdigest()


def _key() -> bytes:
    return str(settings.TRAIL_KEY).encode()
