"""Files as people bring them."""

import io
from typing import Any

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"
PROGRAM = b"MZ\x90\0" + b"\0" * 200 + b"%PDF-1.7 startxref %%EOF"
GPS, TURN = 0x8825, 0x0112


def picture(kind: str = "JPEG", colour: str = "red", **more: Any) -> bytes:
    """A small picture; a JPEG of a phone that was held upright and knew where it was."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[TURN] = 6
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 12.0, 7.0)})
    exif[0x010F] = "Phone of somebody"
    Image.new("RGB", (40, 30), colour).save(out, kind, exif=exif, **more)
    return out.getvalue()
