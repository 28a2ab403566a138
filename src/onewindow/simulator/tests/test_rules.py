"""How simulated people behave."""

from random import Random

from onewindow.simulator import rules
from onewindow.simulator.rules import DAY_S, Offered

OFFERED = [Offered("A01", 600, 30), Offered("B01", 900, 10), Offered("C01", 300, 1)]


def rng() -> Random:
    return Random(7)  # noqa: S311 (a simulation)


def test_about_as_many_come_as_were_asked_for() -> None:
    expected = sum(rules.rate(second, 400) for second in range(DAY_S))
    assert 370 < expected < 401


def test_there_is_a_morning_and_an_afternoon_peak() -> None:
    morning, noon, afternoon = (rules.rate(h * 3600, 400) for h in (1.25, 3.4, 5.4))
    assert morning > 2 * noon
    assert afternoon > 2 * noon


def test_nobody_comes_outside_the_hours() -> None:
    assert rules.rate(-1, 400) == rules.rate(DAY_S + 1, 400) == 0
    assert rules.next_arrival(rng(), DAY_S, 400) is None


def test_arrivals_follow_each_other_until_closing() -> None:
    random, at, times = rng(), 0.0, []
    while (after := rules.next_arrival(random, at, 400)) is not None:
        times.append(after)
        at = after
    assert times == sorted(times)
    assert 330 < len(times) < 470
    assert times[-1] < DAY_S + 600


def test_service_times_are_spread_as_in_life() -> None:
    random = rng()
    times = sorted(rules.service_time(random, 600) for _ in range(1000))
    assert 45 <= times[0] < times[-1] <= 3600
    assert 280 < times[500] < 380
    assert times[800] > 1.3 * times[500]


def test_people_want_different_things() -> None:
    random = rng()
    people = [rules.visitor(random, OFFERED) for _ in range(2000)]
    share = {code: sum(one.service == code for one in people) / 2000 for code in ("A01", "C01")}
    assert share["A01"] > 0.6
    assert share["C01"] < 0.1
    assert any(not one.comes for one in people)
    assert any(one.also for one in people)
    assert any(one.sent_on for one in people)
    assert {one.priority for one in people} == {"p1", "p3", "p4"}
    assert all(one.also != one.service for one in people)
