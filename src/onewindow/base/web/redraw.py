"""Draw an uploaded picture anew: a program of its own, which knows nothing of the product.

``redraw.py logo`` reads a PNG, JPEG or WebP on standard input and writes a small PNG;
``redraw.py photo`` writes an upright JPEG, without whatever a camera wrote beside the picture. A
picture made to harm ends this process, within these bounds, and no other. It says why not by its
exit code.
"""

import resource
import sys
from io import BytesIO

from PIL import Image, ImageOps, ImageStat

FORMATS = ("PNG", "JPEG", "WEBP")
BOX = (960, 320)
UPRIGHT = (480, 640)
FACE = (0.5, 0.35)  # where a head is in a photo: cut below it rather than above
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
            if "photo" in sys.argv[1:]:
                return _photo(given)
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


def _photo(given: Image.Image) -> int:
    """Write an upright photo: turned as the camera said, cut to the shape of a badge."""
    seen = ImageOps.exif_transpose(given).convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    ground.alpha_composite(seen)
    drawn = ImageOps.fit(ground.convert("RGB"), UPRIGHT, Image.Resampling.LANCZOS, centering=FACE)
    drawn.save(sys.stdout.buffer, "JPEG", quality=85, optimize=True)
    return 0


def _opaque(alpha: float) -> int:
    return 255 if alpha > 128 else 0


if __name__ == "__main__":
    sys.exit(main())
