"""A past day: lived through by the real actions, and copied."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from onewindow.accounts.models import User
from onewindow.base.deadlines.tests.make import office_hours
from onewindow.base.halls.models import Hall
from onewindow.base.trail import job
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.floor.models import Session, Window
from onewindow.simulator.engine import Day, Engine, Post
from onewindow.simulator.past import copy_day, live_through
from onewindow.simulator.ports import ActionPort
from onewindow.simulator.rules import Offered
from onewindow.tickets.models import Ticket, Visit
from onewindow.tickets.states import AT_WINDOW, State

OPENS = datetime(2026, 6, 8, 1, 0, tzinfo=UTC)  # nine in Shanghai
Live = Callable[[], Engine]


@pytest.fixture
def lived(hall: Hall, service: Service, window: Window, clerk: User) -> Live:
    """Live through the first hour and a half of a day with one window."""
    office_hours(hall)

    def live() -> Engine:
        post = Post(window.label, clerk.staff_number, frozenset([service.code]))
        opens = OPENS.timestamp()
        offered = [Offered(service.code, 300, 1)]
        day = Day(opens, opens + 3600, offered, [post], visitors=70)
        random = Random(3)  # noqa: S311 (a simulation)
        engine = Engine(ActionPort(hall, job("simulator")), day, random)
        engine.begin(opens - 600)
        live_through(engine, opens + 3600 + 5400)
        return engine

    return live


def test_a_day_goes_by_the_real_actions(lived: Live) -> None:
    engine = lived()
    tickets = Ticket.objects.all()
    assert engine.taken > 3
    assert tickets.count() >= engine.taken
    assert tickets.filter(state=State.DONE).count() >= engine.taken * 0.8
    assert not tickets.filter(state__in=AT_WINDOW).exists()
    assert Entry.objects.filter(kind="ticket.finished").count() >= engine.taken * 0.8


def test_the_clerk_goes_home_when_everybody_has_been_served(lived: Live) -> None:
    lived()
    assert not Session.objects.exclude(state="closed").exists()


def test_a_copied_day_has_numbers_of_its_own_without_gaps(hall: Hall, lived: Live) -> None:
    lived()
    source, target = OPENS.date(), OPENS.date() - timedelta(days=3)
    random = Random(5)  # noqa: S311 (a simulation)
    made = copy_day(hall, source, target, random)
    visits = Visit.objects.filter(hall=hall, day=target).order_by("sequence")
    assert made == Ticket.objects.filter(hall=hall, day=target).count() > 0
    assert [visit.sequence for visit in visits] == list(range(1, visits.count() + 1))
    assert [v.joined_at for v in visits] == sorted(v.joined_at for v in visits)
    assert set(Visit.objects.values_list("at", flat=True)) == {None}
    assert all(visit.joined_at.date() == target for visit in visits)
