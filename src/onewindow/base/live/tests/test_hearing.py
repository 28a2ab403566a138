"""What another process commits is heard, and again after the database was away."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from typing import Any

import pytest
from django.db import connection, transaction

from onewindow.base.halls.models import Hall
from onewindow.base.halls.tests.make import HallFactory
from onewindow.base.live.hearing import Heard, Hearing, PostgresEar, SQLiteEar
from onewindow.base.live.hub import Hub
from onewindow.base.trail import job
from onewindow.base.trail.record import record

SECONDS = 10


class FakeEar:
    """Says what it is told to say; an exception is raised."""

    def __init__(self, *steps: list[Heard] | Exception) -> None:
        self.steps = list(steps)
        self.opened = self.closed = 0
        self.nothing_left = threading.Event()

    def open(self) -> None:
        self.opened += 1

    def step(self) -> list[Heard]:
        if not self.steps:
            self.nothing_left.set()
            return []
        said = self.steps.pop(0)
        if isinstance(said, Exception):
            raise said
        return said

    def close(self) -> None:
        self.closed += 1


@contextmanager
def listening(hub: Hub, ear: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hearing]:
    """Hear with this ear while the test looks."""
    hearing = Hearing(hub)
    monkeypatch.setattr(hearing, "_ear", lambda: ear)
    hearing.start()
    try:
        yield hearing
    finally:
        hearing.stop()


def test_what_is_heard_wakes_the_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    hub = Hub()
    post = hub.open([(1, "ticket")], at_most=1)
    assert post
    with listening(hub, FakeEar([(1, ("ticket",), 7)]), monkeypatch):
        assert post.box.get(timeout=SECONDS) == ("ticket",)


def test_a_database_that_comes_back_wakes_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onewindow.base.live.hearing.AGAIN_SECONDS", 0.01)
    hub = Hub()
    post = hub.open([(1, "ticket")], at_most=1)
    assert post
    ear = FakeEar(OSError("gone"), OSError("still gone"))
    with listening(hub, ear, monkeypatch):
        assert ear.nothing_left.wait(SECONDS)
        assert post.box.get(timeout=SECONDS) == ("ticket",)
    assert (ear.opened, ear.closed) == (3, 3)


def test_starting_twice_listens_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ear = FakeEar()
    with listening(Hub(), ear, monkeypatch) as hearing:
        hearing.start()
        assert ear.nothing_left.wait(SECONDS)
    assert ear.opened == 1


def test_before_it_starts_nothing_is_kept_to_be_told() -> None:
    hearing = Hearing(Hub())
    hearing.tell(1, ("ticket",))
    assert hearing._outbox.empty()
    hearing.stop()


def test_a_process_without_screens_need_not_hear_on_sqlite(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("onewindow.base.live.hearing.connection.vendor", "sqlite")
    hearing = Hearing(Hub())
    hearing.start(has_screens=False)
    assert hearing._thread is None


def test_many_topics_become_few_letters() -> None:
    outbox: SimpleQueue[tuple[int, str]] = SimpleQueue()
    for number in range(600):
        outbox.put((1, f"visit.{number}"))
        outbox.put((1, "ticket"))
    letters = PostgresEar({}, outbox)._letters()
    assert 1 < len(letters) < 10
    assert all(len(letter) < 8_000 for letter in letters)
    told = {topic for letter in letters for topic in json.loads(letter)[1]["1"]}
    assert told == {"ticket", *(f"visit.{number}" for number in range(600))}
    assert PostgresEar({}, outbox)._letters() == []


def test_a_process_does_not_listen_to_itself() -> None:
    ear = PostgresEar({}, SimpleQueue())
    assert ear._read(json.dumps([ear._me, {"1": ["ticket"]}])) == []
    assert ear._read(json.dumps(["other", {"1": ["ticket"]}])) == [(1, ("ticket",), None)]


@pytest.mark.django_db(transaction=True)
def test_a_row_committed_on_another_connection_is_heard_on_sqlite() -> None:
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("a file of SQLite")
    hall = HallFactory.create()
    ear = SQLiteEar(str(connection.settings_dict["NAME"]))
    ear.open()
    assert ear.step() == []
    changed(hall, "ticket", "window.5")
    ((where, topics, row),) = ear.step()
    assert (where, topics, row is not None) == (hall.pk, ("ticket", "window.5"), True)
    assert ear.step() == []
    ear.close()


@pytest.mark.django_db(transaction=True)
def test_topics_go_to_other_processes_on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL")
    hub = Hub()
    here, there = Hearing(Hub()), Hearing(hub)
    post = hub.open([(1, "ticket")], at_most=1)
    assert post
    try:
        there.start()
        here.start()
        for _ in range(100):  # the other may not yet listen
            here.tell(1, ("ticket",))
            with suppress(Exception):
                assert post.box.get(timeout=0.1) == ("ticket",)
                break
        else:
            pytest.fail("nothing was heard")
    finally:
        here.stop()
        there.stop()


def changed(hall: Hall, *topics: str) -> None:
    """Commit a change."""

    with transaction.atomic():
        record("hall.changed", hall, by=job("test"), hall=hall.pk, topics=topics)
