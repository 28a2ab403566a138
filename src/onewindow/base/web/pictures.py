"""Take a picture that somebody uploads: drawn anew in a process of its own (decision 0021)."""

import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from onewindow.base.web.refused import BadInput

PROGRAM = Path(__file__).with_name("redraw.py")
AT_MOST = 1024 * 1024  # bytes
PATIENCE = 15


class NoPicture(BadInput):
    """What was uploaded is none of the kinds we draw."""

    sentence = _("This is no picture that can be read. Give a PNG, JPEG or WebP.")


class PictureTooLarge(BadInput):
    """Larger than a logo needs to be."""

    sentence = _("This picture is too large. A logo has up to 1 MB and 24 million dots.")


class PictureTooLight(BadInput):
    """White on nothing: it would be seen neither on paper nor on our pages."""

    sentence = _(
        "This logo is so light that it would not be seen on white paper. Give the one that is "
        "meant for a white ground."
    )


REASONS: dict[int, type[BadInput]] = {4: PictureTooLarge, 5: PictureTooLight}  # see redraw.py


def redrawn(content: bytes) -> bytes:
    """Return an uploaded picture as our own small PNG. Raise NoPicture and its like."""
    if len(content) > AT_MOST:
        raise PictureTooLarge
    command = [sys.executable, "-I", str(PROGRAM)]
    try:
        done = subprocess.run(  # our own program; the picture comes by its input
            command, input=content, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise NoPicture from None
    if done.returncode or not done.stdout:
        raise REASONS.get(done.returncode, NoPicture)
    return done.stdout
