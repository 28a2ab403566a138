"""Sentences that the server speaks, where a display can do it neither by recorded words nor itself.

Each is made once, by a process of its own (``speech``), and kept as a file for some days. Its
address is signed: nobody lets this server say what it does not say anyway.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import threading
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.http import HttpResponse

from onewindow.base import clocks
from onewindow.base.web.refused import NotFound
from onewindow.voice.sounds import milliseconds
from onewindow.voice.speech import __name__ as SPEECH  # noqa: N812  # run by its name

SALT = "voice.made"
AT_ONCE = threading.BoundedSemaphore(2)
PATIENCE_S = 5
LONGEST = 300  # characters: no announcement is as long
KEPT = timedelta(days=2)
A_DAY = 86_400


@cache
def is_there() -> bool:
    """Say whether the extra ``onewindow[voice]`` is installed."""
    return importlib.util.find_spec("espeakng_loader") is not None


def sign(text: str, language: str) -> str:
    """Return what stands for a sentence in an address; "" where the server speaks nothing."""
    return signing.dumps([language, text], salt=SALT) if is_there() else ""


def answer(signed: str) -> HttpResponse:
    """Answer with a sentence that was signed, as WAV. Raise NotFound."""
    try:
        language, text = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        raise NotFound from None
    content = sentence(text, language)
    if not content:
        raise NotFound
    found = HttpResponse(content, content_type="audio/wav")
    found["Cache-Control"] = f"private, max-age={A_DAY}"
    return found


def sentence(text: str, language: str) -> bytes:
    """Return a sentence as WAV, made now or before; nothing where it cannot be said."""
    if not is_there() or len(text) > LONGEST:
        return b""
    file = _place(text, language)
    if file.is_file():
        return file.read_bytes()
    content = _spoken(text, language)
    if not milliseconds(content):
        return b""
    _keep(file, content)
    return content


def purge() -> int:
    """Remove what was not asked for lately. Called by the clock."""
    before, gone = (clocks.now() - KEPT).timestamp(), 0
    for file in _folder().glob("*"):
        if file.stat().st_mtime < before:
            file.unlink(missing_ok=True)
            gone += 1
    return gone


def _spoken(text: str, language: str) -> bytes:
    with AT_ONCE:
        try:
            done = subprocess.run(
                [sys.executable, "-m", SPEECH, language],
                input=text.encode(),
                capture_output=True,
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return b""
    return done.stdout if done.returncode == 0 else b""


def _keep(file: Path, content: bytes) -> None:
    """Put a file into its place whole: another thread may look for it now."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as open_file:
        open_file.write(content)
    os.replace(draft, file)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "voice" / "made"


def _place(text: str, language: str) -> Path:
    digest = hashlib.sha256(f"{language}\n{text}".encode()).hexdigest()
    return _folder() / f"{digest}.wav"
