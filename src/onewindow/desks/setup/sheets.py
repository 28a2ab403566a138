"""A sheet: one kind of thing that is set up, and all that its pages ask of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from onewindow.accounts.access import Can
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.halls.text import TextField
from onewindow.base.trail import editing
from onewindow.base.trail.models import Entry
from onewindow.base.trail.queries import history
from onewindow.base.web.refused import NotFound
from onewindow.lists.queries import entries_of, touched

Words = str | Promise
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Column:
    """A column of a list: its words, and the name of the row that it shows."""

    label: Words
    name: str
    kind: str = "text"  # how it is shown: text | texts | figure | tick | when | day


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Rows of a hall. ``rows(hall)`` finds them, the archived ones too; ``blank`` begins one."""

    name: str  # in the address
    title: Words
    one: Words  # "New zone"
    icon: str
    form: Any
    rows: Callable[[Hall], Any]
    blank: Callable[[Hall], Any]
    columns: tuple[Column, ...] = ()
    search: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    order: tuple[str, ...] = ("position", "pk")
    about: Words = ""
    can: Can = Can.SET_UP
    keep: Callable[..., Any] = editing.edit
    archive: Callable[..., None] | None = editing.archive
    restore: Callable[..., None] = editing.restore
    parts: tuple[str, ...] = ()  # sheets whose rows belong to one of these ...
    belongs: str = ""  # ... by a field of this name
    called: Callable[[Any], Words] = str  # a row, above its page
    layout: str = "desks/setup/_fields.html"
    makes: bool = True  # new ones may be made here
    prints: str = ""  # the page that prints all rows in use
    beside: str = ""  # a page that goes with the list, by the name of its address
    listed: bool = False  # comes and goes as a file too, under the same name

    @property
    def archives(self) -> bool:
        """Whether its rows can be taken out of use."""
        return self.archive is not None

    @property
    def model(self) -> type[Model]:
        """What its rows are."""
        return self.form._meta.model  # type: ignore[no-any-return]  # of a model's form

    def row(self, hall: Hall, key: str) -> Any:
        """Return a row by what stands for it in an address. Raise NotFound."""
        found = self.rows(hall).filter(pk=int(key)).first() if key.isdecimal() else None
        if found is None:
            raise NotFound
        return found

    def key(self, row: Any) -> str:
        """Return what stands for a row in an address; "" for one that is not saved yet."""
        return str(row.pk or "")

    def named(self, row: Any) -> str:
        """Return what a row is called above its page."""
        return str(self.called(row))

    def found(self, hall: Hall, asked: Mapping[str, str]) -> Rows:
        """Return the rows that answer a search and the filters."""
        rows: Rows = self.rows(hall).order_by(*self.order)
        if hasattr(self.model, "archived_at"):
            rows = rows.filter(archived_at__isnull=asked.get("state") != "archived")
        for name in self.filters:
            if asked.get(name):
                rows = rows.filter(**{name: asked[name]})
        words = asked.get("q", "").strip()
        return rows.filter(self._search(hall, words)) if words else rows

    def history(self, hall: Hall, row: Any) -> QuerySet[Entry]:
        """Return who changed what, the newest first."""
        own = history(row, hall=hall.pk)
        lines = touched(row._meta.label_lower, row.pk) if self.listed else ()
        return (
            (own | Entry.objects.filter(entries_of(lines))).order_by("-pk")
            if lines
            else own.reverse()
        )

    def count(self, hall: Hall) -> int | None:
        """Return how many are in use; None where that says nothing."""
        return self.found(hall, {}).count()

    def _search(self, hall: Hall, words: str) -> Q:
        wanted = Q()
        for name in self.search:
            if isinstance(self.model._meta.get_field(name), TextField):
                for language in hall.languages:
                    wanted |= Q(**{f"{name}__{language}__icontains": words})
            else:
                wanted |= Q(**{f"{name}__icontains": words})
        return wanted


@dataclass(frozen=True, kw_only=True)
class Only(Sheet):
    """What there is one of: the hall itself, its organisation."""

    archive: Callable[..., None] | None = None
    makes: bool = False
    find: Callable[[Hall], Any]

    def row(self, hall: Hall, key: str) -> Any:
        """Return the one there is."""
        if key != "it":
            raise NotFound
        return self.find(hall)

    def key(self, row: Any) -> str:
        return "it"

    def count(self, hall: Hall) -> int | None:
        return None


@dataclass(frozen=True, kw_only=True)
class Rules(Only):
    """A room's settings: a frozen dataclass, versioned."""

    kind: type

    def named(self, row: Any) -> str:
        return str(self.title)

    def history(self, hall: Hall, row: Any) -> QuerySet[Entry]:
        rows = history(hall, hall=hall.pk).filter(kind="policy.changed", label=self.kind.__name__)
        return rows.reverse()


def rules(kind: Any, form: Any, can: Can) -> Rules:
    """Return the sheet of a room's settings."""
    return Rules(
        name=getattr(kind, "page", kind.__name__.removesuffix("Policy").lower() + "-rules"),
        title=kind.title,
        one="",
        icon=kind.icon,
        form=form,
        rows=_none,
        blank=_none,
        can=can,
        keep=_settle,
        find=lambda hall: policy(hall, kind),
        kind=kind,
    )


def _settle(*, hall: Hall, row: Any, values: Mapping[str, Any], by: Any, seen: str = "") -> Any:
    value = type(row)(**values)
    editing.settle(hall=hall, value=value, by=by, seen=seen)
    return value


def _none(_hall: Hall) -> Any:
    raise NotFound


@dataclass(frozen=True)
class Part:
    """Sheets that stand together on the first page."""

    title: Words
    sheets: Sequence[Sheet] = field(default_factory=tuple)


def open_to(parts: Iterable[Part], can: frozenset[Can]) -> list[Part]:
    """Return what somebody with these permissions may set up."""
    mine = [Part(one.title, [s for s in one.sheets if s.can in can]) for one in parts]
    return [one for one in mine if one.sheets]
