"""Reading a template's files: whatever is wrong in one is said with the file and the entry."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from onewindow.base.halls.text import Spoken

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")


class TemplateError(Exception):
    """A template that cannot be loaded: file, entry, what is wrong."""

    def __init__(self, file: str, entry: str, problem: str) -> None:
        super().__init__(f"{file}: {entry}: {problem}" if entry else f"{file}: {problem}")


class Entry:
    """One entry of a file. What is taken is checked; what nobody takes is a mistake."""

    def __init__(self, file: str, name: str, values: Any, languages: list[str]) -> None:
        self.file, self.name, self.languages = file, name, languages
        if not isinstance(values, dict):
            raise self.wrong("is no table")
        self.values = dict(values)

    def wrong(self, problem: str) -> TemplateError:
        """Return the error that names this entry."""
        return TemplateError(self.file, self.name, problem)

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """Take a value of a kind; without a default it must be there."""
        if key not in self.values:
            if default is None:
                raise self.wrong(f"{key} is missing")
            return default
        value = self.values.pop(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(f"{key} should be {kind.__name__}, not {value!r}")
        return value

    def text(self, key: str, default: Spoken | None = None) -> Spoken:
        """Take a text: a list with one string for each language of the template."""
        if key not in self.values and default is not None:
            return default
        said = self.take(key, list)
        if len(said) != len(self.languages) or not all(
            isinstance(words, str) and words.strip() for words in said
        ):
            raise self.wrong(f"{key} needs a text in each of {', '.join(self.languages)}")
        return dict(zip(self.languages, said, strict=True))

    def texts(self, key: str) -> dict[str, Spoken]:
        """Take a table of texts; an empty one when it is not there."""
        table = Entry(self.file, f"{self.name} {key}", self.take(key, dict, {}), self.languages)
        return {name: table.text(name) for name in list(table.values)}

    def entries(self, key: str, named_by: str) -> list["Entry"]:
        """Take a list of entries, each named by one of its values."""
        rows = self.take(key, list, [])
        return [self._inside(key, named_by, place, row) for place, row in enumerate(rows, 1)]

    def _inside(self, key: str, named_by: str, place: int, row: Any) -> "Entry":
        called = row.get(named_by, f"no. {place}") if isinstance(row, dict) else f"no. {place}"
        name = f"{self.name} {key} {called[0] if isinstance(called, list) else called}"
        return Entry(self.file, name.strip(), row, self.languages)

    def one_of(self, key: str, known: dict[str, T]) -> T:
        """Take a name and return what it stands for."""
        name = self.take(key, str)
        if name not in known:
            raise self.wrong(f"{key}: there is no {name!r}")
        return known[name]

    def all_of(self, key: str, known: dict[str, T]) -> list[T]:
        """Take a list of names and return what they stand for."""
        names = self.take(key, list, [])
        unknown = [name for name in names if name not in known]
        if unknown:
            raise self.wrong(f"{key}: there is no {unknown[0]!r}")
        return [known[name] for name in names]

    def end(self) -> None:
        """Say that everything was taken: what is left is a misspelt word."""
        if self.values:
            raise self.wrong(f"{', '.join(sorted(self.values))} is not known here")

    def checked(self, row: M) -> M:
        """Return a row whose own fields are right; what it refers to was looked up before."""
        references = {field.name for field in row._meta.fields if field.is_relation}
        try:
            row.clean_fields(exclude=references)
        except ValidationError as no:
            raise self.wrong("; ".join(no.messages)) from no
        return row


def read(folder: Path, file: str, languages: list[str]) -> Entry:
    """Read a file of a template as one entry."""
    try:
        values = tomllib.loads((folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TemplateError(file, "", "is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as no:
        raise TemplateError(file, "", str(no)) from no
    return Entry(file, "", values, languages)
