"""Sealing on a server that other tests use too."""

from time import sleep

from onewindow.base.trail import seal


def settled(row: int) -> None:
    """Seal until a row is sealed: what others have begun beside it may have to end first."""
    for _ in range(300):
        newest = seal.newest()
        if newest and newest.last >= row:
            return
        sleep(0.05)
        seal.seal()
    raise AssertionError("the row does not settle")
