"""Take a service or a window out of use: not while somebody waits for it."""

from django.utils.translation import gettext_lazy as _

from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By, editing
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Service
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.tickets import queries
from onewindow.tickets.models import RuleException


class ServiceIsAwaited(Refused):
    """Visitors hold numbers for the service."""

    sentence = _(
        "{count} visitors hold a number for {service} now. Serve them or move them to another "
        "service first; then it can be archived."
    )


class WindowIsAwaited(Refused):
    """Visitors wait for this one window."""

    sentence = _("{count} visitors wait for window {window} alone. Move them first.")


class ExceptionStands(Refused):
    """A kind of window or a service has one exception from the rules."""

    sentence = _("Another exception for {what} is in use. Change that one, or archive it first.")


@action
def restore_exception(*, hall: Hall, row: RuleException, by: By) -> None:
    """Bring an exception from the rules back into use. Raise ExceptionStands."""
    others = RuleException.objects.filter(hall=hall, archived_at=None).exclude(pk=row.pk)
    if others.filter(kind=row.kind, service=row.service_id).exists():
        raise ExceptionStands(what=row)
    editing.restore(hall=hall, row=row, by=by)


@action
def archive_service(*, hall: Hall, row: Service, by: By) -> None:
    """Offer a service no more. Raise ServiceIsAwaited while somebody holds a number for it."""
    count = queries.held_for(row)
    if count:
        raise ServiceIsAwaited(count=count, service=row)
    editing.archive(hall=hall, row=row, by=by)


@action
def archive_window(*, hall: Hall, row: Window, by: By) -> None:
    """Take a window out of use. Raise WindowIsAwaited, or WindowIsOpen."""
    count = queries.kept_for(row)
    if count:
        raise WindowIsAwaited(count=count, window=row.label)
    floor.archive_window(hall=hall, row=row, by=by)
