"""The database refuses to change the trail."""

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, connection, transaction

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.trail import job, triggers
from onewindow.base.trail.models import Entry, Purge
from onewindow.base.trail.record import record


@pytest.fixture
def row(hall: Hall) -> Entry:
    return record("hall.opened", hall, by=job("test"))


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_row_cannot_be_altered(row: Entry) -> None:
    refused(f"UPDATE trail_entry SET label = 'other' WHERE id = {row.pk}")


def test_a_row_cannot_be_taken_out(row: Entry) -> None:
    refused(f"DELETE FROM trail_entry WHERE id = {row.pk}")
    assert Entry.objects.count() == 1


def test_a_purge_lets_go_of_what_is_below_it_and_of_nothing_else(hall: Hall, row: Entry) -> None:
    kept = record("hall.closed", hall, by=job("test"))
    Purge.objects.create(below=kept.pk, at=clocks.now())
    refused(f"DELETE FROM trail_entry WHERE id = {kept.pk}")
    Entry.objects.filter(pk=row.pk).delete()
    assert list(Entry.objects.all()) == [kept]


def test_what_allowed_a_purge_cannot_be_undone(row: Entry) -> None:
    Purge.objects.create(below=row.pk, at=clocks.now())
    refused("UPDATE trail_purge SET below = 0")
    refused("DELETE FROM trail_purge")


def test_all_triggers_are_there_after_a_migration(db: None) -> None:
    assert triggers.missing() == []
    assert run_checks(databases=["default"], tags=["database"]) == []


def test_a_trigger_that_was_dropped_is_missed(db: None) -> None:
    statement, *_others = triggers.drop()
    connection.cursor().execute(statement)
    assert triggers.missing() == ["trail_entry_keeps_update"]
    (trouble,) = run_checks(databases=["default"], tags=["database"])
    assert "trail_entry_keeps_update" in trouble.msg
    triggers.make()
    assert triggers.missing() == []


def test_truncate_is_refused_too(row: Entry) -> None:
    if connection.vendor == "sqlite":
        return  # SQLite has no TRUNCATE
    refused("TRUNCATE trail_entry")
