"""A tick is done once, whoever asks."""

from datetime import timedelta

import pytest

from onewindow.base.ticks.actions.claim import claim, ran
from onewindow.base.ticks.models import Tick
from tests.fixtures.world import Clock

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_the_first_to_ask_does_it() -> None:
    assert claim("seal", MINUTE)
    assert not claim("seal", MINUTE)


def test_it_comes_round_also_for_a_clock_that_wakes_a_little_early(clock: Clock) -> None:
    claim("seal", MINUTE)
    clock.forward(seconds=58)
    assert not claim("seal", MINUTE)
    clock.forward(seconds=1.5)
    assert claim("seal", MINUTE)
    assert not claim("seal", MINUTE)


def test_a_clock_that_was_set_back_does_not_stop_it(clock: Clock) -> None:
    claim("seal", MINUTE)
    clock.forward(hours=-7)
    assert claim("seal", MINUTE)
    assert not claim("seal", MINUTE)


def test_what_went_wrong_is_kept_until_it_goes_well() -> None:
    claim("seal", MINUTE)
    ran("seal", "ValueError: no" + "!" * 300)
    assert Tick.objects.get().problem.startswith("ValueError: no")
    ran("seal")
    assert Tick.objects.get().problem == ""
