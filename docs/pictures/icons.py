"""Draw the product's sign as the icons of an installed screen: python docs/pictures/icons.py."""

from pathlib import Path

from PIL import Image, ImageDraw

TO = Path(__file__).parents[2] / "src/onewindow/base/web/static/web"
GREEN, WHITE, FINE = "#01675a", "#ffffff", 4


def icon(size: int, *, maskable: bool) -> Image.Image:
    """Return ``sign.svg`` as a picture; a maskable one fills its square and keeps its edge free."""
    unit = size * FINE / 32
    picture = Image.new("RGBA", (size * FINE, size * FINE), GREEN if maskable else (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    if not maskable:
        pen.rounded_rectangle((0, 0, 32 * unit - 1, 32 * unit - 1), 9 * unit, fill=GREEN)
    box = (8 * unit, 8 * unit, 24 * unit, 24 * unit)
    pen.rounded_rectangle(box, 4.5 * unit, outline=WHITE, width=round(3 * unit))
    return picture.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    for size in (192, 512):
        icon(size, maskable=False).save(TO / f"sign-{size}.png", optimize=True)
    icon(512, maskable=True).save(TO / "sign-maskable.png", optimize=True)
