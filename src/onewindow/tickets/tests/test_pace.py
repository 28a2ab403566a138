"""Learning how long services take, and what people are told from it."""

import pytest

from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.floor.models import Profile, Window
from onewindow.floor.states import Choice
from onewindow.tickets import actions
from onewindow.tickets.actions import pace
from onewindow.tickets.estimates import Estimate, estimates, look
from onewindow.tickets.models import Pace
from onewindow.tickets.tests.conftest import Take, offer, open_one_more
from onewindow.tickets.wait_rules import BEGIN
from tests.fixtures.world import Clock


@pytest.fixture
def serve(take: Take, open_window: Window, by: By, clock: Clock) -> object:
    """``serve(300, files=2)``: a visit whose service took so many seconds."""

    def one(seconds: int, files: int = 1) -> None:
        take()
        ticket = actions.call_next(window=open_window, by=by)
        assert ticket is not None
        actions.start(ticket=ticket, by=by)
        clock.forward(seconds=seconds)
        actions.finish(ticket=ticket, by=by, files=files)

    return one


def test_a_pace_is_learnt_from_what_was_served(hall: Hall, service: Service, serve: Take) -> None:
    for seconds in (100, 200, 300, 400, 500):
        serve(seconds)
    pace.learn_all()
    learnt = Pace.objects.get(service=service)
    assert (learnt.p50_s, learnt.p80_s, learnt.mean_s, learnt.learnt_from) == (300, 420, 300, 5)


def test_files_share_the_time_and_mistaken_keys_do_not_count(
    hall: Hall, service: Service, serve: Take
) -> None:
    serve(600, files=3)
    serve(5)
    pace.learn(hall)
    assert Pace.objects.get(service=service).mean_s == 200


def test_few_cases_are_drawn_to_the_halls_own_pace(
    hall: Hall, open_window: Window, serve: Take, take: Take, by: By, clock: Clock
) -> None:
    rare = offer(hall)
    for _ in range(4):
        serve(100)
    ticket = actions.walk_in(window=open_window, service=rare, by=by)
    clock.forward(seconds=1100)
    actions.finish(ticket=ticket, by=by)
    pace.learn(hall)
    assert Pace.objects.get(service=rare).p50_s == round((1100 + 20 * 100) / 21)


def test_learning_again_replaces_and_old_days_fade_out(
    hall: Hall, service: Service, serve: Take, clock: Clock
) -> None:
    serve(100)
    pace.learn(hall)
    clock.forward(days=13)
    serve(300)
    pace.learn(hall)
    assert Pace.objects.get().learnt_from == 2
    clock.forward(days=2)
    pace.learn(hall)
    assert Pace.objects.get().mean_s == 300


def test_a_free_window_means_no_wait(hall: Hall, service: Service, open_window: Window) -> None:
    assert estimates(hall)[service.pk] == Estimate(0, 0, 0)


def test_people_ahead_cost_time_and_more_windows_share_it(
    hall: Hall, service: Service, open_window: Window, take: Take, by: By, clock: Clock
) -> None:
    for _ in range(3):
        take()
    clock.forward(seconds=2)
    one = estimates(hall)[service.pk]
    assert (one.waiting, one.p50_s) == (3, BEGIN.told(3 * service.target_minutes * 60)[0])
    assert one.p80_s > one.p50_s
    open_one_more(hall, service, label="6", by=by)
    open_one_more(hall, service, label="7", by=by)
    assert estimates(hall)[service.pk].p50_s == BEGIN.told(600)[0]  # each takes one of them


def test_a_look_is_kept_for_two_seconds(
    hall: Hall, service: Service, take: Take, clock: Clock
) -> None:
    before = look(hall)
    take()
    clock.forward(seconds=1)
    assert look(hall) is before
    clock.forward(seconds=1)
    assert look(hall).estimate(service.pk).waiting == 1


def test_who_waits_for_another_service_at_the_same_window_is_ahead_too(
    hall: Hall, service: Service, open_window: Window, take: Take, clock: Clock
) -> None:
    other = offer(hall)
    Profile.objects.create(window=open_window, service=other, choice=Choice.FIRST)
    changed(hall)
    take()
    take()
    clock.forward(seconds=3)
    now = estimates(hall)[other.pk]
    assert (now.waiting, now.ahead) == (0, 2)
    assert now.p50_s > 0


def test_who_is_ahead_is_counted_by_due(hall: Hall, take: Take, clock: Clock) -> None:
    first = take()
    clock.forward(minutes=1)
    second, urgent = take(), take(priority="p1")
    clock.forward(seconds=2)
    seen = look(hall)
    assert [seen.ahead(one.service_id, one.due) for one in (urgent, first, second)] == [0, 1, 2]
