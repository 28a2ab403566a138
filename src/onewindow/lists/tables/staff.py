"""The people who work here. They are changed by the verbs of accounts, never by this room.

People and roles are two permissions (decision 0016): who brings a list sees in its preview what is
not theirs to change, and what those verbs would refuse.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from onewindow.accounts import queries, standing
from onewindow.accounts.access import GRANTS, Can, granted
from onewindow.accounts.actions.people import Oneself, StandsAtWindow
from onewindow.accounts.actions.roles import (
    LASTING,
    AuditStandsAlone,
    OneEach,
    OwnRole,
    TooManyHalls,
    last_of_them,
)
from onewindow.accounts.models import Membership, User
from onewindow.accounts.reach import WorksElsewhere
from onewindow.accounts.rules import Apart, apart
from onewindow.accounts.states import Role
from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import Refused
from onewindow.lists.columns import Code, Column, Language, Short, Words, Wrong, YesNo
from onewindow.lists.roles import Roles, mark, marks
from onewindow.lists.states import Did
from onewindow.lists.tables.table import Table

NUMBER = Column(
    ("staff_number",),
    _("Staff number"),
    Code(20),
    _("It signs in, and stands in the history for ever."),
    "0301",
    needed=True,
)
NAME = Column(
    ("name",),
    _("Badge name"),
    Short(60),
    _("What visitors read at the window."),
    _("Window 3"),
    needed=True,
)
ACTIVE = Column(
    ("in_use",),
    _("May sign in"),
    YesNo(empty=True),
    _("no: switched off. Nobody is ever deleted."),
    _("yes"),
)
ABOUT_ROLES = _(
    "Role (hall or all halls, department), with semicolons between them. Without a hall, this one."
)
NOT_PEOPLE = _("Only a system administrator makes, changes and switches people.")
NOT_ROLES = _(
    "Only a security administrator gives and takes roles. Leave this cell as it was, and of a new "
    "person empty; they bring the same list afterwards."
)


class Staff(Table):
    """People, as one person may change them; nobody's where no person is named."""

    name = "staff"
    title = _("Staff")
    model = User
    beside = frozenset({"roles"})
    absent = _("Nobody has this staff number, so there is nobody to switch off.")

    def __init__(self, hall: Hall | None = None, person: int | None = None) -> None:
        self.hall, self.person = hall, person
        self.can: frozenset[Can] = frozenset()
        self.everywhere: frozenset[Can] = frozenset()
        self.strangers: set[str] = set()
        self.staff = 0
        user = User.objects.filter(pk=person, is_active=True).first() if person else None
        if user is not None and hall is not None:
            self.can = granted(queries.roles(user, hall))
            wide = {Can.PEOPLE, Can.ROLES}
            self.everywhere = frozenset(can for can in wide if _everywhere(user, can))
            seen = self._seen(hall).values_list("staff_number", flat=True)
            self.strangers = {*User.objects.values_list("staff_number", flat=True)} - {*seen}
            self.staff = User.objects.filter(is_active=True).count()

    def for_person(self, hall: Hall, person: int | None) -> "Staff":
        return Staff(hall, person)

    def columns(self, hall: Hall) -> tuple[Column, ...]:
        language = Column(
            ("language",),
            _("Language of the pages"),
            Language(settings.LANGUAGES),
            _("Empty: as the hall."),
            "简体中文",
        )
        roles = Column(("roles",), _("Roles"), Roles(hall), ABOUT_ROLES, _("clerk (all halls)"))
        return NUMBER, NAME, language, ACTIVE, roles

    def rows(self, hall: Hall) -> Iterable[User]:
        return queries.with_roles(self._seen(hall))

    def _seen(self, hall: Hall) -> Any:
        return queries.people(hall, everybody=bool(self.everywhere))

    def key(self, row: Any) -> str:
        return str(row.staff_number)

    def blank(self, hall: Hall) -> User:
        return User()

    def archived(self, row: Any) -> bool:
        return not row.is_active

    def cell(self, row: Any, column: Column) -> Any:
        return marks(row.held) if column.path == ("roles",) else super().cell(row, column)

    def now(self, row: Any, name: str) -> Any:
        return marks(_held(row)) if name == "roles" else super().now(row, name)

    def may(self, row: Any, did: Did, changes: Mapping[str, list[Any]]) -> None:
        """Raise Wrong, with the column, for what is not theirs to change."""
        if row.pk is None and row.staff_number in self.strangers:
            raise Wrong(_("Somebody in another hall has this staff number."))
        if did != Did.CHANGED or changes.keys() - {"roles"}:
            self._may_people(row)
        if "roles" in changes:
            try:
                self._may_roles(row, *changes["roles"])
            except Refused as no:
                raise _at_roles(str(no)) from None

    def _may_people(self, row: User) -> None:
        if Can.PEOPLE not in self.can:
            raise Wrong(NOT_PEOPLE)
        elsewhere = any(one.hall != self.hall for one in _held(row))
        if elsewhere and Can.PEOPLE not in self.everywhere:
            raise Wrong(str(WorksElsewhere(name=row.name)))

    def _may_roles(self, row: User, old: list[str] | None, new: list[str] | None) -> None:
        """Raise what the verbs would: of roles that are given, and that are taken."""
        before, after = set(map(mark, old or ())), set(map(mark, new or ()))
        if Can.ROLES not in self.can:
            raise _at_roles(NOT_ROLES)
        if row.pk == self.person:
            raise OwnRole
        here = self.hall.slug if self.hall else ""
        if Can.ROLES not in self.everywhere and any(one.hall != here for one in before ^ after):
            raise TooManyHalls
        lost = {one[:2] for one in before} - {one[:2] for one in after}
        held = {Role(one.role) for one in before if one[:2] not in lost or one.role in LASTING}
        for one in sorted(after - before):
            self._may_hold(row, Role(one.role), held)
            held.add(Role(one.role))
        losing = [one for one in _held(row) if mark(*marks([one]))[:2] in lost]
        no = last_of_them(user=row, losing=losing) if losing else None
        if no is not None:
            raise no

    def _may_hold(self, row: User, role: Role, held: set[Role]) -> None:
        below = settings.ONE_ADMINISTRATOR_BELOW
        no = apart(role, held, small=self.staff < below)
        if no == Apart.AUDIT:
            raise AuditStandsAlone(name=row.name)
        if no == Apart.SIZE:
            raise OneEach(below=below, staff=self.staff)

    def holds(self, row: Any) -> Refused | None:
        """Return why a person cannot be switched off."""
        if row.pk == self.person:
            return Oneself()
        window = standing.plan().window_of(row)
        if window:
            return StandsAtWindow(name=row.name, window=window)
        lasting = [one for one in _held(row) if one.role in LASTING]
        return last_of_them(user=row, losing=_held(row)) if lasting else None

    def label(self, row: Any) -> str:
        number, name = str(row.staff_number), str(row.name)
        return number if name == number else f"{number} {name}"


def _at_roles(sentence: Words) -> Wrong:
    return Wrong(sentence).at(Column(("roles",), _("Roles"), Short(0)))


def _held(row: User) -> list[Membership]:
    """Return the roles that were read with a person; who is new has none."""
    return getattr(row, "held", [])


def _everywhere(user: User, can: Can) -> bool:
    held = [role for role, allowed in GRANTS.items() if can in allowed]
    return queries.administers_everywhere(user, *held)


STAFF = Staff()
