"""Roles as a cell has them: ``clerk (East Lake Hall, Public security); guide (all halls)``.

Kept, and compared, is a list of marks: ``clerk@east-lake/POL``, ``guide@*``.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import Membership
from onewindow.accounts.states import Role
from onewindow.base.halls.models import Department, Hall
from onewindow.lists.columns import SPOKEN, Kind, Wrong, fold, narrow, spellings

EVERYWHERE = "*"
ENTRIES = re.compile(r"[;；\n]+")
ENTRY = re.compile(r"(?P<role>[^()]+?)\s*(?:\((?P<where>.*)\))?")
PARTS = re.compile(r"[,，、]")
SIGNS = re.compile(r"[,，、;；()（）\n]")  # a name with one of them is written as its code
ALL_HALLS = _("all halls")


class Mark(NamedTuple):
    """A role, the slug of its hall or ``*``, and the code of a department or nothing."""

    role: str
    hall: str
    department: str

    def __str__(self) -> str:
        return f"{self.role}@{self.hall}" + (f"/{self.department}" if self.department else "")


def mark(text: str) -> Mark:
    """Return what a kept mark says."""
    role, _at, where = text.partition("@")
    hall, _slash, department = where.partition("/")
    return Mark(role, hall, department)


def marks(members: Iterable[Membership]) -> list[str]:
    """Return the roles that somebody holds; halls and departments are at hand."""
    return sorted(
        str(
            Mark(
                one.role,
                one.hall.slug if one.hall else EVERYWHERE,
                one.department.code if one.department else "",
            )
        )
        for one in members
    )


class Places:
    """Halls and departments, read once."""

    def __init__(self) -> None:
        self.halls = {one.slug: one for one in Hall.objects.filter(archived_at=None)}
        departments = Department.objects.filter(archived_at=None).prefetch_related("halls")
        self.departments = {one.code: one for one in departments}
        self._halls = _named((one.slug, one) for one in self.halls.values())
        self._departments = _named((one.code, one) for one in self.departments.values())
        self._all = {fold(EVERYWHERE)}
        for language in SPOKEN:
            with translation.override(language):
                self._all.add(fold(str(ALL_HALLS)))

    def hall(self, text: str) -> str:
        """Return the slug of a hall, ``*`` for all; "" when there is none of this name."""
        if fold(text) in self._all:
            return EVERYWHERE
        found = self._halls.get(fold(text))
        return found.slug if found else ""

    def department(self, text: str) -> Department:
        """Return a department. Raise Wrong."""
        found = self._departments.get(fold(text))
        if found is None:
            raise Wrong(_("“{it}” is neither a hall nor a department."), it=text)
        return found  # type: ignore[no-any-return]  # a department


def _named(rows: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return rows by their codes and their names; a name of two is the name of none."""
    kept = list(rows)
    names: dict[str, set[str]] = {}
    for code, row in kept:
        for name in filter(None, row.name.values()):
            names.setdefault(fold(name), set()).add(code)
    by_code = dict(kept)
    found = {name: by_code[min(codes)] for name, codes in names.items() if len(codes) == 1}
    return found | {fold(code): row for code, row in kept}


class Roles(Kind):
    """Roles with where they count. Without a hall, this one is meant."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    @cached_property
    def places(self) -> Places:
        """Halls and departments, read when the first cell asks."""
        return Places()

    @cached_property
    def _spelt(self) -> dict[str, str]:
        return spellings(Role)

    def read(self, text: str, known: Any) -> list[str]:
        found = [self._entry(narrow(one)) for one in ENTRIES.split(text) if one.strip()]
        seen: set[tuple[str, str]] = set()
        for one in found:
            if one[:2] in seen:
                raise Wrong(_("“{it}” stands here twice for the same hall."), it=_role(one.role))
            seen.add(one[:2])
        return sorted(map(str, found))

    def _entry(self, text: str) -> Mark:
        match = ENTRY.fullmatch(text)
        role = self._spelt.get(fold(match["role"])) if match else None
        if match is None or role is None:
            words = ", ".join(str(label) for _value, label in Role.choices)
            said = match["role"] if match else text
            raise Wrong(_("“{it}” is none of these: {words}."), it=said, words=words)
        return Mark(role, *self._where(match["where"] or ""))

    def _where(self, text: str) -> tuple[str, str]:
        """Return hall and department of what stands in brackets."""
        hall, department = "", None
        for part in filter(None, map(str.strip, PARTS.split(text))):
            named = "" if hall else self.places.hall(part)
            if named:
                hall = named
            elif department is None:
                department = self.places.department(part)
            else:
                raise Wrong(_("“{it}” is neither a hall nor a department."), it=part)
        hall = hall or self._hall.slug
        if department is None:
            return hall, ""
        if hall not in {EVERYWHERE, *(one.slug for one in department.halls.all())}:
            raise Wrong(_("“{it}” does not serve in that hall."), it=department)
        return hall, department.code

    def show(self, value: Any) -> str | int:
        between = "；" if (translation.get_language() or "").startswith("zh") else "; "
        return between.join(self._said(mark(one)) for one in value or ())

    def _said(self, one: Mark) -> str:
        hall = str(ALL_HALLS) if one.hall == EVERYWHERE else _name(self.places.halls, one.hall)
        told = {"role": _role(one.role), "hall": hall}
        if not one.department:
            return gettext("{role} ({hall})").format(**told)
        told["department"] = _name(self.places.departments, one.department)
        return gettext("{role} ({hall}, {department})").format(**told)


def _role(value: str) -> str:
    return str(Role(value).label)


def _name(rows: dict[str, Any], code: str) -> str:
    """Return a name that can be read again, else the code."""
    name = str(rows[code]) if code in rows else ""
    twice = sum(str(one) == name for one in rows.values()) > 1
    return code if not name or twice or SIGNS.search(name) else name
