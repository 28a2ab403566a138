"""How far a role reaches: the whole hall, or what belongs to a department and to none.

A role that was given for a department allows what it allows at that department's windows and
services and at those that belong to no department. What concerns the whole hall it does not
allow: see ``WHOLE_HALL`` in ``access``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from onewindow.accounts.states import Role


@dataclass(frozen=True)
class Held:
    """A role that somebody holds in a hall, and the id of the department it was given for."""

    role: Role
    department: int | None = None


@dataclass(frozen=True)
class Scope:
    """The ids of the departments that a permission reaches; None: the whole hall."""

    departments: frozenset[int] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it reaches everything."""
        return self.departments is None

    def covers(self, department: int | None) -> bool:
        """Say whether it reaches what belongs to a department, or to none."""
        return self.departments is None or department is None or department in self.departments

    def rows(self, path: str) -> Q:
        """Return the filter of rows that it reaches, by the path to their department."""
        if self.departments is None:
            return Q()
        return Q(**{f"{path}__in": self.departments}) | Q(**{path: None})


EVERYTHING = Scope()


def together(held: Iterable[Held]) -> Scope:
    """Return how far several roles reach together."""
    departments = {one.department for one in held}
    if None in departments:
        return EVERYTHING
    return Scope(frozenset(one for one in departments if one is not None))
