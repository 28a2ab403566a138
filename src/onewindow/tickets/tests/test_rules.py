"""Pure decisions of the queue, and the table of moves."""

import pytest

from onewindow.tickets import rules
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.states import MOVES, OPEN, State


def test_every_state_stands_in_the_table_of_moves() -> None:
    assert set(MOVES) == set(State)


def test_what_is_open_can_be_closed_and_what_has_ended_stays_ended() -> None:
    assert all(State.CLOSED in MOVES[state] for state in OPEN)
    assert all(not MOVES[state] for state in (State.DONE, State.LEFT, State.CLOSED))


@pytest.mark.parametrize(("sequence", "text"), [(1, "A001"), (999, "A999"), (1000, "A1000")])
def test_a_number_has_three_digits_or_more(sequence: int, text: str) -> None:
    assert rules.number_text("A", sequence) == text


@pytest.mark.parametrize(
    ("last", "cap", "too_many"),
    [
        ([], 2, False),
        (["p1"], 2, False),
        (["p1", "p1"], 2, True),
        (["p1", "p4"], 2, False),
        (["p1", "p4"], 1, True),
        (["p4", "p1"], 1, False),
        (["p1", "p1"], 3, False),
    ],
)
def test_of_three_calls_so_many_may_be_p1(last: list[str], cap: int, too_many: bool) -> None:
    assert rules.too_many_p1(last, TicketPolicy(p1_in_a_row=cap)) is too_many


@pytest.mark.parametrize(
    ("values", "share", "value"),
    [([], 0.5, 0), ([7], 0.8, 7), ([0, 10], 0.5, 5), ([1, 2, 3, 4, 5], 0.8, 4)],
)
def test_a_quantile_lies_between_its_neighbours(
    values: list[int], share: float, value: int
) -> None:
    assert rules.quantile(values, share) == value


def test_few_cases_are_drawn_to_the_general_value() -> None:
    assert rules.shrunk(100, 0, 300) == 300
    assert rules.shrunk(100, 20, 300) == 200
    assert rules.shrunk(100, 2_000, 300) == 102
