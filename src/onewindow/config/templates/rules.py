"""A template's words, and the rules that bind halls of its kind: what it does not say is usual."""

from dataclasses import fields
from typing import Any

from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.words import Words
from onewindow.catalogue.policy import RuleSet
from onewindow.config.templates.entries import Entry
from onewindow.tickets.rules import TicketPolicy

KINDS = (RuleSet, TicketPolicy, HoursPolicy)


def read_words(file: Entry) -> Words:
    """Read what people are called in such a hall."""
    texts = file.texts("words")
    known = {field.name for field in fields(Words)}
    for name in texts:
        if name not in known:
            raise file.wrong(f"words: there is no {name!r}")
    return Words(**texts)


def read_rules(file: Entry) -> dict[type, Any]:
    """Read the settings that the template gives a hall, by their kind."""
    tables = Entry(file.file, "rules", file.take("rules", dict, {}), file.languages)
    found: dict[type, Any] = {
        kind: _read(tables, kind) for kind in KINDS if kind.__name__ in tables.values
    }
    tables.end()
    return found


def _read(tables: Entry, kind: type) -> Any:
    values = tables.take(kind.__name__, dict)
    entry = Entry(tables.file, f"rules.{kind.__name__}", values, tables.languages)
    usual = kind()
    given = {
        field.name: entry.take(field.name, type(getattr(usual, field.name)))
        for field in fields(kind)
        if field.name in values
    }
    entry.end()
    return kind(**given)
