"""What a list may refer to: groups, departments, zones, services and questions of the hall."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.models import Hall
from onewindow.lists.columns import Words, Wrong, fold

LACKS: dict[str, Words] = {
    "group": _("There is no group “{it}”. Make it first, under Groups of services."),
    "department": _("There is no department “{it}”. Make it first, under Departments."),
    "zone": _("There is no zone “{it}”. Make it first, under Zones."),
    "service": _("There is no service “{it}” in this hall or in this file."),
    "question": _("There is no question “{it}”. Make it first, under Yes/no questions."),
}
READ: dict[str, Callable[[Hall], Iterable[Any]]] = {
    "group": lambda hall: hall.groups.filter(archived_at=None),
    "department": lambda hall: hall.departments.filter(archived_at=None),
    "zone": lambda hall: hall.zones.filter(archived_at=None),
    "service": lambda hall: hall.services.filter(archived_at=None),
    "question": lambda hall: hall.conditions.filter(archived_at=None),
}


class Known:
    """Read once per list; what the list itself makes is known too, once it was read."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self._kept: dict[str, tuple[dict[str, Any], dict[str, list[Any]]]] = {}

    def find(self, what: str, text: str) -> Any:
        """Return a row by its code, else by its name in any language. Raise Wrong."""
        by_code, by_name = self._of(what)
        wanted = fold(text)
        if wanted in by_code:
            return by_code[wanted]
        found = by_name.get(wanted, [])
        if len(found) > 1:
            codes = ", ".join(one.code for one in found)
            raise Wrong(
                _("“{it}” is the name of several: {codes}. Write the code."), it=text, codes=codes
            )
        if not found:
            raise Wrong(self._lacks(what, text), it=text)
        return found[0]

    def by_code(self, what: str, code: str) -> Any:
        """Return a row by its code; None when it is gone."""
        return self._of(what)[0].get(fold(code))

    def add(self, what: str, row: Any) -> None:
        """Let what follows in the list refer to a row that the list makes or brings back."""
        by_code, by_name = self._of(what)
        by_code[fold(row.code)] = row
        for name in _names(row):
            others = by_name.setdefault(fold(name), [])
            if all(one.code != row.code for one in others):
                others.append(row)

    def drop(self, what: str, row: Any) -> None:
        """Let nothing that follows refer to a row that the list archives."""
        by_code, by_name = self._of(what)
        by_code.pop(fold(row.code), None)
        for name in _names(row):
            left = [one for one in by_name.get(fold(name), []) if one.code != row.code]
            by_name[fold(name)] = left
            if not left:
                del by_name[fold(name)]

    def _of(self, what: str) -> tuple[dict[str, Any], dict[str, list[Any]]]:
        if what not in self._kept:
            self._kept[what] = ({}, {})
            for row in READ[what](self.hall):
                self.add(what, row)
        return self._kept[what]

    def _lacks(self, what: str, text: str) -> Words:
        """Return the sentence; who lost leading zeros to a spreadsheet is told so."""
        padded = padded_as(text, self._of(what)[0])
        return zeros(text, padded) if padded else LACKS[what]


def padded_as(text: str, codes: Iterable[str]) -> str:
    """Return the one code that is ``text`` with zeros before it; "" when there is none."""
    if not text.isascii() or not text.isdigit():
        return ""
    found = [code for code in codes if code != text and code.isdigit() and int(code) == int(text)]
    return found[0] if len(found) == 1 else ""


def zeros(text: str, code: str) -> str:
    """Say that a spreadsheet has dropped zeros."""
    return gettext(
        "“{it}” has lost its zeros: the hall has {code}. Format the column as text and write it so."
    ).format(it=text, code=code)


def _names(row: Any) -> list[str]:
    said = getattr(row, "name", None) or getattr(row, "question", None) or {}
    return [name for name in said.values() if name]
