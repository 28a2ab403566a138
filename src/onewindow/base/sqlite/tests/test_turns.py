"""Writers stand in line, in the order of asking, and for no longer than they were told to."""

import threading
from concurrent.futures import ThreadPoolExecutor

from onewindow.base.sqlite.turns import Turns


def test_a_free_turn_is_taken_at_once() -> None:
    assert Turns().take(0)


def test_a_taken_turn_is_waited_for_and_then_given_up() -> None:
    turns = Turns()
    turns.take(0)
    assert not turns.take(0.01)
    turns.give()
    assert turns.take(0)


def test_who_asked_first_is_served_first() -> None:
    turns, order, inside = Turns(), [], []

    def write(name: int) -> None:
        turns.take(5)
        inside.append(name)
        assert len(inside) == 1
        order.append(name)
        inside.remove(name)
        turns.give()

    turns.take(0)
    threads = []
    for name in range(5):
        thread = threading.Thread(target=write, args=[name])
        thread.start()
        threads.append(thread)
        while len(turns._waiting) <= name:
            pass
    turns.give()
    for thread in threads:
        thread.join(5)
    assert order == [0, 1, 2, 3, 4]


def test_a_turn_may_be_given_by_another_thread() -> None:
    turns = Turns()
    turns.take(0)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(turns.give).result()
    assert turns.take(0)


def test_a_turn_that_comes_while_leaving_the_line_is_kept() -> None:
    turns = Turns()
    turns.take(0)
    assert turns._came_late(threading.Lock())
