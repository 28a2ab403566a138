"""A window and its visitor: it opens, pauses and closes around who is there."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import User
from onewindow.base.action import action
from onewindow.base.trail import By
from onewindow.base.web.refused import Refused
from onewindow.floor import actions as floor
from onewindow.floor.models import Session, Window
from onewindow.floor.states import PauseReason
from onewindow.tickets import queries
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import State


class VisitorAtWindow(Refused):
    """A window closes only when its visitor has gone."""

    sentence = _("Window {window} is still with a {visitor}. Finish, move or set aside first.")


@action
def open_window(*, window: Window, by: By, user: User | None = None) -> Session:
    """Open a window for a person. Who still has a visitor at another one finishes there first."""
    return floor.open_window(window=window, by=by, user=user, leaving=_leaving(window))


@action
def swap(*, window: Window, user: User, by: By) -> Session:
    """Let a person take over a window: at once, or after the visitor who is on the way or there.

    Who stood elsewhere leaves there now. Raise VisitorAtWindow where they still serve somebody.
    """
    leaving = _leaving(window)
    return floor.swap(window=window, user=user, by=by, busy=queries.is_busy, leaving=leaving)


@action
def pause_window(
    *,
    window: Window,
    reason: PauseReason,
    by: By,
    until: datetime | None = None,
    words: str = "",
) -> Session:
    """Pause a window: after the visitor who is on the way or there, else at once."""
    floor.lock(window, paused=True)  # from here on nobody new is called to it
    return floor.pause(
        window=window,
        reason=reason,
        by=by,
        until=until,
        words=words,
        after_visitor=queries.is_busy(window),
    )


@action
def close_window(*, window: Window, by: By) -> Session:
    """Close a window without a visitor; who was kept for it waits for every window again."""
    floor.lock(window, paused=True)
    if queries.is_busy(window):
        raise VisitorAtWindow(window=window.label)
    _set_free(window)
    return floor.close_window(window=window, by=by)


@action
def close_when_free(*, window: Window, by: By) -> Session:
    """Close a window: after the visitor who is on the way or there, else at once."""
    floor.lock(window, paused=True)
    if queries.is_busy(window):
        return floor.close_after(window=window, by=by)
    return close_window(window=window, by=by)


def _leaving(window: Window) -> Callable[[Session], None]:
    """Return what is asked of a session that would end for this window's sake."""

    def leaving(session: Session) -> None:
        if queries.is_busy(session.window):
            raise VisitorAtWindow(window=session.window.label)
        if session.window_id != window.pk:
            _set_free(session.window)

    return leaving


def _set_free(window: Window) -> None:
    """Who was kept for a window that closes waits for every window again."""
    kept = Ticket.objects.filter(hall_id=window.hall_id, state=State.WAITING, only_window=window)
    kept.update(only_window=None)
