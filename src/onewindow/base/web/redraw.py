"""Draw an uploaded picture anew: a program of its own, which knows nothing of the product.

``redraw.py`` reads a PNG, JPEG or WebP on standard input and writes a small PNG. A picture made to
harm ends this process, within these bounds, and no other. It says why not by its exit code.
"""

import resource
import sys
from io import BytesIO

from PIL import Image, ImageStat

FORMATS = ("PNG", "JPEG", "WEBP")
BOX = (960, 320)
DOTS_AT_MOST = 24_000_000
SECONDS, BYTES = 10, 1024**3
TOO_LIGHT_FROM = 225
NOT_A_PICTURE, TOO_LARGE, TOO_LIGHT = 3, 4, 5


def main() -> int:
    """Read, draw, write."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    try:
        with Image.open(BytesIO(sys.stdin.buffer.read()), formats=FORMATS) as given:
            if given.width * given.height > DOTS_AT_MOST:
                return TOO_LARGE
            drawn = given.convert("RGBA")
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        return NOT_A_PICTURE
    seen = drawn.getchannel("A").getbbox()
    if seen is None:
        return NOT_A_PICTURE
    drawn = drawn.crop(seen)
    if ImageStat.Stat(drawn.convert("L"), drawn.getchannel("A").point(_opaque)).mean[0] > (
        TOO_LIGHT_FROM
    ):
        return TOO_LIGHT
    drawn.thumbnail(BOX, Image.Resampling.LANCZOS)
    drawn.save(sys.stdout.buffer, "PNG", optimize=True)
    return 0


def _opaque(alpha: float) -> int:
    return 255 if alpha > 128 else 0


if __name__ == "__main__":
    sys.exit(main())
