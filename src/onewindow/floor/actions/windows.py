"""Who stands at which window: open, pause, resume, close, wrap up."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from onewindow.accounts import queries as accounts
from onewindow.accounts.access import WHO_SERVES
from onewindow.accounts.models import User
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.memory import remembered
from onewindow.base.halls.models import Hall
from onewindow.base.rows import Kept
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import BadInput, Refused
from onewindow.floor.models import Session, Window, WindowChanged
from onewindow.floor.queries import LIVE
from onewindow.floor.states import PauseReason, SessionState

LONGEST_PAUSE = timedelta(days=1)
PAUSE = ("pause_reason", "pause_words", "until", "called_back_at", "then_closes", "next_user")


class WindowNotOpen(Refused):
    """Nobody stands at the window."""

    sentence = _("Window {window} is not open. Open it first.")


class WindowPaused(WindowNotOpen):
    """The window is paused."""

    sentence = _("Window {window} is paused. Resume it first.")


class PauseComes(WindowNotOpen):
    """The window pauses as soon as its visitor has gone."""

    sentence = _(
        "Window {window} pauses after this {visitor}. Cancel the pause to call somebody else."
    )


class CloseComes(WindowNotOpen):
    """The window closes as soon as its visitor has gone."""

    sentence = _("Window {window} closes after this {visitor}. Cancel that to call somebody else.")


class SwapComes(WindowNotOpen):
    """Another person takes over as soon as the visitor has gone."""

    sentence = _(
        "Another person takes over window {window} after this {visitor}."
        " Cancel that to call somebody else."
    )


class OtherDepartment(Refused):
    """Roles for a department count at its windows, and at those of none."""

    sentence = _("Window {window} is another department's: {name} works for {departments}.")
    status = 403


class AnotherPersonHere(Refused):
    """Somebody else stands at the window."""

    sentence = _("{name} stands at window {window}. It must be closed there first.")


def lock(window: Window, *, paused: bool = False) -> Session:
    """Return the live session of a window as a fresh row: a second click waits here.

    Raise WindowNotOpen where nobody stands; unless ``paused`` ones will do, WindowPaused, and
    PauseComes where a pause waits for the visitor to go.
    """
    session = _live_at(window.hall, window.pk).first()
    if session is None:
        raise WindowNotOpen(window=window.label)
    if session.state == SessionState.PAUSED and not paused:
        raise WindowPaused(window=window.label)
    if session.pause_waits and not paused:
        raise _what_comes(session)(window=window.label)
    session.window = window
    return session


def _what_comes(session: Session) -> type[WindowNotOpen]:
    if session.next_user_id:
        return SwapComes
    return CloseComes if session.then_closes else PauseComes


@remembered
def _live_at(hall: Hall, window: int) -> Kept[Session]:
    rows = Session.objects.select_for_update(no_key=True, of=("self",))
    return Kept(rows.filter(hall=hall.pk, window=window, state__in=LIVE))


@action
def open_window(
    *,
    window: Window,
    by: By,
    user: User | None = None,
    leaving: Callable[[Session], None] | None = None,
) -> Session:
    """Open a window, for a person or, without one, for a program. Opening again resumes.

    One person, one window: a person who stands elsewhere is moved here. ``leaving`` is called with
    the session that would end and may refuse (a visitor may still be served there).
    """
    _may_stand(window, user)
    Window.objects.select_for_update(no_key=True).get(pk=window.pk)  # two openers: one waits
    here, elsewhere = _live_of(window, user)
    if here and here.user_id and user and here.user_id != user.pk:
        raise AnotherPersonHere(name=here.user, window=window.label)
    stays = here is not None and (user is None or here.user_id == user.pk)
    for session in (elsewhere, None if stays else here):
        if session is not None:
            if leaving is not None:
                leaving(session)
            _end(session, by=by)
    if here is not None and stays:
        return _resumed(here, by=by)
    return _begin(window, user, by=by)


@action
def swap(
    *,
    window: Window,
    user: User,
    by: By,
    busy: Callable[[Window], bool],
    leaving: Callable[[Session], None],
) -> Session:
    """Let a person take over a window: at once or, where it is ``busy``, after its visitor.

    Return who stands there from now on: the session of the person, or the one that still serves.
    """
    _may_stand(window, user)
    Window.objects.select_for_update(no_key=True).get(pk=window.pk)  # two of them: one waits
    here, elsewhere = _live_of(window, user)
    if here is not None and here.user_id == user.pk:
        return _resumed(here, by=by)
    stays = here is not None and busy(window)
    for session in (elsewhere, None if stays else here):
        if session is not None:
            leaving(session)
            _end(session, by=by)
    if here is None:
        return _begin(window, user, by=by)
    return _swap_comes(here, user, by=by) if stays else _swapped(here, user, by=by)


def _may_stand(window: Window, user: User | None) -> None:
    """Raise OtherDepartment where all of a person's roles at windows are for other departments."""
    if user is None or window.department_id is None:
        return
    rows = accounts.memberships(user).filter(Q(hall=window.hall_id) | Q(hall=None))
    held = list(rows.filter(role__in=WHO_SERVES))
    if held and all(one.department_id not in (None, window.department_id) for one in held):
        names = dict.fromkeys(str(one.department) for one in held)
        words = {"window": window.label, "name": user.name}
        raise OtherDepartment(departments=pgettext("departments", ", ").join(names), **words)


def _swap_comes(session: Session, user: User, *, by: By) -> Session:
    session.next_user, session.pause_asked_at = user, clocks.now()
    session.then_closes, session.until = True, None
    changed = ["next_user", "pause_asked_at", "then_closes", "until"]
    session.save(update_fields=changed)
    tell("window.swap_asked", session, by=by, next=user.staff_number)
    return session


def _swapped(before: Session, user: User, *, by: By) -> Session:
    """Begin for another person at a window that one has just left."""
    session = _begin(before.window, user, by=by)
    left = before.user.staff_number if before.user else None
    tell("window.swapped", session, by=by, before=left)
    return session


def _live_of(window: Window, user: User | None) -> tuple[Session | None, Session | None]:
    """Lock the sessions at a window and of a person, in one fixed order: (here, elsewhere)."""
    wanted = Q(window=window) | Q(user=user) if user else Q(window=window)
    rows = Session.objects.filter(wanted, state__in=LIVE).select_related("window", "user")
    found = list(rows.order_by("pk").select_for_update(no_key=True, of=("self",)))
    here = next((session for session in found if session.window_id == window.pk), None)
    return here, next((session for session in found if session.window_id != window.pk), None)


def _begin(window: Window, user: User | None, *, by: By) -> Session:
    try:
        with transaction.atomic():
            session = Session.objects.create(
                hall_id=window.hall_id, window=window, user=user, opened_at=clocks.now()
            )
    except IntegrityError as quicker:  # the same person opened another window this instant
        raise WindowChanged(window=window.label) from quicker
    tell("window.opened", session, by=by)
    return session


def _end(session: Session, *, by: By) -> None:
    session.move(
        SessionState.CLOSED,
        closed_at=clocks.now(),
        until=None,
        pause_asked_at=None,
        wrap_up_until=None,
    )
    tell("window.closed", session, by=by)


def tell(kind: str, session: Session, *, by: By, **data: Any) -> None:
    """Put on the trail what became of a session."""
    window = session.window
    staff = session.user.staff_number if session.user else None
    record(kind, window, by=by, topics=(window.topic, "floor"), staff=staff, **data)


@action
def pause(
    *,
    window: Window,
    reason: PauseReason,
    by: By,
    until: datetime | None = None,
    words: str = "",
    after_visitor: bool = False,
) -> Session:
    """Pause a window, with a reason and perhaps the time it goes on; again: change those.

    With ``after_visitor`` it waits until the visitor who is there has gone; nobody new is called.
    ``words``: what no reason of the list says.
    """
    until = _end_of_pause(until)
    session = lock(window, paused=True)
    session.pause_reason, session.until, session.pause_words = reason, until, words.strip()[:100]
    session.called_back_at, session.then_closes, session.next_user = None, False, None
    told = {"reason": str(reason), "words": words, "until": _written(until)}
    if session.state == SessionState.PAUSED:
        session.save(update_fields=[*PAUSE])
    elif after_visitor:
        session.pause_asked_at = clocks.now()
        session.save(update_fields=[*PAUSE, "pause_asked_at"])
        tell("window.pause_asked", session, by=by, **told)
        return session
    else:
        _pause_now(session)
    tell("window.paused", session, by=by, **told)
    return session


@action
def begin_pause(*, window: Window, by: By) -> Session:
    """Begin the pause that was asked for; it lasts as long as it would have lasted then.

    What was asked for may be the closing.
    """
    session = lock(window, paused=True)
    if session.pause_asked_at is None:
        return session
    if session.then_closes:
        _end(session, by=by)
        return _next_takes_over(session, by=by)
    if session.until is not None:
        session.until += clocks.now() - session.pause_asked_at
    _pause_now(session)
    told = {"reason": session.pause_reason, "until": _written(session.until)}
    tell("window.paused", session, by=by, **told)
    return session


def _next_takes_over(session: Session, *, by: By) -> Session:
    """Let the next person begin, unless they stand elsewhere by now or work here no more."""
    user = session.next_user
    if user is None or not user.is_active:
        return session
    if Session.objects.filter(user=user, state__in=LIVE).exists():
        return session
    return _swapped(session, user, by=by)


def _pause_now(session: Session) -> None:
    session.move(
        SessionState.PAUSED,
        paused_at=clocks.now(),
        pause_reason=session.pause_reason,
        pause_words=session.pause_words,
        until=session.until,
        called_back_at=None,
        then_closes=False,
        next_user=None,
        pause_asked_at=None,
        wrap_up_until=None,
    )


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _end_of_pause(until: datetime | None) -> datetime | None:
    """Return the end in UTC: not every offset that a caller may write is one the database knows.

    Longer than a day is no pause: then the window is closed.
    """
    try:
        end = until and until.astimezone(UTC)
    except OverflowError:  # the last hours of the year 9999
        end = datetime.min.replace(tzinfo=UTC)
    if end is not None and not timedelta(0) < end - clocks.now() <= LONGEST_PAUSE:
        raise BadInput(problem=_("A pause ends in the future, within a day."))
    return end


@action
def resume(*, window: Window, by: By) -> Session:
    """Go on at a paused window, or take back a pause that waits; an open one stays as it is."""
    return _resumed(lock(window, paused=True), by=by)


def _resumed(session: Session, *, by: By) -> Session:
    if session.state != SessionState.PAUSED and not session.pause_waits:
        return session
    changes = {
        "pause_reason": "",
        "pause_words": "",
        "until": None,
        "pause_asked_at": None,
        "then_closes": False,
        "next_user": None,
        "called_back_at": None,
    }
    if session.state == SessionState.PAUSED:
        away = clocks.seconds(session.paused_at, clocks.now())
        session.move(SessionState.OPEN, paused_at=None, resumed_at=clocks.now(), **changes)
        tell("window.resumed", session, by=by, away_s=away)
    else:
        for name, value in changes.items():
            setattr(session, name, value)
        session.save(update_fields=list(changes))
        tell("window.pause_taken_back", session, by=by)
    return session


@action
def close_window(*, window: Window, by: By) -> Session:
    """End the session at a window. Whether a visitor is still there, the room above asks first."""
    session = lock(window, paused=True)
    _end(session, by=by)
    return session


def visitor_gone(session: Session, *, by: By, papers_s: int = 0) -> None:
    """The visitor has gone: some seconds for the papers, then the pause that was asked for.

    A pause that was asked for this very instant is not seen here, and one after the papers waits
    for their end: the room above sweeps for both.
    """
    if papers_s > 0:
        session.wrap_up_until = clocks.now() + timedelta(seconds=papers_s)
        session.save(update_fields=["wrap_up_until"])
    elif session.pause_waits:
        begin_pause(window=session.window, by=by)


def visitor_comes(session: Session) -> None:
    """End the wrap-up, what the duty manager asked and the holding back.

    Where none of them stands, nothing is sent.
    """
    if session.wrap_up_until or session.called_back_at or session.holds_back:
        session.wrap_up_until = session.called_back_at = None
        session.holds_back = False
        session.save(update_fields=["wrap_up_until", "called_back_at", "holds_back"])
