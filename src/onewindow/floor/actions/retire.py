"""What of the floor may be taken out of use, and what it is asked before: archive, not delete."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from onewindow.base.action import action
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Department, Hall, Organisation
from onewindow.base.trail import By, editing
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Service
from onewindow.floor.models import Window, Zone
from onewindow.floor.queries import session_at


class ZoneHasWindows(Refused):
    """A zone with windows is in use."""

    sentence = _("{count} windows stand in this zone. Move or archive them first.")


class WindowIsOpen(Refused):
    """Somebody stands at the window."""

    sentence = _("Window {window} is open. Close it first; then it can be archived.")


class DepartmentInUse(Refused):
    """Windows or services belong to the department."""

    sentence = _("{count} windows and services belong to this department. Change them first.")


@action
def archive_zone(*, hall: Hall, row: Zone, by: By) -> None:
    """Take a zone out of use. Raise ZoneHasWindows."""
    count = row.windows.filter(archived_at=None).count()
    if count:
        raise ZoneHasWindows(count=count)
    editing.archive(hall=hall, row=row, by=by)


@action
def archive_window(*, hall: Hall, row: Window, by: By) -> None:
    """Take a window out of use. Raise WindowIsOpen when somebody stands there."""
    if session_at(row):
        raise WindowIsOpen(window=row.label)
    editing.archive(hall=hall, row=row, by=by)


@action
def save_department(
    *, hall: Hall, row: Department, values: editing.Values, by: By, seen: str = ""
) -> Department:
    """Name a department that serves in the hall; every hall where it serves learns of it."""
    department = editing.edit(hall=hall, row=row, values=values, by=by, seen=seen)
    department.halls.add(hall)
    _tell(department.halls.exclude(pk=hall.pk))
    return department


@action
def archive_department(*, hall: Hall, row: Department, by: By) -> None:
    """Take a department out of use. Raise DepartmentInUse while something belongs to it."""
    windows = Window.objects.filter(department=row, archived_at=None).count()
    count = windows + Service.objects.filter(department=row, archived_at=None).count()
    if count:
        raise DepartmentInUse(count=count)
    editing.archive(hall=hall, row=row, by=by)


@action
def save_organisation(
    *, hall: Hall, row: Organisation, values: editing.Values, by: By, seen: str = ""
) -> Organisation:
    """Name the organisation; all its halls learn of it."""
    organisation = editing.edit(hall=hall, row=row, values=values, by=by, seen=seen)
    _tell(organisation.halls.exclude(pk=hall.pk))
    return organisation


def _tell(others: Iterable[Hall]) -> None:
    for other in others:
        changed(other)
