"""The table of ticks: all there, each failing alone, and never twice in a turn."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils.module_loading import import_string

from onewindow.base.ticks.models import Outage, Tick
from onewindow.config import ticks
from onewindow.config.ticks import TICKS, Every, run
from tests.fixtures.world import Clock

calls: list[str] = []


def work() -> None:
    """Something that comes round."""
    calls.append("done")


def fail() -> None:
    """Something that goes wrong."""
    raise ValueError("no paper")


def away() -> None:
    """A database that is gone."""
    raise OperationalError("gone")


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    calls.clear()
    ticks._said.clear()


def test_every_row_of_the_table_can_be_called(db: None) -> None:
    assert [run(tick) for tick in TICKS] == [True] * len(TICKS)
    assert TICKS[0].name == "heartbeat"  # an outage is known before anything is swept
    assert all(callable(import_string(tick.action)) for tick in TICKS)


def test_a_tick_is_done_once_in_its_time(db: None, clock: Clock) -> None:
    tick = Every(60, "work", f"{__name__}.work")
    assert run(tick)
    assert not run(tick)
    clock.forward(minutes=1)
    assert run(tick)
    assert calls == ["done", "done"]


def test_a_failure_is_kept_and_said_once(
    db: None, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    tick = Every(10, "fail", f"{__name__}.fail")
    for _turn in range(3):
        assert not run(tick)
        clock.forward(seconds=10)
    assert Tick.objects.get(name="fail").problem == "ValueError: no paper"
    assert caplog.text.count("tick fail failed: ValueError: no paper") == 1


def test_an_outage_is_known_before_a_sweep(db: None, clock: Clock) -> None:
    run(TICKS[0])
    clock.forward(minutes=10)
    assert run(Every(60, "work", f"{__name__}.work"))
    assert Outage.objects.get().ended_at - Outage.objects.get().began_at == timedelta(minutes=10)


def test_a_database_that_is_gone_ends_nothing(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(ticks, "notice_outage", away)
    assert not run(Every(60, "work", f"{__name__}.work"))
    assert calls == []
    assert "the database does not answer" in caplog.text
