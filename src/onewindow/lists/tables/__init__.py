"""Which lists there are, and the tables that each file of them holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from onewindow.accounts.access import Can
from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import NotFound
from onewindow.lists.columns import Words
from onewindow.lists.tables.offered import SERVICES
from onewindow.lists.tables.papers import PAPERS
from onewindow.lists.tables.questions import QUESTIONS
from onewindow.lists.tables.staff import STAFF
from onewindow.lists.tables.table import Table
from onewindow.lists.tables.windows import WINDOWS

SET_UP = frozenset({Can.SET_UP})


@dataclass(frozen=True)
class Listed:
    """A list that comes and goes. Its first table is what it is called after.

    A CSV holds the first one only; a workbook a sheet for each. They are read in ``order``, so
    that papers find the services and questions that the same file makes.
    """

    tables: tuple[Table, ...]
    can: frozenset[Can]  # one of these opens it
    icon: str
    of_people: bool = False  # what was brought is seen by whoever brought it, and written by verbs

    def for_person(self, hall: Hall, person: int | None) -> "Listed":
        """Return the list as one person may change it."""
        return replace(self, tables=tuple(one.for_person(hall, person) for one in self.tables))

    @property
    def name(self) -> str:
        """What stands for it in an address: as in set-up."""
        return self.tables[0].name

    @property
    def title(self) -> Words:
        """What it is called."""
        return self.tables[0].title

    @property
    def order(self) -> tuple[Table, ...]:
        """The tables, what is referred to first."""
        return tuple(sorted(self.tables, key=lambda table: table.after))


KINDS: Mapping[str, Listed] = {
    one.name: one
    for one in (
        Listed((SERVICES, PAPERS, QUESTIONS), SET_UP, "list-checks"),
        Listed((PAPERS,), SET_UP, "file-text"),
        Listed((QUESTIONS,), SET_UP, "circle-question-mark"),
        Listed((WINDOWS,), SET_UP, "app-window"),
        Listed((STAFF,), frozenset({Can.PEOPLE, Can.ROLES}), "users", of_people=True),
    )
}
TABLES: Mapping[str, Table] = {table.name: table for one in KINDS.values() for table in one.tables}


def list_named(name: str) -> Listed:
    """Return a list by what stands for it in an address. Raise NotFound."""
    if name not in KINDS:
        raise NotFound
    return KINDS[name]
