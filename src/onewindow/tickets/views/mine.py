"""Whose window it is: a clerk works at their own."""

from django.utils.translation import gettext_lazy as _

from onewindow.accounts.requests import Signed
from onewindow.base.web.refused import Refused
from onewindow.floor.models import Session, Window
from onewindow.floor.queries import session_of, window_by_label


class NotYourWindow(Refused):
    """A clerk works at the window that they opened."""

    sentence = _("You do not stand at window {window}. Open it first.")


def my_session(request: Signed, label: str) -> Session | None:
    """Return my session when I stand at this window; None when I do not. The plan's own window."""
    window = window_by_label(request.hall, label)
    session = session_of(request.user)
    if session is None or session.window_id != window.pk:
        return None
    session.window = window
    return session


def my_window(request: Signed, label: str) -> Window:
    """Return the window where I stand. Raise NotYourWindow."""
    session = my_session(request, label)
    if session is None:
        raise NotYourWindow(window=label[:8])
    return session.window
