"""Writing down what happened."""

from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.live import bus
from onewindow.base.trail import By, job
from onewindow.base.trail.models import Entry
from onewindow.base.trail.queries import history
from onewindow.base.trail.record import record
from onewindow.base.trail.secret import Secret, SecretInTrail

BY = By("user", 7, "0312", "page", "10.0.0.1")


def test_a_row_says_what_when_who_and_through_which_door(hall: Hall) -> None:
    row = record("hall.opened", hall, by=BY, hall=hall.pk, label="east", windows=4)
    row.refresh_from_db()
    assert (row.kind, row.subject, row.subject_id, row.label) == (
        "hall.opened",
        "halls.hall",
        hall.pk,
        "east",
    )
    assert (row.by_kind, row.by_id, row.by_label) == ("user", 7, "0312")
    assert (row.via, row.address, row.at) == ("page", "10.0.0.1", clocks.now())
    assert row.data == {"windows": 4}


def test_it_costs_one_statement(
    hall: Hall, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    record("hall.opened", hall, by=BY)  # who listens is remembered from the first
    with django_assert_num_queries(1):
        record("hall.opened", hall, by=BY, hall=hall.pk, topics=("hall",), windows=4)


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_stand_outside_the_transaction_of_its_change(hall: Hall) -> None:
    with pytest.raises(RuntimeError, match="outside the transaction"):
        record("hall.opened", hall, by=BY)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_written_down_and_wakes_nobody(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[object] = []
    monkeypatch.setattr(bus, "_listeners", [lambda *heard: woken.append(heard)])
    with transaction.atomic():
        record("hall.opened", hall, by=BY, hall=hall.pk, topics=("hall",))
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert woken == []


def test_screens_are_woken_at_commit(
    hall: Hall,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    woken: list[object] = []
    monkeypatch.setattr(bus, "_listeners", [lambda at, topics, *_row: woken.append((at, topics))])
    with django_capture_on_commit_callbacks(execute=True):
        record("hall.opened", hall, by=BY, hall=hall.pk, topics=("window.5", "hall"))
        assert woken == []
    assert woken == [(hall.pk, ("hall", "window.5"))]


@pytest.mark.parametrize(
    "told",
    [
        {"phone": Secret("13812345678")},
        {"contact": {"phone": Secret("13812345678")}},
        {"people": [("who", Secret("A name"))]},
    ],
)
def test_what_was_read_from_an_encrypted_field_is_refused(hall: Hall, told: dict[str, Any]) -> None:
    with pytest.raises(SecretInTrail):
        record("hall.opened", hall, by=BY, **told)


def test_a_secret_does_not_get_into_a_log_by_chance() -> None:
    assert repr(Secret("13812345678")) == "<secret>"
    assert Secret("13812345678") == "13812345678"


def test_history_tells_of_one_thing_the_oldest_first(hall: Hall, other_hall: Hall) -> None:
    record("hall.opened", hall, by=BY, hall=hall.pk)
    record("hall.opened", other_hall, by=BY, hall=other_hall.pk)
    record("hall.closed", hall, by=job("closing"), hall=hall.pk)
    assert [row.kind for row in history(hall, hall=hall.pk)] == ["hall.opened", "hall.closed"]
