"""The estimate of the wait, on the simulated days that it is judged by."""

import pytest

from benchmarks.days import SCENARIOS
from benchmarks.estimate import AHEAD, LAST, LAST_HOUR, ORACLE, OURS, Judged, judge

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def judged() -> dict[str, Judged]:
    """Every scenario, with three days each."""
    return {plan.name: judge(plan, plan.days) for plan in SCENARIOS}


def test_of_those_told_p80_four_of_five_waited_at_most_so_long(judged: dict[str, Judged]) -> None:
    kept = [one for scenario in judged.values() for one in scenario.kept]
    assert 0.75 <= sum(kept) / len(kept) <= 0.85


@pytest.mark.parametrize("name", [plan.name for plan in SCENARIOS])
def test_it_is_better_by_a_quarter_than_each_simple_method_or_near_the_oracle(
    judged: dict[str, Judged], name: str
) -> None:
    one = judged[name]
    simple = min(one.error(method) for method in (AHEAD, LAST, LAST_HOUR))
    assert one.error(OURS) <= max(0.75 * simple, 1.1 * one.error(ORACLE))
