"""How rows and their changes are shown: cells of a list, lines of a history."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.forms import DateTimeField, ModelChoiceField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onewindow.accounts.queries import names
from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import said, tag
from onewindow.base.halls.texts import own_name
from onewindow.base.trail.editing import plain
from onewindow.base.trail.models import Entry
from onewindow.catalogue.states import GUIDE
from onewindow.desks.setup.hours import in_words
from onewindow.desks.setup.sheets import Column, Sheet
from onewindow.lists.queries import changes_of

NOTHING = "—"
DONE = {
    "made": gettext_lazy("made"),
    "changed": gettext_lazy("changed"),
    "set": gettext_lazy("changed"),
    "archived": gettext_lazy("archived"),
    "restored": gettext_lazy("brought back"),
    "described": gettext_lazy("described"),
    "joined": gettext_lazy("departments joined"),
    "announced": gettext_lazy("made"),
    "filled": gettext_lazy("filled from a template"),
    "imported": gettext_lazy("imported from a file"),
    "undone": gettext_lazy("import undone"),
}


class Cell(NamedTuple):
    """One value of a list; ``fallback`` names the language it had to be said in."""

    column: Column
    value: Any
    fallback: str = ""


class Table(NamedTuple):
    """The rows of a list, each with its key and its cells; the first cell leads to the row."""

    columns: tuple[Column, ...]
    rows: list[tuple[str, Any, list[Cell]]]


class Change(NamedTuple):
    """What one thing was, and what it became."""

    label: str
    old: str
    new: str


class Line(NamedTuple):
    """One entry of a history."""

    at: datetime
    who: str
    did: str
    changes: list[Change]


def table(sheet: Sheet, rows: Iterable[Any], *, without: str = "") -> Table:
    """Return rows as a list shows them, one column left out where all have the same in it."""
    columns = tuple(column for column in sheet.columns if column.name != without)
    shown = [(sheet.key(row), row, [_cell(column, row) for column in columns]) for row in rows]
    return Table(columns, shown)


def _cell(column: Column, row: Any) -> Cell:
    value = getattr(row, column.name)
    value = value() if callable(value) else value
    if column.kind == "week":
        return Cell(column, in_words(value))
    if column.kind == "texts":
        missing = value and not value.get(tag())
        spoken = next((one for one in value if value[one] == said(value)), "") if missing else ""
        return Cell(column, said(value), own_name(spoken) if spoken else "")
    return Cell(column, value)


def lines(sheet: Sheet, hall: Hall, row: Any, entries: Iterable[Entry]) -> list[Line]:
    """Return what the trail says of a row, in words."""
    found = list(entries)
    people = names(entry.by_id for entry in found if entry.by_kind == "user" and entry.by_id)
    form = sheet.form(hall, row)
    brought = changes_of(row) if sheet.listed else {}
    return [
        Line(
            entry.at,
            who(entry, people),
            str(DONE.get(entry.kind.partition(".")[2], entry.kind)),
            [*changes(form, brought.get(entry.pk, entry.data.get("changes", {})))],
        )
        for entry in found
    ]


def held(form: Any, row: Any) -> dict[str, list[str]]:
    """Return what a row says now where somebody typed otherwise, by the form's fields."""
    found: dict[str, list[str]] = {}
    for name, typed in form.values.items():
        for place, label, now, _mine in _apart(form, name, plain(getattr(row, name)), plain(typed)):
            found.setdefault(place, []).append(f"{label}: {now}" if label else now)
    return found


def who(entry: Entry, people: dict[int, str]) -> str:
    """Return who did it, by name and staff number."""
    if entry.by_kind != "user" or entry.by_id is None:
        return _("the installation ({name})").format(name=entry.by_label)
    name = people.get(entry.by_id, "")
    return entry.by_label if name in ("", entry.by_label) else f"{name} ({entry.by_label})"


def changes(form: Any, told: dict[str, list[Any]]) -> Iterator[Change]:
    """Yield what changed, each with the name that a form has for it."""
    for name, (old, new) in told.items():
        for place, label, was, now in _apart(form, name, old, new):
            field = form.fields.get(place)
            words = [str(field.label) if field else "", label]
            yield Change(" · ".join(word for word in words if word), was, now)


def _apart(form: Any, name: str, old: Any, new: Any) -> Iterator[tuple[str, str, str, str]]:
    """Take a change apart: a text by its languages, a profile by its services, guidance by parts.

    Yields the form's field, what within it, and both values in words.
    """
    if name == "guide":
        for part in GUIDE:
            was, now = ((side or {}).get(part, {}) for side in (old, new))
            yield from _apart(form, f"guide_{part}", was, now)
    elif name == "week":
        was, now = (_week(side) for side in (old, new))
        yield "as_monday", "", was, now
    elif isinstance(old, dict) or isinstance(new, dict):
        before, after = old or {}, new or {}
        for key in dict.fromkeys([*before, *after]):
            if before.get(key) != after.get(key):
                was, now = (_words(form, name, side.get(key)) for side in (before, after))
                yield name, own_name(key), was, now
    elif old != new and not (old is None and new == ""):
        yield name, "", _words(form, name, old), _words(form, name, new)


def _week(week: Any) -> str:
    return "; ".join(f"{days} {hours}" for days, hours in in_words(week or {}))


def _words(form: Any, name: str, value: Any) -> str:
    """Return a value as people read it."""
    field = form.fields.get(name)
    related = field is None or isinstance(field, ModelChoiceField)  # the trail keeps its code
    choices = {} if related else dict(getattr(field, "choices", ()))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, list):
        return ", ".join(str(choices.get(one, one)) for one in value)
    if isinstance(field, DateTimeField) and isinstance(value, str):
        return f"{timezone.localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
    return str(choices.get(value, value))
