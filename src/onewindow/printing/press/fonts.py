"""The letters of a printed paper: from the font that came with OneWindow, else the system's."""

from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import ImageFont

SYSTEM = (  # where systems keep letters that hold Chinese
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the letters in a size, in dots."""
    return ImageFont.truetype(str(_file()), size)


def _file() -> Path:
    ours = pylopdf_fonts_zh_cn.sans_path()
    return next((path for path in (ours, *map(Path, SYSTEM)) if path.exists()), ours)
