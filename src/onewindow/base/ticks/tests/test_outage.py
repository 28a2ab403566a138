"""A silence of over a minute is one outage; a clock that is moved on is none."""

from datetime import timedelta

import pytest

from onewindow.base import clocks
from onewindow.base.ticks.actions.life import beat, notice_outage, sign_of_life
from onewindow.base.ticks.models import Outage
from onewindow.base.ticks.queries import outages_between, quiet, seconds_away
from onewindow.base.trail.models import Entry
from tests.fixtures.world import Clock

pytestmark = pytest.mark.django_db


def test_the_first_sign_of_life_is_no_outage() -> None:
    assert beat() is None


def test_a_short_silence_is_no_outage(clock: Clock) -> None:
    beat()
    clock.forward(seconds=60)
    assert beat() is None


def test_a_long_silence_is_one_outage_on_the_trail(clock: Clock) -> None:
    beat()
    began = clock.now
    clock.forward(minutes=7)
    assert beat() is not None
    assert beat() is None
    assert [(o.began_at, o.ended_at) for o in Outage.objects.all()] == [(began, clock.now)]
    entry = Entry.objects.get(kind="installation.outage")
    assert entry.data == {"seconds": 420}


def test_an_outage_is_noticed_before_other_work(clock: Clock) -> None:
    beat()
    assert notice_outage() is None
    clock.forward(minutes=2)
    assert notice_outage() is not None
    assert notice_outage() is None


def test_a_clock_that_is_moved_on_is_no_outage(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat()
    clock.forward(hours=15, seconds=10)  # a demonstration's next morning
    monkeypatch.setattr(clocks, "shift", lambda: timedelta(hours=15))
    assert beat() is None


def test_spans_are_cut_to_what_is_asked(clock: Clock) -> None:
    beat()
    began = clock.now
    clock.forward(minutes=10)
    beat()
    ended = clock.now
    minute = timedelta(minutes=1)
    assert outages_between(began - minute, ended + minute) == [(began, ended)]
    assert outages_between(began + minute, ended - minute) == [(began + minute, ended - minute)]
    assert seconds_away(began + 4 * minute, ended + minute) == 360
    assert outages_between(ended, ended + minute) == []
    assert outages_between(began - minute, began) == []


def test_who_is_quiet_is_named(clock: Clock) -> None:
    assert quiet() == ["installation", "worker"]
    beat()
    sign_of_life("worker")
    assert quiet() == []
    clock.forward(minutes=2)
    beat()
    assert quiet() == ["worker"]
