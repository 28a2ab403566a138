"""Entries as people read them: lines of a list, one in full, rows of a file."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from onewindow.accounts.queries import names
from onewindow.accounts.states import Role
from onewindow.base.halls.models import Hall
from onewindow.base.halls.words import word
from onewindow.base.trail.models import Entry, Verification
from onewindow.base.trail.verify import Trouble
from onewindow.desks.setup.shown import NOTHING, Change, changes, who
from onewindow.desks.setup.tables import parts
from onewindow.desks.trail import words
from onewindow.desks.trail.queries import row_of

HEADINGS = (
    *("行号 Row", "时间 Time", "事件 Kind", "对象 Thing", "编号 Number", "动作 Done"),
    *("操作人编号 Who", "操作人 Name", "途径 Through", "网络地址 Network address", "内容 Data"),
)


class Line(NamedTuple):
    """One entry, in words."""

    entry: Entry
    at: datetime
    thing: str
    done: str
    who: str
    door: str


def lines(found: Iterable[Entry]) -> list[Line]:
    """Return entries in words. One statement for the names of who did them."""
    entries = list(found)
    people = names(one.by_id for one in entries if one.by_kind == "user" and one.by_id)
    return [
        Line(
            one,
            one.at,
            words.thing(one.kind),
            words.done(one.kind),
            _who(one, people),
            str(words.DOORS.get(one.via, one.via)),
        )
        for one in entries
    ]


def cells(line: Line, zone: Any) -> list[str]:
    """Return an entry as the row of a file."""
    one = line.entry
    data = json.dumps(one.data, ensure_ascii=False, sort_keys=True) if one.data else ""
    at = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    head = [str(one.pk), at, one.kind, line.thing, one.label, line.done]
    return [*head, one.by_label, line.who, line.door, one.address, data]


def changed(hall: Hall, entry: Entry) -> list[Change]:
    """Return what was, and what it became, with the names that the set-up has for them."""
    told = entry.data.get("changes")
    if not isinstance(told, dict):
        return []
    pairs = {
        name: both if isinstance(both, list) and len(both) == 2 else [None, both]  # old and new
        for name, both in told.items()
    }
    return [
        one if one.label else one._replace(label=NOTHING)
        for one in changes(_form(hall, entry), pairs)
    ]


def told(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what else an entry keeps, each with its name."""
    for name, value in entry.data.items():
        if name != "changes":
            yield str(words.FIELDS.get(name, name)), _plain(name, value)


def troubles(verification: Verification | None) -> list[Trouble]:
    """Return what the last verification found."""
    return [Trouble(*one) for one in verification.found] if verification else []


def _plain(name: str, value: Any) -> str:
    if name == "role" and value in set(Role):
        return str(Role(value).label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, list):
        return ", ".join(_plain("", one) for one in value)
    if isinstance(value, dict):
        said = ((str(words.FIELDS.get(key, key)), _plain(key, one)) for key, one in value.items())
        return "; ".join(f"{key}: {one}" for key, one in said)
    return str(value)


def _who(entry: Entry, people: dict[int, str]) -> str:
    if entry.by_kind in ("user", "job"):
        return who(entry, people)
    return entry.by_label or (word("visitor") if entry.by_kind == "visitor" else entry.by_kind)


def _form(hall: Hall, entry: Entry) -> Any:
    """Return the form of what is set up, for the names of its fields; else one that names them."""
    for sheet in (sheet for part in parts() for sheet in part.sheets):
        meta = getattr(sheet.form, "_meta", None)
        if meta and meta.model._meta.label_lower == entry.subject:
            row = row_of(entry)
            if row is not None and entry.kind != "policy.changed":
                return sheet.form(hall, row)
    form = forms.Form()
    form.fields = {
        name: forms.CharField(label=words.FIELDS.get(name, name)) for name in entry.data["changes"]
    }
    return form
