"""What is asked of whoever stands at a window: to come back, to close, to call nobody."""

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.trail import By
from onewindow.floor.actions.windows import lock, tell
from onewindow.floor.models import Session, Window


@action
def call_back(*, window: Window, by: By) -> Session:
    """Ask who pauses, or stands idle, to go on: their desk says so. Asking again does nothing."""
    session = lock(window, paused=True)
    if session.called_back_at is None:
        session.called_back_at = clocks.now()
        session.save(update_fields=["called_back_at"])
        tell("window.called_back", session, by=by)
    return session


@action
def close_after(*, window: Window, by: By) -> Session:
    """Close a window as soon as its visitor has gone; nobody new is called."""
    session = lock(window, paused=True)
    if not (session.pause_waits and session.then_closes) or session.next_user_id:
        session.pause_asked_at, session.then_closes, session.until = clocks.now(), True, None
        session.next_user = None
        session.save(update_fields=["pause_asked_at", "then_closes", "until", "next_user"])
        tell("window.close_asked", session, by=by)
    return session


@action
def hold_back(*, window: Window, by: By) -> Session:
    """Stop the calling by itself at a window, until somebody is called there by hand."""
    session = lock(window, paused=True)
    if not session.holds_back:
        session.holds_back = True
        session.save(update_fields=["holds_back"])
        tell("window.held_back", session, by=by)
    return session
