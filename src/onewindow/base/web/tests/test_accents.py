"""The halls' colours: every one can be read, in light and in dark."""

import re
from pathlib import Path

import pytest

from onewindow.base.web import accents

STATIC = Path(accents.__file__).parent / "static" / "web"
HUES = range(0, 360, accents.STEP)
AA = 4.5


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def tokens(selector: str) -> dict[str, str]:
    """The plain colours of the first rule with a selector in tokens.css."""
    rule = (STATIC / "tokens.css").read_text().split(selector + " {")[1].split("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", rule))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("hue", HUES)
def test_every_accent_can_be_read(hue: int, dark: bool) -> None:
    tone = {
        name: accents.to_hex(pair[dark][0], pair[dark][1], hue)
        for name, pair in accents.TONES.items()
    }
    paper = tokens(':root[data-theme="dark"]' if dark else ":root")
    assert contrast(tone["on-accent"], tone["accent"]) >= AA
    assert contrast(tone["accent-strong"], tone["accent-soft"]) >= AA
    assert contrast(tone["accent"], paper["paper"]) >= AA
    assert contrast(tone["accent"], paper["surface"]) >= AA


@pytest.mark.parametrize(
    "theme", [":root", ':root[data-theme="dark"]', ':root[data-contrast="high"]']
)
def test_every_word_can_be_read(theme: str) -> None:
    colours = tokens(theme)
    for ground in ("paper", "surface", "sunk"):
        for word in ("ink", "ink-2", "ink-3", "ok", "warn", "bad", "info", "accent"):
            assert contrast(colours[word], colours[ground]) >= AA, (word, ground)
    for state in ("ok", "warn", "bad", "info"):
        assert contrast(colours[state], colours[f"{state}-soft"]) >= AA, state
        assert contrast(colours[state], colours["on-state"]) >= AA, state


def test_the_browser_and_the_setting_choose_the_same_dark() -> None:
    chosen = tokens(':root[data-theme="dark"]')
    assert tokens(':root:not([data-theme="light"])') == chosen


def test_the_style_sheet_is_the_one_that_is_made() -> None:
    assert (STATIC / "accents.css").read_text() == accents.css()


@pytest.mark.parametrize(("asked", "given"), [(0, 0), (7, 0), (8, 15), (178, 180), (359, 0)])
def test_a_hall_gets_the_nearest_hue(asked: int, given: int) -> None:
    assert accents.nearest(asked) == given
