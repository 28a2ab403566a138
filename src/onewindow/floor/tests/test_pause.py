"""Pausing, going on, wrapping up."""

from datetime import timedelta

import pytest
from django.db import transaction

from onewindow.accounts.models import User
from onewindow.base import clocks
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.base.web.refused import BadInput
from onewindow.floor import actions, queries
from onewindow.floor.models import Session, Window, WindowChanged
from onewindow.floor.states import PauseReason, SessionState
from tests.fixtures.world import Clock


@pytest.fixture
def session(window: Window, clerk: User, by: By) -> Session:
    """The clerk stands at window 5."""
    return actions.open_window(window=window, user=clerk, by=by)


def test_a_pause_has_a_reason_and_an_end(window: Window, session: Session, by: By) -> None:
    until = clocks.now() + timedelta(minutes=10)

    actions.pause(window=window, reason=PauseReason.BREAK, until=until, by=by)

    session.refresh_from_db()
    assert (session.state, session.pause_reason) == (SessionState.PAUSED, PauseReason.BREAK)
    assert session.until == until
    assert Entry.objects.get(kind="window.paused").data["reason"] == "break"


def test_nobody_is_called_to_a_paused_window(window: Window, session: Session, by: By) -> None:
    actions.pause(window=window, reason=PauseReason.BREAK, by=by)

    with transaction.atomic():
        with pytest.raises(actions.WindowPaused, match="Window 5 is paused"):
            actions.lock(window)
        assert actions.lock(window, paused=True) == session


def test_a_pause_may_be_made_longer(window: Window, session: Session, by: By, clock: Clock) -> None:
    actions.pause(window=window, reason=PauseReason.BREAK, by=by)
    began = queries.session_at(window)
    clock.forward(minutes=5)

    longer = clocks.now() + timedelta(minutes=20)
    actions.pause(window=window, reason=PauseReason.EQUIPMENT, until=longer, by=by)

    now = queries.session_at(window)
    assert began
    assert now
    assert (now.pause_reason, now.until) == (PauseReason.EQUIPMENT, longer)
    assert now.paused_at == began.paused_at


def test_a_pause_cannot_end_before_it_began(window: Window, session: Session, by: By) -> None:
    past = clocks.now() - timedelta(minutes=1)

    with pytest.raises(BadInput, match="ends in the future"):
        actions.pause(window=window, reason=PauseReason.BREAK, until=past, by=by)


def test_going_on_says_how_long_it_was(
    window: Window, session: Session, by: By, clock: Clock
) -> None:
    actions.pause(window=window, reason=PauseReason.HELP, by=by)
    clock.forward(minutes=7)

    actions.resume(window=window, by=by)
    actions.resume(window=window, by=by)

    session.refresh_from_db()
    assert (session.state, session.pause_reason) == (SessionState.OPEN, "")
    assert Entry.objects.get(kind="window.resumed").data["away_s"] == 420


def test_a_closed_window_cannot_be_paused(window: Window, by: By) -> None:
    with pytest.raises(actions.WindowNotOpen):
        actions.pause(window=window, reason=PauseReason.BREAK, by=by)


def test_wrapping_up_ends_by_itself_or_with_the_next_call(
    session: Session, by: By, clock: Clock, django_assert_num_queries: object
) -> None:
    actions.visitor_gone(session, by=by, papers_s=60)
    assert session.wraps_up()
    clock.forward(seconds=61)
    assert not session.wraps_up()

    actions.visitor_comes(session)

    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's fixture
        actions.visitor_gone(session, by=by)
        actions.visitor_comes(session)


def test_what_nobody_asked_for_does_not_begin(window: Window, session: Session, by: By) -> None:
    assert actions.begin_pause(window=window, by=by).state == SessionState.OPEN


def test_a_session_that_ended_stays_ended(window: Window, session: Session, by: By) -> None:
    actions.close_window(window=window, by=by)

    with pytest.raises(WindowChanged):  # somebody still held the row as it was
        session.move(SessionState.PAUSED)
