"""Windows with their profiles: what is served at each, first and second."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import Refused
from onewindow.floor.actions.retire import WindowIsOpen
from onewindow.floor.models import Window
from onewindow.floor.queries import session_at
from onewindow.floor.states import Choice, WindowKind
from onewindow.lists.columns import Code, Column, Figure, Many, One, OneOf, YesNo, texts
from onewindow.lists.known import Known
from onewindow.lists.tables.table import IN_USE, Got, Table
from onewindow.tickets.actions.retire import WindowIsAwaited
from onewindow.tickets.queries import kept_for

LABEL = Column(
    ("label",),
    _("Label"),
    Code(8),
    _("What stands above it: at most 8 letters, figures or hyphens."),
    "5",
    needed=True,
)
ZONE = Column(
    ("zone",), _("Zone"), One("zone"), _("Its short code or its name."), "east", needed=True
)
PROFILE = {
    Choice.FIRST: Column(
        ("first",),
        _("Serves first"),
        Many("service"),
        _("Short codes of services, with commas between them."),
        "ID-01, ID-02",
    ),
    Choice.SECOND: Column(
        ("second",),
        _("Serves second"),
        Many("service"),
        _("Served when no first choice waits, or as the rules say."),
        "SOC-01",
    ),
}
MORE = (
    Column(
        ("kind",),
        _("What it is for"),
        OneOf(WindowKind, WindowKind.BUSINESS),
        "",
        WindowKind.BUSINESS.label,
    ),
    ZONE,
    Column(
        ("department",),
        _("Department"),
        One("department"),
        _("Its short code or its name."),
        "PSB",
    ),
    Column(("accessible",), _("Can be reached by wheelchair"), YesNo(), "", _("yes")),
    Column(("position",), _("Place in the order"), Figure(), "", "5"),
)


class Windows(Table):
    """The windows of the hall."""

    name = "windows"
    title = _("Windows")
    model = Window
    beside = frozenset({"serves"})

    def columns(self, hall: Hall) -> tuple[Column, ...]:
        spoken = tuple(hall.languages) or ("zh-Hans",)
        name = texts(("name",), _("Name"), spoken, about=_("May stay empty."))
        return (LABEL, *name, *MORE, *PROFILE.values(), IN_USE)

    def rows(self, hall: Hall) -> Iterable[Window]:
        rows = hall.windows.select_related("zone", "department")
        return rows.prefetch_related("profile__service").order_by("position", "pk")

    def key(self, row: Any) -> str:
        return str(row.label)

    def cell(self, row: Any, column: Column) -> Any:
        for choice, one in PROFILE.items():
            if column == one:
                return [code for code, held in _serves(row).items() if held == choice]
        return super().cell(row, column)

    def gather(self, row: Any, got: Got) -> dict[str, Any]:
        """Put both columns together; a service in both is a first choice."""
        values = super().gather(row, got)
        typed = {choice: values.pop(one.path[0], None) for choice, one in PROFILE.items()}
        if any(given is not None for given in typed.values()):
            serves: dict[str, int] = {}
            for choice in (Choice.SECOND, Choice.FIRST):
                given = typed[choice]
                codes = (
                    [one.code for one in given]
                    if given is not None
                    else [code for code, held in _serves(row).items() if held == choice]
                )
                serves |= dict.fromkeys(codes, int(choice))
            values["serves"] = dict(sorted(serves.items()))
        return values

    def now(self, row: Any, name: str) -> Any:
        return _serves(row) if name == "serves" else super().now(row, name)

    def holds(self, row: Any) -> Refused | None:
        count = kept_for(row)
        if count:
            return WindowIsAwaited(count=count, window=row.label)
        return WindowIsOpen(window=row.label) if session_at(row) else None

    def related(self, name: str) -> str:
        return name if name in ("zone", "department") else ""

    def value(self, name: str, kept: Any, known: Known) -> Any:
        return kept or {} if name == "serves" else super().value(name, kept, known)

    def label(self, row: Any) -> str:
        return f"{row.label} {row.name.get('zh-Hans') or ''}".strip()[:200]


def _serves(row: Any) -> dict[str, int]:
    """Return the profile of a window in services that are in use, by their codes."""
    if row.pk is None:
        return {}
    lines = [one for one in row.profile.all() if one.service.archived_at is None]
    return {one.service.code: one.choice for one in sorted(lines, key=lambda o: o.service.code)}


WINDOWS = Windows()
