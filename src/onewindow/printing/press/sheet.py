"""A paper from a roll: strips of text, signs and pictures, one under the other, in black and white.

It is drawn as a picture, because no two printers agree on a code page for Chinese.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import segno
from PIL import Image, ImageDraw, ImageOps

from onewindow.printing.press.fonts import font
from onewindow.printing.states import DPMM

WHITE, BLACK = 255, 0
MARGIN = DPMM
BOLD = 16  # sizes for which a stroke grows by one dot
LINE = 1.28  # of a letter's height
PIECES = re.compile(r"\s+|[^\s\u2e80-\u9fff\uf900-\uffef]+|.")
NEVER_FIRST = "，。、；：？！）】》”’·,.;:?!)"


class Sheet:
    """What stands on a paper so far; ``picture()`` is all of it."""

    def __init__(self, dots: int) -> None:
        self.dots = dots
        self.strips: list[Image.Image] = []

    @property
    def inner(self) -> int:
        """How wide it is between the margins."""
        return self.dots - 2 * MARGIN

    def gap(self, millimetres: float) -> None:
        """Leave some paper white."""
        self._new(round(millimetres * DPMM))

    def rule(self, *, thick: bool = False) -> None:
        """Draw a line from side to side: whole, or of dots."""
        pen = self._new(3 if thick else 2)
        if thick:
            pen.rectangle((MARGIN, 0, self.dots - MARGIN, 3), fill=BLACK)
            return
        for left in range(MARGIN, self.dots - MARGIN, 8):
            pen.rectangle((left, 0, left + 3, 2), fill=BLACK)

    def text(self, words: str, size: int, *, bold: bool = False) -> None:
        """Write in the middle, in as many lines as it takes, all about as long."""
        for line in _balanced(words, size, self.inner, bold=bold):
            left = (self.dots - width(line, size, bold=bold)) // 2
            self._write([(left, line, size)], bold=bold)

    def item(self, words: str, size: int) -> None:
        """Write a line of a list: a box to tick, and the words beside it."""
        side, beside = round(size * 0.72), MARGIN + round(size * 1.25)
        room = self.dots - MARGIN - beside
        for number, line in enumerate(wrap(words, size, room)):
            pen = self._write([(beside, line, size)])
            if not number:
                top = round(size * LINE - side) // 2 + 2
                pen.rectangle((MARGIN, top, MARGIN + side, top + side), outline=BLACK, width=2)

    def pairs(self, pairs: Sequence[tuple[str, str]], size: int) -> None:
        """Set facts beside each other: what it is, small, and how much, large."""
        room = self.inner // len(pairs)
        small = fit([what for what, _much in pairs], round(size * 0.55), room - MARGIN)
        large = fit([much for _what, much in pairs], size, room - MARGIN, bold=True)
        for column, bold in ((0, False), (1, True)):
            height = large if bold else small
            middles = [MARGIN + room * n + room // 2 for n in range(len(pairs))]
            parts = [
                (middle - width(pair[column], height, bold=bold) // 2, pair[column], height)
                for middle, pair in zip(middles, pairs, strict=True)
            ]
            self._write(parts, bold=bold)

    def number(self, number: str, millimetres: int = 21) -> None:
        """Write a number so high that it is read from afar; narrowed where the paper is narrow."""
        height, size = millimetres * DPMM, millimetres * DPMM * 2
        drawn = Image.new("L", (width(number, size, bold=True) + size, size * 2), WHITE)
        place = (size // 2, size // 4)
        ImageDraw.Draw(drawn).text(
            place, number, BLACK, font(size), stroke_width=size // 40, stroke_fill=BLACK
        )
        drawn = drawn.crop(ImageOps.invert(drawn).getbbox())
        wide = min(self.inner, round(drawn.width * height / drawn.height))
        self._place(drawn.resize((wide, height), Image.Resampling.LANCZOS))

    def code(self, address: str, millimetres: int = 30) -> None:
        """Set a QR code, in whole dots."""
        made = segno.make_qr(address, error="m")
        rows = [list(row) for row in made.matrix_iter(border=2)]
        flat = bytes(BLACK if dot else WHITE for row in rows for dot in row)
        times = max(3, millimetres * DPMM // len(rows))
        small = Image.frombytes("L", (len(rows), len(rows)), flat)
        self._place(small.resize((small.width * times,) * 2, Image.Resampling.NEAREST))

    def image(self, image: Image.Image, millimetres: int = 14) -> None:
        """Set a picture, its greys as dots."""
        grey = Image.new("L", image.size, WHITE)
        alpha = image.convert("RGBA")
        grey.paste(alpha.convert("L"), mask=alpha.getchannel("A"))
        grey.thumbnail((self.inner, millimetres * DPMM), Image.Resampling.LANCZOS)
        self._place(grey.convert("1").convert("L"))

    def picture(self) -> Image.Image:
        """Return the paper as it comes out, black and white."""
        whole = Image.new("L", (self.dots, sum(one.height for one in self.strips)), WHITE)
        top = 0
        for strip in self.strips:
            whole.paste(strip, (0, top))
            top += strip.height
        return whole.point(lambda grey: WHITE if grey > 140 else BLACK).convert(
            "1", dither=Image.Dither.NONE
        )

    def _new(self, height: int) -> ImageDraw.ImageDraw:
        self.strips.append(Image.new("L", (self.dots, height), WHITE))
        return ImageDraw.Draw(self.strips[-1])

    def _place(self, image: Image.Image) -> None:
        self._new(image.height)
        self.strips[-1].paste(image, ((self.dots - image.width) // 2, 0))

    def _write(
        self, parts: Sequence[tuple[int, str, int]], *, bold: bool = False
    ) -> ImageDraw.ImageDraw:
        """Write one line: parts with their left end and their size."""
        size = max(size for _left, _words, size in parts)
        pen = self._new(round(size * LINE))
        for left, words, letters in parts:
            stroke = _stroke(letters, bold=bold)
            middle = round(size * LINE) // 2
            pen.text(
                (left, middle),
                words,
                BLACK,
                font(letters),
                anchor="lm",
                stroke_width=stroke,
                stroke_fill=BLACK,
            )
        return pen


def width(words: str, size: int, *, bold: bool = False) -> int:
    """Return how wide some words are, in dots."""
    return round(font(size).getlength(words)) + 2 * _stroke(size, bold=bold)


def fit(lines: Sequence[str], size: int, room: int, *, bold: bool = False) -> int:
    """Return the largest size, up to the one given, in which each line has room."""
    while size > DPMM and any(width(line, size, bold=bold) > room for line in lines):
        size -= 1
    return size


def wrap(words: str, size: int, room: int, *, bold: bool = False) -> list[str]:
    """Break words into lines: Latin ones between words, Chinese anywhere but before a stop."""
    lines, line = [], ""
    for piece in _pieces(words, size, room):
        if line and width((line + piece).rstrip(), size, bold=bold) > room:
            lines.append(line.strip())
            line = ""
        line += piece
    return [*lines, line.strip()]


def _balanced(words: str, size: int, room: int, *, bold: bool) -> list[str]:
    """Break words into as few lines as ``wrap`` does, without a short one at the end."""
    lines = best = wrap(words, size, room, bold=bold)
    while len(lines) == len(best) > 1 and room > size * 4:
        best, room = lines, room - size // 2
        lines = wrap(words, size, room, bold=bold)
    return best


def _pieces(words: str, size: int, room: int) -> list[str]:
    """What stays together on a line."""
    found: list[str] = []
    for piece in PIECES.findall(words.strip()):
        if found and piece[0] in NEVER_FIRST:
            found[-1] += piece
        elif width(piece, size) > room:
            found += list(piece)  # a word longer than the paper is wide
        else:
            found.append(piece)
    return found


def _stroke(size: int, *, bold: bool) -> int:
    return max(1, size // (BOLD * 2)) if bold else 0


def bands(picture: Image.Image, height: int = 128) -> list[Image.Image]:
    """Cut a picture into bands: a printer need not hold all of it at once."""
    cuts = [*range(0, picture.height, height), picture.height]
    return [picture.crop((0, top, picture.width, end)) for top, end in pairwise(cuts)]
