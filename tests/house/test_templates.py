"""Templates: no text without translation, nothing that the content policy forbids, no way up."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.house.reading import PACKAGE, calls, code, files, floors, inside, room_of

FACES = {"desks", "public"}
GONE = re.compile(
    r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|\{%\s*blocktrans.*?endblocktrans(?:late)?\s*%\}"
    r"|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
OPENING = re.compile(r"<[a-z][^<>]*>")
BLOCK = re.compile(r"\{%\s*block\s+(\w+)")
TAG = re.compile(r"\{%\s*(url|include|extends)\s+[\"']([^\"']+)[\"']")
LETTERS = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]")
NAMES = re.compile(r"OneWindow|一窗|English|简体中文|中文|\bQR\b|\bAPI\b|\bPIN\b|&\w+;")
SAID = {"title", "aria-label", "placeholder", "alt", "aria-description", "data-label"}
NOT_SAID = {"script", "style", "kbd", "code", "template"}
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an inline handler": re.compile(r"\s(?:on[a-z]+|hx-on[\w:-]*)\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)", re.IGNORECASE
    ),
    "something from outside": re.compile(r"\b(?:src|href|action)=[\"'](?:https?:)?//"),
    "a filter in hx-trigger, which needs eval": re.compile(r"hx-trigger=[\"'][^\"']*\["),
    "a value that htmx evaluates": re.compile(r"hx-vals=[\"']\s*js:|\bjavascript:"),
}
TEMPLATES = files(".html")


class Said(HTMLParser):
    """Collects what a page says in so many words."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NOT_SAID:
            self._inside.append(tag)
        is_button = tag == "input" and ("type", "submit") in attrs
        for name, value in attrs:
            if name in SAID or (name == "value" and is_button):
                self._hear(value or "")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self._hear(data)

    def _hear(self, text: str) -> None:
        if LETTERS.search(NAMES.sub("", text)):
            self.words.append(" ".join(text.split()))


@cache
def classes() -> re.Pattern[str]:
    """Return what finds the blocks that fill an attribute: class names and the like, not texts."""
    tags = [tag for path in TEMPLATES for tag in OPENING.findall(path.read_text())]
    names = {name for tag in tags for name in BLOCK.findall(tag)}
    block = r"\{%\s*block\s+(?:" + "|".join(sorted(names) or ["-"]) + r")\s*%\}"
    return re.compile(block + r".*?\{%\s*endblock\b.*?%\}", re.DOTALL)


def spoken(path: Path) -> list[str]:
    """Return what a template says outside the tags that translate."""
    said = Said()
    said.feed(GONE.sub(" ", classes().sub(" ", path.read_text(encoding="utf-8"))))
    said.close()
    return said.words


def namespaces() -> dict[str, str]:
    """Return the room behind each first part of a template's or an address's name."""
    return {room.split(".")[-1]: room for room in floors()}


def ways(path: Path) -> Iterator[str]:
    """Yield the rooms that a template leads to or takes parts from."""
    known = namespaces()
    for tag, name in TAG.findall(path.read_text(encoding="utf-8")):
        first = name.split(":" if tag == "url" else "/")[0]
        if first in known:
            yield known[first]


@pytest.mark.parametrize("path", TEMPLATES, ids=inside)
def test_every_text_is_translated(path: Path) -> None:
    assert spoken(path) == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    found = [inside(path) for path in TEMPLATES if FORBIDDEN[what].search(path.read_text())]
    assert found == []


def test_templates_lead_only_to_rooms_below() -> None:
    height = floors()
    found = [
        f"{inside(path)} -> {room}"
        for path in TEMPLATES
        if room_of(path) not in FACES
        for room in ways(path)
        if height[room] > height[room_of(path)]
    ]
    assert found == []


def test_views_lead_only_to_rooms_below() -> None:
    height, known = floors(), namespaces()
    found = []
    for path in code():
        if room_of(path) in FACES | {"config"}:
            continue
        for call, name in calls(path):
            if name.split(".")[-1] not in ("reverse", "reverse_lazy", "redirect") or not call.args:
                continue
            first = call.args[0]
            where = str(first.value) if isinstance(first, ast.Constant) else ""
            room = known.get(where.split(":")[0])
            if room and height[room] > height.get(room_of(path), 0):
                found.append(f"{inside(path)}:{call.lineno} -> {where}")
    assert found == []


def test_styles_and_scripts_ask_nobody_outside() -> None:
    outside = re.compile(r"(?:url\(|@import\s|import\s|fetch\()\s*[\"'`]?(?:https?:)?//")
    ours = [*files(".css", PACKAGE), *files(".js", PACKAGE)]
    assert [inside(path) for path in ours if outside.search(path.read_text())] == []
