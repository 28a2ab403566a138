"""A few read at once; a writer goes in at once and slows the readers down."""

import threading

from onewindow.config.door import Door


def test_one_reader_too_many_waits_in_vain() -> None:
    door = Door(at_once=2)
    assert door.enter(reads=True, timeout=0)
    assert door.enter(reads=True, timeout=0)
    assert not door.enter(reads=True, timeout=0.01)


def test_a_reader_goes_in_when_another_leaves() -> None:
    door = Door(at_once=1)
    door.enter(reads=True, timeout=0)
    threading.Timer(0.01, lambda: door.leave(reads=True)).start()
    assert door.enter(reads=True, timeout=5)


def test_a_writer_never_waits() -> None:
    door = Door(at_once=1)
    door.enter(reads=True, timeout=0)
    assert door.enter(reads=False, timeout=0)


def test_fewer_read_while_somebody_writes() -> None:
    door = Door(at_once=8, while_writing=1)
    door.enter(reads=False, timeout=0)
    assert door.enter(reads=True, timeout=0)
    assert not door.enter(reads=True, timeout=0.01)
    door.leave(reads=False)
    assert door.enter(reads=True, timeout=0)
