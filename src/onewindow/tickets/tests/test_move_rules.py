"""Which change of windows helps most: worked out by playing the queue on."""

from onewindow.tickets.move_rules import Move, MoveKind, Queue, Stand, moves
from onewindow.tickets.wait_rules import Curve, Hold, Post

TAX, HOUSING = 1, 2
AS_FORESEEN = Curve(((0.0, 0.0, 0.0), (600.0, 600.0, 600.0)))


def queue(tax: int, housing: int = 0) -> Queue:
    """So many wait, each for ten minutes of service; fifteen are promised."""
    line = sorted(
        [(float(n), TAX) for n in range(tax)] + [(n + 0.5, HOUSING) for n in range(housing)]
    )
    holds = {pk: Hold(600, 0.5) for pk in (TAX, HOUSING)}
    return Queue(line, holds, AS_FORESEEN, {TAX: tax, HOUSING: housing}, 1000.0, 900)


def stand(
    window: int, *first: int, second: tuple[int, ...] = (), works: bool = True, **more: object
) -> Stand:
    """A window that serves these."""
    serves = frozenset(first)
    post = Post(serves | frozenset(second)) if works else None
    return Stand(window, serves, frozenset(second), post, **more)  # type: ignore[arg-type]


def told(found: list[Move]) -> list[tuple[MoveKind, int]]:
    return [(one.kind, one.window) for one in found]


def test_a_closed_window_with_somebody_free_is_opened_and_the_gain_is_said() -> None:
    found = moves(queue(6), [stand(1, TAX), stand(2, TAX, works=False, can_open=True)])
    assert told(found) == [(MoveKind.OPEN, 2)]
    assert (found[0].before_s, found[0].saved_s) == (3600, 6 * (3600 - found[0].after_s))
    assert 1800 <= found[0].after_s <= 1900


def test_a_closed_window_for_which_nobody_is_free_is_not_suggested() -> None:
    assert moves(queue(6), [stand(1, TAX), stand(2, TAX, works=False)]) == []


def test_who_pauses_is_called_back() -> None:
    paused = Stand(2, frozenset({TAX}), frozenset(), Post(frozenset({TAX}), pause_s=1800), True)
    assert told(moves(queue(6), [stand(1, TAX), paused])) == [(MoveKind.CALL_BACK, 2)]


def test_an_idle_neighbour_serves_it_too() -> None:
    idle = stand(2, HOUSING, could_add=frozenset({TAX}))
    assert told(moves(queue(6), [stand(1, TAX), idle])) == [(MoveKind.ADD, 2)]


def test_a_neighbour_with_a_queue_of_its_own_is_left_alone() -> None:
    busy = stand(2, HOUSING, could_add=frozenset({TAX}))
    assert moves(queue(5, 5), [stand(1, TAX), busy]) == []


def test_a_second_choice_is_brought_in_where_first_ones_go_first() -> None:
    stands = [stand(1, TAX), stand(2, HOUSING, second=(TAX,)), stand(3, HOUSING)]
    assert told(moves(queue(8, 2), stands, first_first=True)) == [(MoveKind.FIRST, 2)]
    assert moves(queue(8, 2), stands) == []


def test_a_service_that_others_serve_is_taken_off_the_window_of_the_late_one() -> None:
    line = [(0.0, HOUSING)] + [(10.0 + n, TAX) for n in range(5)]
    crowd = Queue(line, queue(0).holds, AS_FORESEEN, {TAX: 5, HOUSING: 1}, 1000.0, 900)
    slow = [stand(1, TAX, HOUSING), stand(2, HOUSING)]
    assert told(moves(crowd, slow)) == [(MoveKind.OFF, 1)]


def test_nothing_is_suggested_while_the_promise_is_kept() -> None:
    assert moves(queue(1), [stand(1, TAX), stand(2, TAX, works=False, can_open=True)]) == []


def test_at_most_three_are_suggested_each_at_a_window_of_its_own() -> None:
    closed = [stand(n, TAX, works=False, can_open=True) for n in range(2, 9)]
    found = moves(queue(12), [stand(1, TAX), *closed])
    assert len(found) == 3
    assert len({one.window for one in found}) == 3
