"""Nobody came: miss, no-show, come back, bring back, leave."""

import pytest

from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.actions import sweep
from onewindow.tickets.actions.place import BroughtBackWhy, RecallFirst, TooLateToComeBack
from onewindow.tickets.models import NotNow, Ticket
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import OutOfOrder, State
from onewindow.tickets.tests.conftest import Take, now, order
from tests.fixtures.api import Program, problem
from tests.fixtures.world import Clock


@pytest.fixture
def quick(hall: Hall) -> Hall:
    """A hall that lets a clerk miss at once: the recalls have a story of their own."""
    set_policy(hall, TicketPolicy(miss_after_recalls=0))
    return hall


@pytest.fixture
def missed(quick: Hall, called: Ticket, by: By) -> Ticket:
    """Somebody who did not come."""
    return actions.miss(ticket=called, by=by)


@pytest.fixture
def no_show(missed: Ticket, open_window: Window, by: By) -> Ticket:
    """Somebody who did not come twice."""
    actions.come_back(ticket=missed, by=by)
    actions.call_next(window=open_window, by=by)
    return actions.miss(ticket=missed, by=by)


def test_nobody_is_missed_before_the_second_recall(called: Ticket, by: By, clock: Clock) -> None:
    for _ in range(2):
        with pytest.raises(RecallFirst, match="A001"):
            actions.miss(ticket=called, by=by)
        clock.forward(seconds=50)
        actions.recall(ticket=called, by=by)
    assert actions.miss(ticket=called, by=by).state == State.MISSED


def test_a_miss_frees_the_window_for_half_an_hour(
    quick: Hall, called: Ticket, open_window: Window, by: By, clock: Clock
) -> None:
    clock.forward(seconds=70)
    missed = actions.miss(ticket=called, by=by)
    assert (missed.state, missed.misses, missed.walking_s) == (State.MISSED, 1, 70)
    assert missed.until is not None
    assert (missed.until - clock.now).total_seconds() == 1800
    assert now(missed).visit.at_id is None
    assert Entry.objects.filter(kind="ticket.missed").count() == 1
    assert actions.call_next(window=open_window, by=by) is None


def test_back_within_the_half_hour_stands_behind_the_next_three(
    take: Take, missed: Ticket, open_window: Window, by: By, clock: Clock
) -> None:
    for _ in range(4):
        clock.forward(minutes=1)
        take()
    back = actions.come_back(ticket=missed, by=by)
    assert (back.state, back.until) == (State.WAITING, None)
    assert order(open_window) == ["A002", "A003", "A004", "A001", "A005"]


def test_with_fewer_waiting_they_stand_behind_those(
    take: Take, missed: Ticket, open_window: Window, by: By, clock: Clock
) -> None:
    clock.forward(minutes=1)
    take()
    actions.come_back(ticket=missed, by=by)
    clock.forward(minutes=1)
    take()
    assert order(open_window) == ["A002", "A001", "A003"]


def test_with_nobody_waiting_they_are_next(
    missed: Ticket, open_window: Window, by: By, clock: Clock
) -> None:
    clock.forward(minutes=5)
    actions.come_back(ticket=missed, by=by)
    assert order(open_window) == ["A001"]


def test_a_miss_never_gives_a_better_place(
    take: Take, quick: Hall, open_window: Window, by: By, clock: Clock
) -> None:
    for _ in range(4):
        take()
        clock.forward(minutes=1)
    urgent = take()
    actions.call(window=open_window, ticket=urgent, reason=OutOfOrder.MEDICAL, by=by)
    actions.miss(ticket=urgent, by=by)
    actions.come_back(ticket=urgent, by=by)
    assert order(open_window)[-1] == urgent.number


def test_after_the_half_hour_it_is_a_no_show(missed: Ticket, by: By, clock: Clock) -> None:
    clock.forward(minutes=30)
    assert sweep.run() == 0
    clock.forward(seconds=1)
    with pytest.raises(TooLateToComeBack):
        actions.come_back(ticket=missed, by=by)
    assert sweep.run() == 1
    gone = now(missed)
    assert (gone.state, gone.until, gone.ended_at) == (State.NO_SHOW, None, clock.now)
    assert Entry.objects.get(kind="ticket.no_show").by_kind == "job"


def test_the_second_miss_is_a_no_show(no_show: Ticket) -> None:
    assert (no_show.state, no_show.misses) == (State.NO_SHOW, 2)
    assert no_show.ended_at is not None
    assert Entry.objects.filter(kind="ticket.no_show").count() == 1


def test_a_no_show_is_brought_back_the_same_day_with_a_reason(
    take: Take, no_show: Ticket, open_window: Window, by: By
) -> None:
    with pytest.raises(BroughtBackWhy):
        actions.bring_back(ticket=no_show, by=by, reason=" ")
    take()
    back = actions.bring_back(ticket=no_show, by=by, reason="was at the copier")
    assert (back.state, back.ended_at, back.moved_because) == (State.WAITING, None, "brought_back")
    assert order(open_window) == ["A002", "A001"]
    entry = Entry.objects.get(kind="ticket.brought_back")
    assert entry.data["reason"] == "was at the copier"


def test_nobody_is_brought_back_on_another_day(no_show: Ticket, by: By, clock: Clock) -> None:
    clock.forward(days=1)
    with pytest.raises(TooLateToComeBack):
        actions.bring_back(ticket=no_show, by=by, reason="came today")


def test_wrong_states_are_refused(take: Take, by: By) -> None:
    waiting = take()
    with pytest.raises(NotNow):
        actions.miss(ticket=waiting, by=by)
    with pytest.raises(NotNow):
        actions.come_back(ticket=waiting, by=by)
    with pytest.raises(NotNow):
        actions.bring_back(ticket=waiting, by=by, reason="why not")


def test_who_leaves_gives_the_place_free(
    take: Take, open_window: Window, by: By, clock: Clock
) -> None:
    ticket = take()
    clock.forward(minutes=7)
    left = actions.leave(ticket=ticket, by=by)
    assert (left.state, left.waiting_s, left.ended_at) == (State.LEFT, 420, clock.now)
    assert order(open_window) == []
    assert Entry.objects.filter(kind="ticket.left").count() == 1


def test_who_leaves_after_the_call_frees_the_window(
    called: Ticket, open_window: Window, by: By, clock: Clock
) -> None:
    clock.forward(seconds=15)
    left = actions.leave(ticket=called, by=by)
    assert (now(left).visit.at_id, left.walking_s) == (None, 15)
    assert "window.5" in Entry.objects.get(kind="ticket.left").topics.split()
    assert actions.call_next(window=open_window, by=by) is None


def test_who_leaves_while_set_aside_keeps_those_seconds(
    serving: Ticket, by: By, clock: Clock
) -> None:
    actions.park(ticket=serving, by=by)
    clock.forward(minutes=6)
    left = actions.leave(ticket=serving, by=by)
    assert (left.parked_s, left.waiting_s, left.until) == (360, 0, None)


def test_who_missed_the_call_may_leave(missed: Ticket, by: By) -> None:
    assert actions.leave(ticket=missed, by=by).state == State.LEFT


def test_nobody_leaves_in_the_middle_of_the_service(serving: Ticket, by: By) -> None:
    with pytest.raises(NotNow):
        actions.leave(ticket=serving, by=by)
    assert now(serving).visit.at_id is not None


@pytest.mark.parametrize("verb", ["miss", "leave", "come-back"])
def test_another_hall_moves_nobody_here(
    called: Ticket, strange_program: Program, verb: str
) -> None:
    assert problem(strange_program.post(f"/tickets/{called.pk}/{verb}")) == (404, "not-found")
    assert now(called).state == State.CALLED
