"""Sealing, and finding out what was done to sealed rows."""

from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from onewindow.base.halls.models import Hall
from onewindow.base.trail import job, seal, triggers
from onewindow.base.trail.actions import TooYoung, purge
from onewindow.base.trail.models import Purge, Seal
from onewindow.base.trail.queries import history
from onewindow.base.trail.record import record
from onewindow.base.trail.tests.settling import settled
from onewindow.base.trail.verify import verify
from tests.fixtures.world import Clock

Happen = Callable[..., list[int]]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def happen(hall: Hall) -> Happen:
    """``happen(3)``: three things happen and are sealed; returns their rows."""

    def things(many: int, *, settle: bool = True) -> list[int]:
        rows = []
        for n in range(many):
            with transaction.atomic():
                rows.append(record("hall.cheered", hall, by=job("test"), hall=hall.pk, n=n).pk)
        seal.seal()
        if settle:
            settled(rows[-1])
        return rows

    return things


@pytest.fixture
def forge() -> Iterator[Callable[[str], None]]:
    """Somebody with all rights on the database takes the triggers away and writes."""

    def write(statement: str) -> None:
        with connection.cursor() as cursor:
            for drop in triggers.drop():
                cursor.execute(drop)
            cursor.execute(statement)
        triggers.make()

    yield write
    triggers.make()


def test_a_whole_trail_has_no_trouble(happen: Happen) -> None:
    happen(3)
    happen(2)
    assert [made.count for made in Seal.objects.order_by("last")] == [3, 2]
    assert verify() == []


def test_where_nothing_happened_nothing_is_sealed(happen: Happen) -> None:
    assert seal.seal() is None
    happen(1)
    assert seal.seal() is None
    assert Seal.objects.count() == 1


def test_many_rows_are_sealed_in_pieces(happen: Happen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "ROWS_A_SEAL", 2)
    happen(5)
    assert [made.count for made in Seal.objects.order_by("last")] == [2, 2, 1]
    assert verify() == []


def test_a_row_that_was_altered_is_named(happen: Happen, forge: Callable[[str], None]) -> None:
    _first, second, _third = happen(3)
    forge(f"UPDATE trail_entry SET label = 'other' WHERE id = {second}")
    assert verify() == [f"Row {second} was altered."]


def test_a_row_that_is_missing_is_named(happen: Happen, forge: Callable[[str], None]) -> None:
    _first, second, _third = happen(3)
    forge(f"DELETE FROM trail_entry WHERE id = {second}")
    assert verify() == [f"Row {second} is missing."]


def test_a_row_that_was_put_in_is_named(
    hall: Hall, happen: Happen, forge: Callable[[str], None]
) -> None:
    (first,) = happen(1)
    hole = first + 1
    with transaction.atomic():
        row = record("hall.cheered", hall, by=job("test"), hall=hall.pk)
    forge(f"DELETE FROM trail_entry WHERE id = {row.pk}")
    assert row.pk == hole
    (last,) = happen(1)
    row.pk = hole
    row.save(force_insert=True)
    assert last > hole
    assert verify() == [f"Row {hole} was put in after it had been sealed."]


def test_a_seal_that_was_altered_is_named(happen: Happen, forge: Callable[[str], None]) -> None:
    first, second = happen(2)
    forge("UPDATE trail_seal SET count = 1")
    (trouble,) = verify()
    assert trouble.startswith(f"The seal of rows {min(first, 1)} to {second} is not genuine")


def test_a_seal_that_was_taken_out_is_noticed(happen: Happen, forge: Callable[[str], None]) -> None:
    happen(1)
    happen(1)
    happen(1)
    middle = Seal.objects.order_by("last")[1]
    forge(f"DELETE FROM trail_seal WHERE id = {middle.pk}")
    assert verify()[0] == f"A seal is missing before row {middle.last + 1}."


def test_without_the_key_nobody_makes_a_seal(happen: Happen, settings: Settings) -> None:
    happen(2)
    settings.TRAIL_KEY = "another"
    (trouble,) = verify()
    assert "not genuine" in trouble


def test_missing_triggers_are_said_first(happen: Happen) -> None:
    happen(1)
    with connection.cursor() as cursor:
        cursor.execute(triggers.drop()[0])
    try:
        assert verify() == [
            "The trigger trail_entry_keeps_update is missing: the trail could be changed."
        ]
    finally:
        triggers.make()


def test_what_was_kept_for_two_years_is_let_go_and_the_chain_still_holds(
    hall: Hall, happen: Happen, clock: Clock
) -> None:
    old = happen(3)
    clock.forward(days=25 * 31)
    young = happen(2)
    assert purge() == len(old)
    assert [row.pk for row in history(hall, hall=hall.pk)] == young
    assert Purge.objects.get().below == old[-1] + 1
    seal.seal()
    assert verify() == []
    assert purge() == 0


def test_the_trail_is_kept_for_six_months_at_least(db: None) -> None:
    with pytest.raises(TooYoung):
        purge(months=5)


def test_a_row_that_is_not_committed_yet_is_not_sealed_over(hall: Hall, happen: Happen) -> None:
    """On PostgreSQL a smaller id may commit after a larger one: the seal waits for it."""
    if connection.vendor == "sqlite":
        return  # one writer at a time
    written, go_on = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            record("hall.slow", hall, by=job("slow"), hall=hall.pk)
            written.set()
            go_on.wait(10)
        connection.close()

    other = Thread(target=slow)
    other.start()
    written.wait(10)
    rows = happen(2, settle=False)
    try:
        assert Seal.objects.count() == 0
    finally:
        go_on.set()
        other.join()
    settled(rows[-1])
    assert sum(made.count for made in Seal.objects.all()) == len(rows) + 1
    assert verify() == []
