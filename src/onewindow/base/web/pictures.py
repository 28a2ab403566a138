"""Take a picture that somebody uploads: drawn anew in a process of its own (decision 0021)."""

import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from onewindow.base.web.refused import BadInput

PROGRAM = Path(__file__).with_name("redraw.py")
AT_MOST = {"logo": 1024 * 1024, "photo": 8 * 1024 * 1024}  # bytes
PATIENCE = 15


class NoPicture(BadInput):
    """What was uploaded is none of the kinds we draw."""

    sentence = _("This is no picture that can be read. Give a PNG, JPEG or WebP.")


class PictureTooLarge(BadInput):
    """Larger than a logo or a photo needs to be."""

    sentence = _("This picture is too large: up to {mb} MB and 24 million dots are taken.")


class PictureTooLight(BadInput):
    """White on nothing: it would be seen neither on paper nor on our pages."""

    sentence = _(
        "This logo is so light that it would not be seen on white paper. Give the one that is "
        "meant for a white ground."
    )


TOO_LARGE, TOO_LIGHT = 4, 5  # see redraw.py


def redrawn(content: bytes, shape: str = "logo") -> bytes:
    """Return an uploaded picture as our own: a ``logo`` as a small PNG, a ``photo`` as an upright
    JPEG of 480 by 640 dots. Raise NoPicture and its like.
    """
    too_large = PictureTooLarge(mb=AT_MOST[shape] // 1024**2)
    if len(content) > AT_MOST[shape]:
        raise too_large
    command = [sys.executable, "-I", str(PROGRAM), shape]
    try:
        done = subprocess.run(  # our own program; the picture comes by its input
            command, input=content, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise NoPicture from None
    if done.returncode or not done.stdout:
        reasons = {TOO_LARGE: too_large, TOO_LIGHT: PictureTooLight()}
        raise reasons.get(done.returncode, NoPicture())
    return done.stdout
