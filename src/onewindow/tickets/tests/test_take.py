"""Taking a number."""

from datetime import datetime, time

import pytest

from onewindow.base.deadlines.models import Hours
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import GroupFactory, ServiceFactory
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.actions.take import (
    AlreadyWaiting,
    DayIsFull,
    HallNotOpen,
    HourIsFull,
    VisitIsOver,
)
from onewindow.tickets.models import Ticket, Visit
from onewindow.tickets.states import Channel, Priority, State
from onewindow.tickets.tests.conftest import Take, now, offer
from tests.fixtures.api import Program, problem
from tests.fixtures.world import Clock


def test_numbers_of_a_series_follow_each_other(take: Take, hall: Hall) -> None:
    same_series = ServiceFactory.create(hall=hall)
    numbers = [take().number, take(service=same_series).number, take().number]
    assert numbers == ["A001", "A002", "A003"]


def test_each_series_counts_by_itself(take: Take, hall: Hall) -> None:
    tax = ServiceFactory.create(hall=hall, group=GroupFactory.create(hall=hall, series="B"))
    own = ServiceFactory.create(hall=hall, series="Q")
    assert [take().number, take(service=tax).number, take(service=own).number] == [
        "A001",
        "B001",
        "Q001",
    ]


def test_each_hall_counts_by_itself(take: Take, other_hall: Hall) -> None:
    set_policy(other_hall, HoursPolicy(always_open=True))
    take()
    there = take(hall=other_hall, service=ServiceFactory.create(hall=other_hall))
    assert there.number == "A001"


def test_numbers_begin_again_with_the_business_date(take: Take, clock: Clock) -> None:
    take()
    clock.set(datetime(2026, 6, 9, 3, 59))  # noqa: DTZ001 (the clock's own zone)
    assert take().number == "A002"
    clock.set(datetime(2026, 6, 9, 4, 0))  # noqa: DTZ001 (the clock's own zone)
    assert take().number == "A001"


def test_what_the_visitor_said_is_kept(take: Take) -> None:
    ticket = take(
        priority=Priority.P3,
        needs=["walking", "hearing"],
        answers={"agent": True},
        phone="13800001234",
        language="en",
        channel=Channel.PHONE,
    )
    visit = Visit.objects.get(pk=ticket.visit_id)
    assert (visit.priority, visit.needs) == ("p3", ["hearing", "walking"])
    assert (visit.phone, visit.language, visit.channel) == ("13800001234", "en", "phone")
    assert now(ticket).answers == {"agent": True}
    assert len(visit.token) == 32


@pytest.mark.parametrize(("priority", "minutes"), [("p1", 120), ("p2", 30), ("p3", 15), ("p4", 0)])
def test_a_class_takes_its_credit_off_the_joining_time(
    take: Take, priority: str, minutes: int
) -> None:
    ticket = take(priority=Priority(priority))
    assert (ticket.joined_at - ticket.due).total_seconds() == minutes * 60
    assert ticket.credit_s == minutes * 60


def test_taking_is_written_down_without_personal_data(take: Take) -> None:
    ticket = take(phone="13800001234")
    entry = Entry.objects.get(kind="ticket.taken")
    assert (entry.label, entry.by_kind) == (ticket.number, "visitor")
    assert set(entry.topics.split()) == {"ticket", f"visit.{ticket.number}"}
    assert "13800001234" not in repr(entry.data)


def test_a_further_service_joins_with_the_number_and_the_first_joining_time(
    take: Take, hall: Hall, clock: Clock
) -> None:
    first = take(priority=Priority.P3)
    clock.forward(minutes=20)
    further = take(service=offer(hall), visit=first.visit)
    assert further.number == first.number
    assert further.due == first.due
    assert Visit.objects.count() == 1


def test_nobody_waits_twice_for_one_service(take: Take) -> None:
    first = take()
    with pytest.raises(AlreadyWaiting, match="A001"):
        take(visit=first.visit)
    assert Ticket.objects.count() == 1


def test_after_a_service_the_same_visit_may_ask_for_it_again(
    take: Take, serving: Ticket, by: By
) -> None:
    actions.finish(ticket=serving, by=by)
    assert take(visit=serving.visit).state == State.WAITING


def test_a_visit_of_yesterday_takes_no_more_tickets(take: Take, hall: Hall, clock: Clock) -> None:
    first = take()
    clock.forward(days=1)
    with pytest.raises(VisitIsOver):
        take(service=offer(hall), visit=first.visit)


def test_a_days_cap_counts_every_channel_and_ends_with_the_day(
    take: Take, service: Service, clock: Clock
) -> None:
    Service.objects.filter(pk=service.pk).update(day_cap=2)
    service.refresh_from_db()
    take()
    take(channel=Channel.GUIDE)
    with pytest.raises(DayIsFull):
        take()
    assert Visit.objects.count() == 2  # the number that was drawn is given back
    clock.forward(days=1)
    assert take().number == "A001"


def test_an_hours_cap_opens_again_with_the_next_hour(
    take: Take, service: Service, clock: Clock
) -> None:
    service.slot_cap = 1
    service.save()
    take()
    with pytest.raises(HourIsFull):
        take()
    clock.forward(hours=1)
    assert take().number == "A002"


def test_a_refused_further_service_counts_against_the_cap_of_no_other(
    take: Take, hall: Hall
) -> None:
    full = offer(hall, day_cap=0)
    first = take()
    with pytest.raises(DayIsFull):
        take(service=full, visit=first.visit)
    assert Ticket.objects.count() == 1


def test_a_closed_hall_gives_no_numbers(take: Take, hall: Hall, clock: Clock) -> None:
    set_policy(hall, HoursPolicy(always_open=False))
    for weekday in range(5):
        Hours.objects.create(hall=hall, weekday=weekday, opens=time(9), closes=time(17))
    clock.set(datetime(2026, 6, 8, 8, 44))  # noqa: DTZ001 (the clock's own zone)
    with pytest.raises(HallNotOpen):
        take()
    clock.set(datetime(2026, 6, 8, 8, 45))  # noqa: DTZ001 (the clock's own zone)
    assert take().number == "A001"
    clock.set(datetime(2026, 6, 8, 17, 0))  # noqa: DTZ001 (the clock's own zone)
    with pytest.raises(HallNotOpen):
        take()


def test_the_visitor_is_told_a_wait_that_is_kept(take: Take, open_window: Window) -> None:
    alone, second = take(), take()
    assert (alone.told_p50_s, alone.told_p80_s) == (0, 0)
    assert second.told_p50_s is not None
    assert second.told_p80_s is not None
    assert second.told_p80_s >= second.told_p50_s


def test_another_hall_takes_no_number_here(
    strange_program: Program, hall: Hall, service: Service
) -> None:
    answer = strange_program.post(f"/halls/{hall.slug}/tickets", {"service": service.code})
    assert problem(answer) == (404, "not-found")
    assert not Ticket.objects.exists()
