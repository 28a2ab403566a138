"""Which tickets an export is limited to: a department's, a zone's, a window's, a kind of window's.

A department's tickets are those of its services; the others are those called at such a window, so
that who left before a call is in none of them.
"""

from typing import Any

from django.utils.translation import gettext as _

from onewindow.accounts.scope import EVERYTHING, Scope
from onewindow.base.halls.models import Hall
from onewindow.floor.queries import windows
from onewindow.floor.states import WindowKind

BY = {
    "department": "service__department__code",
    "zone": "window__zone__code",
    "window": "window__label",
    "kind": "window__kind",
}


def filters(limit: str) -> dict[str, Any]:
    """Return what rows are filtered by; nothing where the whole hall is asked for."""
    kind, _colon, value = limit.partition(":")
    return {BY[kind]: value} if kind in BY else {}


def choices(hall: Hall, scope: Scope = EVERYTHING) -> list[tuple[str, Any]]:
    """Return what may be chosen, in groups, as a form's field takes it. Two queries at most.

    Whose role is for departments chooses among these; the whole hall is not offered to them.
    """
    if scope.departments is not None:
        mine = hall.departments.filter(pk__in=scope.departments).order_by("code")
        return [(f"department:{one.code}", str(one)) for one in mine]
    plan = windows(hall)
    zones = {one.zone.code: str(one.zone) for one in plan}
    kinds = {one.kind: str(WindowKind(one.kind).label) for one in plan}
    departments = {one.code: str(one) for one in hall.departments.filter(archived_at=None)}
    labels = {one.label: _("Window {name}").format(name=one.label) for one in plan}
    groups = (
        (_("Department"), "department", departments),
        (_("Zone"), "zone", zones),
        (_("Kind of window"), "kind", kinds),
        (_("Window"), "window", labels),
    )
    found: list[tuple[str, Any]] = [("", _("the whole hall"))]
    for title, name, rows in groups:
        found.append((title, [(f"{name}:{key}", words) for key, words in rows.items()]))
    return [one for one in found if one[1]]
