"""The style sheets keep to the tokens, and visitors' ones to what old browsers know."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[3]
SHEETS = sorted(PACKAGE.rglob("static/**/*.css"))
NOT_IN_CHROMIUM_87 = re.compile(
    r":has\(|@container|@layer|\bdvh\b|(?<!-)aspect-ratio|:is\(|text-wrap|&\s*[.:{]"
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_colours_stand_in_the_tokens(sheet: Path) -> None:
    """A sheet may give a colour of its own a name; it uses names only."""
    if sheet.name in ("tokens.css", "accents.css", "print.css"):
        return
    used = re.sub(r"--[\w-]+: #[0-9a-f]{6};", "", sheet.read_text())
    assert not re.search(r"#[0-9a-f]{3,8}\b\s*[;,)]|oklch|hsl\(", used), sheet


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_old_machines_understand_it(sheet: Path) -> None:
    if not {"web", "public"} & set(sheet.parts) or sheet.name == "staff.css":
        return  # the staff's browsers are of the last three years
    assert not NOT_IN_CHROMIUM_87.search(sheet.read_text()), sheet


def test_no_page_styles_or_scripts_inline() -> None:
    for page in PACKAGE.rglob("templates/**/*.html"):
        found = re.search(
            r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=|hx-on", page.read_text()
        )
        assert found is None, f"{page}: {found}"
