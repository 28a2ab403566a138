"""The accent colours of halls: every 15 degrees of hue, readable in light and in dark.

``python -m onewindow.base.web.accents`` prints ``static/web/accents.css``. The tones are given in
oklch for browsers that know it and worked out here in sRGB for the halls' old machines.
"""

import math
import sys

STEP = 15
DEFAULT = 180

# name: (lightness, chroma) in light, in dark
TONES = {
    "accent": ((46, 0.085), (76, 0.10)),
    "accent-strong": ((38, 0.08), (84, 0.10)),
    "accent-soft": ((95.5, 0.02), (30, 0.035)),
    "on-accent": ((100, 0.0), (18, 0.02)),
}


def nearest(hue: int) -> int:
    """Return the hue among ours that is nearest to the one a hall chose."""
    return round(hue / STEP) * STEP % 360


def to_hex(lightness: float, chroma: float, hue: float) -> str:
    """Return an oklch colour as sRGB hex, with less chroma where sRGB has not so much."""
    linear = _linear(lightness, chroma, hue)
    while min(linear) < -1e-4 or max(linear) > 1 + 1e-4:
        chroma *= 0.98
        linear = _linear(lightness, chroma, hue)
    return "#" + "".join(f"{_byte(part):02x}" for part in linear)


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Oklab to linear sRGB, by the matrices of its definition."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    light = lightness / 100
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _byte(linear: float) -> int:
    part = min(1.0, max(0.0, linear))
    return round(255 * (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055))


def css() -> str:
    """Return the whole style sheet."""
    hues = range(0, 360, STEP)
    return "\n".join(
        [
            "/* Made by `python -m onewindow.base.web.accents`: the hues a hall chooses from. */",
            *(_rule(f":root.hue-{hue}", hue, dark=False) for hue in hues),
            "@media (prefers-color-scheme: dark) {",
            *(_rule(f':root.hue-{hue}:not([data-theme="light"])', hue, dark=True) for hue in hues),
            "}",
            *(_rule(f':root.hue-{hue}[data-theme="dark"]', hue, dark=True) for hue in hues),
            "",
        ]
    )


def _rule(selector: str, hue: int, *, dark: bool) -> str:
    tones = " ".join(
        f"--{name}: {to_hex(tone[dark][0], tone[dark][1], hue)};" for name, tone in TONES.items()
    )
    return f'{selector}:not([data-contrast="high"]) {{ {tones} }}'


if __name__ == "__main__":
    sys.stdout.write(css())
