"""What a page may reach of the floor: a window, within how far the role of who asks reaches."""

from django.utils.translation import gettext_lazy as _

from onewindow.accounts.requests import Entered
from onewindow.base.web.refused import Forbidden
from onewindow.floor.models import Window
from onewindow.floor.queries import window_by_label


class NotYourDepartment(Forbidden):
    """The role was given for another department."""

    sentence = _("This belongs to another department. Your role is for your own.")


def my_department(request: Entered, department: int | None) -> None:
    """Raise NotYourDepartment where the role of who asks does not reach a department."""
    if not request.scope.covers(department):
        raise NotYourDepartment


def window_of(request: Entered, label: str) -> Window:
    """Return a window that the role of who asks reaches. Raise UnknownWindow, NotYourDepartment."""
    window = window_by_label(request.hall, label)
    my_department(request, window.department_id)
    return window
