"""Files that a screen asks for together: many sheets or scripts, sent as one.

A slow machine pays for each file that it asks for, so a screen that must be quick names a bundle:
``{% bundle "kiosk.css" %}``. ``config/bundles.py`` says what is in it. The address carries a digest
of the content: a browser may keep it for ever, and asks anew once there is something new.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
BETWEEN = {"css": b"\n", "js": b"\n;\n"}  # a script may end without its semicolon


@dataclass(frozen=True)
class Bundle:
    """What is sent, as what, and the digest of it."""

    content: bytes
    content_type: str
    digest: str


def bundle(name: str) -> Bundle | None:
    """Return a bundle by its name; None where there is none. A developer sees each edit at once."""
    files: Mapping[str, tuple[str, ...]] = import_string(settings.BUNDLES)
    if name not in files:
        return None
    return _made(name, files[name]) if settings.DEBUG else _kept(name, files[name])


def _made(name: str, files: tuple[str, ...]) -> Bundle:
    kind = name.rpartition(".")[2]
    content = BETWEEN[kind].join(_read(file) for file in files)
    return Bundle(content, TYPES[kind], hashlib.sha256(content).hexdigest()[:12])


_kept = cache(_made)


def _read(file: str) -> bytes:
    found = finders.find(file)
    if not found:
        raise ImproperlyConfigured(f"A bundle names {file}, which is no static file.")
    return Path(found).read_bytes()
