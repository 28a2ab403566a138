"""The life of a deadline."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from onewindow.base.deadlines import actions, rules
from onewindow.base.deadlines.models import Deadline, DeadlineNotNow
from onewindow.base.deadlines.states import State, Unit
from onewindow.base.deadlines.tests.make import office_hours
from onewindow.base.deadlines.working_days import DayKind, kind_of
from onewindow.base.halls.models import Hall
from onewindow.base.trail import job
from onewindow.base.trail.queries import history
from tests.fixtures.world import Clock

BY = job("test")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def june(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=SHANGHAI)


@pytest.fixture
def deadline(hall: Hall) -> Deadline:
    """Two working days, from Monday 8 June 2026 at 10:00."""
    office_hours(hall)
    return actions.start(
        hall=hall, subject=hall, kind="answer", amount=2, unit=Unit.WORKING_DAYS, by=BY
    )


def test_it_ends_at_closing_time_of_the_second_working_day(deadline: Deadline) -> None:
    assert deadline.due_at == june(10, 17)
    assert deadline.state == State.RUNNING
    assert not deadline.provisional


def test_what_is_done_in_time_is_met(deadline: Deadline, clock: Clock) -> None:
    clock.set(june(10, 16))
    actions.meet(deadline=deadline, by=BY)
    deadline.refresh_from_db()
    assert (deadline.state, deadline.done_at) == (State.MET, june(10, 16))
    clock.set(june(20, 9))
    assert actions.sweep() == 0


def test_what_is_done_too_late_stays_overdue(deadline: Deadline, clock: Clock) -> None:
    clock.set(june(10, 18))
    actions.meet(deadline=deadline, by=BY)
    deadline.refresh_from_db()
    assert (deadline.state, deadline.done_at) == (State.MISSED, june(10, 18))


def test_it_reminds_at_half_at_four_fifths_and_when_it_is_over(
    deadline: Deadline, clock: Clock
) -> None:
    reminded = []
    for hour in range(24 * 4):
        clock.set(june(8 + hour // 24, hour % 24))
        if actions.sweep():
            deadline.refresh_from_db()
            reminded.append((deadline.reminded, deadline.state))
    assert reminded == [
        (50, State.RUNNING),
        (80, State.RUNNING),
        (100, State.MISSED),
        (101, State.MISSED),  # the morning after
    ]


def test_an_overdue_one_is_reminded_of_each_working_day_until_it_is_done(
    deadline: Deadline, clock: Clock
) -> None:
    days = []
    for day in range(8, 20):
        clock.set(june(day, 18))
        while actions.sweep():
            days.append(day)
    assert days == [9, 10, 11, 12, 15, 16, 17, 18]  # no weekend, no Dragon Boat Festival
    deadline.refresh_from_db()
    actions.meet(deadline=deadline, by=BY)
    clock.set(june(26, 18))
    assert actions.sweep() == 0


def test_the_clock_stands_still_while_it_is_paused(deadline: Deadline, clock: Clock) -> None:
    clock.set(june(9, 10))
    actions.pause(deadline=deadline, reason="waits for papers", by=BY)
    clock.set(june(16, 10))
    assert actions.sweep() == 0
    actions.resume(deadline=deadline, by=BY)
    deadline.refresh_from_db()
    assert deadline.due_at == june(17, 17)
    assert [pause.reason for pause in deadline.pauses.all()] == ["waits for papers"]


def test_what_is_overdue_cannot_be_paused(deadline: Deadline, clock: Clock) -> None:
    clock.set(june(10, 17))
    with pytest.raises(DeadlineNotNow, match="overdue"):
        actions.pause(deadline=deadline, reason="too late", by=BY)


def test_it_cannot_be_paused_twice_nor_resumed_while_it_runs(deadline: Deadline) -> None:
    actions.pause(deadline=deadline, reason="waits", by=BY)
    with pytest.raises(DeadlineNotNow):
        actions.pause(deadline=deadline, reason="waits", by=BY)
    actions.resume(deadline=deadline, by=BY)
    with pytest.raises(DeadlineNotNow):
        actions.resume(deadline=deadline, by=BY)


def test_a_paused_one_may_be_met(deadline: Deadline) -> None:
    actions.pause(deadline=deadline, reason="waits", by=BY)
    actions.meet(deadline=deadline, by=BY)
    assert deadline.state == State.MET
    assert deadline.pauses.get().until is not None
    with pytest.raises(DeadlineNotNow):
        actions.meet(deadline=deadline, by=BY)


def test_a_change_of_the_calendar_moves_what_is_open(hall: Hall, deadline: Deadline) -> None:
    actions.set_special_day(hall=hall, day=date(2026, 6, 9), is_open=False, counts=False, by=BY)
    deadline.refresh_from_db()
    assert deadline.due_at == june(11, 17)
    assert history(deadline).last().kind == "deadline.moved"  # type: ignore[union-attr]


def test_new_hours_move_what_is_open(hall: Hall, deadline: Deadline) -> None:
    actions.set_hours(hall=hall, week={n: ((time(9), time(16)),) for n in range(5)}, by=BY)
    deadline.refresh_from_db()
    assert deadline.due_at == june(10, 16)


def test_what_reaches_into_a_year_not_announced_is_provisional(hall: Hall, clock: Clock) -> None:
    office_hours(hall)
    clock.set(datetime(2030, 12, 30, 10, tzinfo=SHANGHAI))
    late = actions.start(
        hall=hall, subject=hall, kind="answer", amount=5, unit=Unit.WORKING_DAYS, by=BY
    )
    assert late.provisional


def test_a_new_edition_of_the_calendar_moves_what_is_open_once(
    deadline: Deadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "EDITION", "of next year")
    announced = {date(2026, 6, 9): DayKind.HOLIDAY}

    def now_known(day: date, country: str) -> DayKind:
        return announced.get(day) or kind_of(day, country)

    monkeypatch.setattr(rules, "kind_of", now_known)
    assert actions.follow_calendar() == 1
    deadline.refresh_from_db()
    assert (deadline.due_at, deadline.edition) == (june(11, 17), "of next year")
    kinds = [row.kind for row in history(deadline)]
    assert kinds == ["deadline.started", "deadline.moved"]
    announced.clear()
    assert actions.follow_calendar() == 0


def test_a_new_edition_that_changes_nothing_is_not_on_the_trail(
    hall: Hall, deadline: Deadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "EDITION", "of next year")
    monkeypatch.setattr(actions, "FOLLOW_AT_ONCE", 1)
    actions.start(hall=hall, subject=hall, kind="visit", amount=2, unit=Unit.DAYS, by=BY)
    assert actions.follow_calendar() == 0
    assert set(Deadline.objects.values_list("edition", flat=True)) == {"of next year"}
    assert [row.kind for row in history(deadline)][-1] == "deadline.started"


def test_each_step_is_on_the_trail(deadline: Deadline) -> None:
    actions.pause(deadline=deadline, reason="waits", by=BY)
    actions.resume(deadline=deadline, by=BY)
    actions.meet(deadline=deadline, by=BY)
    kinds = [row.kind for row in history(deadline)]
    assert kinds == ["deadline.started", "deadline.paused", "deadline.resumed", "deadline.done"]
