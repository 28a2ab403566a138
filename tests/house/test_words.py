"""States and roles are named as in ``docs/terms.md``, in code, in English and in Chinese."""

import re
from importlib import import_module

import pytest
from django.db.models import Choices
from django.utils import translation

from onewindow.accounts.access import Can
from onewindow.accounts.forms import IN_WORDS
from tests.house.reading import PACKAGE, ROOT, room_of

Words = dict[str, tuple[str, str]]  # name: English, Chinese

COMPARED = re.compile(r"State$|^Role$|^DeviceKind$|^Level$")


def table() -> dict[str, Words]:
    """Return what the table of states and roles says of each class."""
    text = (ROOT / "docs" / "terms.md").read_text(encoding="utf-8")
    part = text.split("## States and roles")[1].split("\n## ")[0]
    found: dict[str, Words] = {}
    for line in part.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and re.fullmatch(r"[\w.]+\.\w+", cells[0]):
            english = cells[2].split("; " if ";" in cells[2] else ", ")
            labels = zip(english, cells[3].split("、"), strict=True)
            words = zip(cells[1].split(", "), labels, strict=True)
            found.setdefault(cells[0], {}).update(words)
    return found


def in_code() -> dict[str, type[Choices]]:
    """Return the classes of the code that hold states and roles."""
    found = {}
    for path in sorted(PACKAGE.rglob("states.py")):
        module = import_module("onewindow." + room_of(path) + ".states")
        for name, value in vars(module).items():
            is_choices = isinstance(value, type) and issubclass(value, Choices)
            if is_choices and value.__module__ == module.__name__ and COMPARED.search(name):
                found[f"{room_of(path)}.{name}"] = value
    return found


def test_every_right_of_a_key_has_its_words() -> None:
    assert set(IN_WORDS) == set(Can)


def test_the_table_names_every_state_and_role() -> None:
    assert sorted(table()) == sorted(in_code())


@pytest.mark.parametrize("name", sorted(table()))
def test_code_says_what_the_table_says(name: str) -> None:
    said: dict[str, list[str]] = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            for member in in_code()[name]:
                said.setdefault(member.name, []).append(str(member.label))
    assert {member: tuple(labels) for member, labels in said.items()} == table()[name]
