"""Opening and closing a window: who stands where."""

import pytest

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests.make import person
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.base.web.refused import Refused
from onewindow.catalogue.models import Service
from onewindow.floor import actions, queries
from onewindow.floor.models import Session, Window
from onewindow.floor.states import PauseReason, SessionState
from onewindow.floor.tests import make


@pytest.fixture
def other(hall: Hall, service: Service) -> Window:
    """Another window of the hall."""
    return make.window(hall, service, label="6")


def test_who_opens_a_window_stands_there(window: Window, clerk: User, by: By) -> None:
    session = actions.open_window(window=window, user=clerk, by=by)

    assert queries.session_at(window) == session == queries.session_of(clerk)
    assert session.state == SessionState.OPEN
    row = Entry.objects.get(kind="window.opened")
    assert (row.label, row.topics) == ("5", "floor window.5")
    assert row.data["staff"] == clerk.staff_number


def test_opening_twice_opens_once(window: Window, clerk: User, by: By) -> None:
    first = actions.open_window(window=window, user=clerk, by=by)

    assert actions.open_window(window=window, user=clerk, by=by) == first
    assert Entry.objects.filter(kind="window.opened").count() == 1


def test_opening_again_ends_ones_own_pause(window: Window, clerk: User, by: By) -> None:
    session = actions.open_window(window=window, user=clerk, by=by)
    actions.pause(window=window, reason=PauseReason.BREAK, by=by)

    assert actions.open_window(window=window, user=clerk, by=by) == session
    session.refresh_from_db()
    assert session.state == SessionState.OPEN


def test_a_second_sign_in_moves_the_person(
    window: Window, other: Window, clerk: User, by: By
) -> None:
    actions.open_window(window=window, user=clerk, by=by)

    actions.open_window(window=other, user=clerk, by=by)

    assert queries.session_at(window) is None
    here = queries.session_of(clerk)
    assert here is not None
    assert here.window == other


def test_who_may_not_leave_is_not_moved(window: Window, other: Window, clerk: User, by: By) -> None:
    actions.open_window(window=window, user=clerk, by=by)

    def leaving(session: Session) -> None:
        raise Refused

    with pytest.raises(Refused):
        actions.open_window(window=other, user=clerk, by=by, leaving=leaving)

    here = queries.session_of(clerk)
    assert here is not None
    assert here.window == window


def test_nobody_is_pushed_aside(hall: Hall, window: Window, clerk: User, by: By) -> None:
    actions.open_window(window=window, user=clerk, by=by)
    newcomer = person(hall, Role.CLERK)

    with pytest.raises(actions.AnotherPersonHere, match="Clerk stands at window 5"):
        actions.open_window(window=window, user=newcomer, by=by)

    assert queries.session_of(newcomer) is None


def test_a_person_takes_over_from_a_program(window: Window, clerk: User, by: By) -> None:
    actions.open_window(window=window, by=by)

    session = actions.open_window(window=window, user=clerk, by=by)

    assert session.user == clerk
    assert Session.objects.filter(state=SessionState.CLOSED, user=None).count() == 1


def test_a_closed_window_is_empty_and_on_the_trail(window: Window, clerk: User, by: By) -> None:
    actions.open_window(window=window, user=clerk, by=by)

    closed = actions.close_window(window=window, by=by)

    assert closed.closed_at is not None
    assert queries.session_at(window) is None
    assert Entry.objects.filter(kind="window.closed", label="5").count() == 1


def test_what_is_not_open_cannot_be_closed(window: Window, by: By) -> None:
    with pytest.raises(actions.WindowNotOpen, match="Window 5 is not open"):
        actions.close_window(window=window, by=by)


def test_who_stands_where_is_one_query_however_many_stand(
    hall: Hall, window: Window, other: Window, by: By, django_assert_num_queries: object
) -> None:
    for one in (window, other):
        actions.open_window(window=one, user=person(hall, Role.CLERK), by=by)
    queries.windows(hall)

    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture
        names = [str(session.user) for session in queries.live_sessions(hall)]

    assert len(names) == 2
