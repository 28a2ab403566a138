"""A column of a list: its heading in both languages, how its cells are read and written."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Choices
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.texts import AT_MOST, own_name
from onewindow.catalogue.states import SERIES_KEPT

Words = str | Promise
SPOKEN = ("en", "zh-hans")
YES = {"yes", "y", "true", "1", "是", "有", "√", "✓"}
NO = {"no", "n", "false", "0", "否", "无", "×"}
APART = re.compile(r"[,，、;；\n]+")


class Cell(NamedTuple):
    """A cell as the file has it: ``sort`` is text, number, date, formula or error."""

    text: str
    sort: str = "text"


class Wrong(Exception):
    """What stands in a cell cannot be taken; the sentence says why."""

    def __init__(self, sentence: Words, **details: Any) -> None:
        self.column: Column | None = None  # where it stands, if not in the one that is read
        self.sentence = str(sentence).format_map(details) if details else str(sentence)
        super().__init__(self.sentence)

    def at(self, column: "Column") -> "Wrong":
        """The same, of a column of its own."""
        self.column = column
        return self


def narrow(text: str) -> str:
    """Return codes and figures as they are compared: full-width signs narrowed, trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def fold(text: str) -> str:
    """Return a heading or a name as it is compared: narrowed, no case, no blanks."""
    return "".join(narrow(text).casefold().split())


class Kind:
    """How a cell becomes a value, and a value a cell. ``read`` raises Wrong."""

    is_code = False  # Excel may have made a number or a date of it

    def read(self, text: str, known: Any) -> Any:
        """Return the value of what is written."""
        return text

    def show(self, value: Any) -> str | int:
        """Return what is written for a value."""
        return "" if value is None else str(value)


class Texts(Kind):
    """Words in one language."""

    def read(self, text: str, known: Any) -> str:
        if len(text) > AT_MOST:
            raise Wrong(_("This is longer than {most} characters."), most=AT_MOST)
        return text


@dataclass(frozen=True)
class Short(Kind):
    """Words of a limited length."""

    most: int

    def read(self, text: str, known: Any) -> str:
        if len(text) > self.most:
            raise Wrong(_("This is longer than {most} characters."), most=self.most)
        return text


@dataclass(frozen=True)
class Code(Kind):
    """What stands for a row: letters, figures and hyphens."""

    most: int
    form = re.compile(r"[0-9A-Za-z-]+")
    is_code = True

    def read(self, text: str, known: Any) -> str:
        code = narrow(text)
        if code and not self.form.fullmatch(code):
            raise Wrong(_("“{it}” has other signs than letters, figures and hyphens."), it=text)
        if len(code) > self.most:
            raise Wrong(_("This is longer than {most} characters."), most=self.most)
        return code


class Series(Kind):
    """The letter of some numbers."""

    def read(self, text: str, known: Any) -> str:
        series = narrow(text).upper()
        if series and not re.fullmatch(r"[A-Z]{1,2}", series):
            raise Wrong(_("One or two letters, A to Z."))
        if series in SERIES_KEPT:
            raise Wrong(SERIES_KEPT[series])
        return series


@dataclass(frozen=True)
class Figure(Kind):
    """A whole number; ``empty`` is what an empty cell stands for."""

    most: int = 32_767
    empty: int | None = 0

    def read(self, text: str, known: Any) -> int | None:
        figure = narrow(text)
        if not figure:
            return self.empty
        if not (figure.isascii() and figure.isdigit()) or int(figure) > self.most:
            raise Wrong(_("A whole number from 0 to {most} stands here."), most=self.most)
        return int(figure)

    def show(self, value: Any) -> str | int:
        return "" if value is None else int(value)


@dataclass(frozen=True)
class YesNo(Kind):
    """Yes or no."""

    empty: bool = False

    def read(self, text: str, known: Any) -> bool:
        said = fold(text)
        if said in YES or said in NO:
            return said in YES
        if said:
            raise Wrong(_("Yes or no stands here."))
        return self.empty

    def show(self, value: Any) -> str | int:
        return gettext("yes") if value else gettext("no")


@dataclass(frozen=True)
class OneOf(Kind):
    """One of some fixed words, in either language."""

    choices: type[Choices]
    empty: str

    def read(self, text: str, known: Any) -> str:
        if not text:
            return self.empty
        found = spellings(self.choices).get(fold(text))
        if found is None:
            words = ", ".join(str(label) for _value, label in self.choices.choices)
            raise Wrong(_("“{it}” is none of these: {words}."), it=text, words=words)
        return found

    def show(self, value: Any) -> str | int:
        return str(dict(self.choices.choices).get(value, value))


def spellings(choices: type[Choices]) -> dict[str, str]:
    """Return the values of some fixed words, by each way to write them."""
    found = {fold(str(value)): str(value) for value, _label in choices.choices}
    for language in SPOKEN:
        with translation.override(language):
            found |= {fold(str(label)): str(value) for value, label in choices.choices}
    return found


@dataclass(frozen=True)
class Language(Kind):
    """A language of the pages, by its tag or its name; empty is the hall's."""

    languages: Sequence[tuple[str, Words]]

    def read(self, text: str, known: Any) -> str:
        for tag, name in self.languages:
            if fold(text) in {fold(tag), fold(str(name)), fold(own_name(tag))}:
                return tag
        if text:
            words = ", ".join(own_name(tag) for tag, _name in self.languages)
            raise Wrong(_("“{it}” is none of these: {words}."), it=text, words=words)
        return ""

    def show(self, value: Any) -> str | int:
        return own_name(value) if value else ""


@dataclass(frozen=True)
class One(Kind):
    """A row that there must be: a group, a zone, a department, by its code or its name."""

    what: str  # of ``Known``
    is_code = True

    def read(self, text: str, known: Any) -> Any:
        return known.find(self.what, text) if text else None

    def show(self, value: Any) -> str | int:
        return "" if value is None else str(value.code)


@dataclass(frozen=True)
class Many(Kind):
    """Rows that there must be, with commas between their codes."""

    what: str
    is_code = True

    def read(self, text: str, known: Any) -> list[Any]:
        parts = (part.strip() for part in APART.split(text))
        return [known.find(self.what, part) for part in parts if part]

    def show(self, value: Any) -> str | int:
        return ", ".join(value)


@dataclass(frozen=True)
class Column:
    """A column. ``path`` leads to its value in a row: ``("name", "en")``, ``("group",)``."""

    path: tuple[str, ...]  # by it alone one column is known from another
    label: Words = field(compare=False)
    kind: Kind = field(compare=False)
    about: Words = field(default="", compare=False)
    example: Words = field(default="", compare=False)
    language: str = ""  # of a text; the hall's first may be left out of the heading
    needed: bool = False  # what is new must have it

    @property
    def name(self) -> str:
        """What stands for it in a problem or a change."""
        return ".".join(self.path)

    def heading(self) -> str:
        """Return what stands above it, in the language now spoken."""
        return f"{self.label} ({own_name(self.language)})" if self.language else str(self.label)

    def headings(self, first: str) -> set[str]:
        """Return all that may stand above it, folded."""
        found = {fold(self.name)}
        for language in SPOKEN:
            with translation.override(language):
                found.add(fold(self.heading()))
                if self.language in ("", first):
                    found.add(fold(str(self.label)))
        return found


def texts(
    name: tuple[str, ...],
    label: Words,
    languages: Sequence[str],
    *,
    about: Words = "",
    example: Words = "",
    needed: bool = False,
) -> Iterable[Column]:
    """Yield a column for each language of a text; the first one is the needed one."""
    for place, language in enumerate(languages):
        first = place == 0
        yield Column(
            (*name, language),
            label,
            Texts(),
            about,
            example if first else "",
            language,
            needed and first,
        )


def index(columns: Iterable[Column], first: str) -> dict[str, Column]:
    """Return the columns by every heading they may have."""
    return {heading: one for one in columns for heading in one.headings(first)}
