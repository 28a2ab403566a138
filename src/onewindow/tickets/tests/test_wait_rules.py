"""How a queue is played on, what is learnt, and what is told. No database."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.tickets import wait_rules
from onewindow.tickets.wait_rules import BEGIN, Course, Curve, Hold, Post, Served

BOTH = frozenset({1, 2})
HOLDS = {1: Hold(300, 0.5), 2: Hold(600, 0.5)}
NOW = 1_000.0  # later than everybody's due
queues = st.lists(st.tuples(st.floats(0, 999), st.sampled_from([1, 2])), max_size=40).map(sorted)


def course(line: list[tuple[float, int]], *posts: Post, service: int = 1) -> Course:
    return wait_rules.foresee(line, posts, HOLDS)[service]


def test_a_free_window_calls_at_once() -> None:
    assert course([], Post(BOTH)).wait_s(NOW) == 0


def test_everybody_at_the_same_windows_is_ahead_whatever_their_service() -> None:
    line = [(1.0, 2), (2.0, 1), (3.0, 2)]
    assert course(line, Post(BOTH)).wait_s(NOW) == 600 + 300 + 600
    assert course(line, Post(BOTH)).ahead(NOW) == 3


def test_who_waits_for_other_windows_is_not_ahead() -> None:
    line = [(1.0, 2), (2.0, 2), (3.0, 1)]
    seen = course(line, Post(frozenset({1})), Post(frozenset({2})))
    assert (seen.wait_s(NOW), seen.ahead(NOW)) == (300, 1)


def test_who_has_a_credit_is_told_the_place_that_it_gives() -> None:
    line = [(1.0, 1), (500.0, 1), (600.0, 1)]
    assert course(line, Post(BOTH)).ahead(400.0) == 1


def test_those_who_wait_find_their_own_place() -> None:
    line = [(1.0, 1), (2.0, 1), (3.0, 1)]
    seen = course(line, Post(BOTH))
    assert [seen.ahead(due) for due, _ in line] == [0, 1, 2]


def test_a_window_that_is_free_too_late_takes_nobody_off_the_count() -> None:
    late = Post(BOTH, pause_s=600)
    assert course([], Post(frozenset({1})), late).ahead(NOW) == 0
    assert course([(1.0, 1), (2.0, 1)], Post(frozenset({1})), late).ahead(NOW) == 2


@given(queues, st.floats(0, 2_000), st.floats(0, 999))
def test_never_are_fewer_than_none_or_more_than_all_ahead(
    line: list[tuple[float, int]], pause_s: float, due: float
) -> None:
    seen = course(line, Post(frozenset({1})), Post(BOTH, pause_s=pause_s))
    before = sum(1 for other, _service in line if other < due)
    assert 0 <= seen.ahead(due) <= before


def test_a_window_that_pauses_is_reckoned_with_when_it_is_back() -> None:
    line = [(1.0, 1), (2.0, 1)]
    alone = course(line, Post(BOTH))
    helped = course(line, Post(BOTH), Post(BOTH, pause_s=100))
    assert helped.wait_s(NOW) < alone.wait_s(NOW)
    assert course([], Post(BOTH, pause_s=100)).wait_s(NOW) == 100


def test_a_window_long_overdue_from_its_pause_is_not_reckoned_with() -> None:
    assert wait_rules.back_s(-3600) is None
    assert wait_rules.back_s(-5) == wait_rules.SOON_S
    assert wait_rules.back_s(300) == 300


def test_a_service_that_no_window_serves_now_has_a_wait_of_its_own_queue() -> None:
    line = [(1.0, 1), (2.0, 1)]
    assert course(line, Post(frozenset({2}))).wait_s(NOW) == 600


def test_a_visit_that_has_lasted_is_not_taken_to_begin() -> None:
    hold = HOLDS[1]
    assert hold.left(0) == 300
    assert 0 < hold.left(200) < 300
    assert Hold(300, 0).left(200) == 100
    assert hold.left(20_000) >= 0


@given(queues, st.integers(1, 6), st.sampled_from([1, 2]))
def test_more_people_ahead_never_mean_a_shorter_wait(
    line: list[tuple[float, int]], windows: int, service: int
) -> None:
    posts = [Post(BOTH)] * windows
    before = course(line, *posts).wait_s(NOW)
    assert course(sorted([*line, (500.0, service)]), *posts).wait_s(NOW) >= before


@given(queues, st.lists(st.sampled_from([BOTH, frozenset({1}), frozenset({2})]), max_size=6))
def test_who_is_due_later_never_waits_shorter(
    line: list[tuple[float, int]], profiles: list[frozenset[int]]
) -> None:
    seen = course(line, *[Post(serves) for serves in profiles])
    waits = [seen.wait_s(due) for due in (0.0, 250.0, 500.0, 750.0, NOW)]
    assert waits == sorted(waits)


@given(
    st.lists(st.tuples(st.floats(0, 9_000), st.floats(0, 20_000)), max_size=400),
    st.lists(st.floats(0, 20_000), min_size=2, max_size=9).map(sorted),
)
def test_what_is_told_grows_with_what_is_foreseen(
    waits: list[tuple[float, float]], foreseen: list[float]
) -> None:
    curve = wait_rules.learn_curve(waits)
    told = [curve.told(one) for one in foreseen]
    assert all(p50_s <= p80_s for p50_s, p80_s in told)
    assert [p50_s for p50_s, _ in told] == sorted(p50_s for p50_s, _ in told)
    assert [p80_s for _, p80_s in told] == sorted(p80_s for _, p80_s in told)


def test_a_curve_tells_what_became_of_such_waits() -> None:
    rng = Random(1)  # noqa: S311  # the same in each run
    foreseen = [rng.uniform(60, 3_000) for _ in range(2_000)]
    curve = wait_rules.learn_curve((one, one * rng.uniform(1, 2)) for one in foreseen)
    p50_s, p80_s = curve.told(1_200)
    assert p50_s == pytest.approx(1_800, rel=0.05)
    assert p80_s == pytest.approx(2_160, rel=0.05)


def test_without_experience_the_first_curve_holds() -> None:
    assert wait_rules.learn_curve([(600, 1)] * 49) == BEGIN
    assert BEGIN.told(0) == (0, 0)
    assert BEGIN.told(1_200) == (1_320, 1_920)
    assert Curve(((0, 0, 0), (100, 200, 300))).told(50) == (100, 150)


def served(took_s: float, *, service: int = 1, ended: float = 0.0) -> Served:
    return Served(service, window=ended, joined=0, called=ended, ended=ended, took_s=took_s)  # type: ignore[arg-type]  # a window each: no gaps


def test_recent_days_weigh_more() -> None:
    day = wait_rules.DAY_S
    old = [served(100, ended=one) for one in range(100)]
    new = [served(200, ended=10 * day + one) for one in range(100)]
    assert 180 < wait_rules.learn(old + new, 10 * day)[1].mean_s < 200


def test_an_outlier_is_cut_and_few_cases_are_drawn_to_the_hall() -> None:
    usual = [served(100, ended=one) for one in range(200)]
    rare = [served(20_000, service=2, ended=900.0)]
    learnt = wait_rules.learn([*usual, *rare, served(50_000, ended=901.0)], 1_000)
    assert learnt[1].mean_s < 105
    assert learnt[2].mean_s < 1_200
    assert wait_rules.learn([], 0) == {}


def test_the_way_from_one_visitor_to_the_next_belongs_to_a_visit() -> None:
    visits = [Served(1, 5, 0.0, one * 120.0, one * 120.0 + 100, 100) for one in range(50)]
    assert wait_rules.learn(visits, 6_000)[1].mean_s == pytest.approx(120)
