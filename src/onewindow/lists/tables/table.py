"""What all tables have in common: rows of a model, found by a key, filled from columns."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.models import Hall
from onewindow.base.trail.editing import plain
from onewindow.base.web.refused import Refused
from onewindow.lists.columns import Column, Words, YesNo
from onewindow.lists.known import Known
from onewindow.lists.states import Did

IN_USE = Column(
    ("in_use",),
    _("In use"),
    YesNo(empty=True),
    _("no: it is archived. A row that is missing in the file is left as it is."),
    _("yes"),
)
Got = Mapping[Column, Any]


class Table:
    """Rows of one model of the hall. ``referred`` is what other tables call them, if they do."""

    name: ClassVar[str]
    title: ClassVar[Words]
    model: ClassVar[type[models.Model]]
    after: ClassVar[int] = 0
    referred: ClassVar[str] = ""
    absent: ClassVar[Words] = _("It is not there, so it cannot be archived.")
    beside: ClassVar[frozenset[str]] = frozenset()  # values that are no fields of the row

    def columns(self, hall: Hall) -> tuple[Column, ...]:
        """Return the columns, as a file has them."""
        raise NotImplementedError

    def keys(self, hall: Hall) -> tuple[Column, ...]:
        """Return the columns without which nobody knows what a row speaks of."""
        return self.columns(hall)[:1]

    def rows(self, hall: Hall) -> Iterable[Any]:
        """Return all rows of the hall, the archived ones too, in their order."""
        raise NotImplementedError

    def index(self, hall: Hall) -> dict[str, Any]:
        """Return the rows by their keys."""
        return {self.key(row): row for row in self.rows(hall)}

    def key(self, row: Any) -> str:
        """Return what a row is known by."""
        return str(row.code)

    def key_of(self, got: Got, hall: Hall) -> str:
        """Return what a line of a file speaks of; "" when that is nothing."""
        return str(got[self.keys(hall)[0]])

    def blank(self, hall: Hall) -> Any:
        """Return a new row, not saved."""
        return self.model(hall=hall)

    def cell(self, row: Any, column: Column) -> Any:
        """Return the value of a row in a column."""
        if column == IN_USE:
            return not self.archived(row)
        value = getattr(row, column.path[0])
        for part in column.path[1:]:
            value = (value or {}).get(part, "")
        return value

    def gather(self, row: Any, got: Got) -> dict[str, Any]:
        """Return the new values of a row's fields; what has no column stays as it is."""
        values: dict[str, Any] = {}
        for column, value in got.items():
            name, *parts = column.path
            if column == IN_USE or column.path == ("number",):
                continue
            if not parts:
                values[name] = value
                continue
            if name not in values:
                values[name] = deepcopy(getattr(row, name)) or {}
            _put(values[name], parts, value)
        return values

    def now(self, row: Any, name: str) -> Any:
        """Return how a field stands, as the trail keeps it."""
        return plain(getattr(row, name))

    def for_person(self, hall: Hall, person: int | None) -> "Table":
        """Return the table as one person may change it: only of people does it matter."""
        return self

    def archived(self, row: Any) -> bool:
        """Say whether a row is out of use."""
        return row.archived_at is not None

    def may(self, row: Any, did: Did, changes: Mapping[str, list[Any]]) -> None:
        """Raise Wrong when who brings the list may not do this to a row."""

    def holds(self, row: Any) -> Refused | None:
        """Return why a row cannot be archived now; None when it can."""
        return None

    def label(self, row: Any) -> str:
        """Return what a row is called."""
        return f"{self.key(row)} {row}".strip()[:200]

    def related(self, name: str) -> str:
        """Return what a field refers to, of ``Known``; "" for a plain field."""
        return ""

    def value(self, name: str, kept: Any, known: Known) -> Any:
        """Return a field's value from what the trail keeps of it."""
        what = self.related(name)
        return known.by_code(what, kept) if what and kept else kept


def _put(texts: dict[str, Any], parts: list[str], value: str) -> None:
    """Set a text within a text; an empty one is left out."""
    first, *rest = parts
    if rest:
        inner = texts.setdefault(first, {})
        _put(inner, rest, value)
        if not inner:
            del texts[first]
    elif value:
        texts[first] = value
    else:
        texts.pop(first, None)
