"""Encrypted texts: what the database sees, what we see, what the trail must not see."""

from typing import Any

import pytest
from django.db import connection

from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.queries import history
from onewindow.base.trail.record import record
from onewindow.base.trail.secret import Secret, SecretInTrail
from onewindow.base.vault.actions import ReasonMissing, reveal
from onewindow.base.vault.fields import masked
from onewindow.base.vault.tests.make import Visit, visit

BY = By("user", 7, "0312")
PHONE = "13812345678"


@pytest.fixture
def mine(hall: Hall) -> Any:
    """A visit with a phone, fresh from the database."""
    return Visit.objects.get(pk=visit(hall, phone=PHONE).pk)


def test_the_database_cannot_read_it(mine: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM tickets_visit")
        (kept,) = cursor.fetchone()
    assert PHONE not in kept
    assert mine.phone == PHONE


def test_what_was_read_is_marked_whichever_way_it_came(mine: Any) -> None:
    assert isinstance(mine.phone, Secret)
    assert isinstance(Visit.objects.values_list("phone", flat=True)[0], Secret)
    assert isinstance(Visit(phone=PHONE).phone, Secret)
    mine.phone = "13900000000"
    assert isinstance(mine.phone, Secret)
    assert Visit(phone="").phone == ""


def test_the_trail_refuses_it(mine: Any) -> None:
    with pytest.raises(SecretInTrail):
        record("visit.seen", mine, by=BY, phone=mine.phone)


def test_a_look_is_on_the_trail_with_its_reason_and_without_the_value(mine: Any) -> None:
    assert reveal(subject=mine, field="phone", reason="calls back", by=BY) == PHONE
    (row,) = history(mine)
    assert (row.kind, row.by_id) == ("personal.seen", 7)
    assert row.data == {"field": "phone", "reason": "calls back"}


def test_nobody_looks_without_a_reason(mine: Any) -> None:
    with pytest.raises(ReasonMissing):
        reveal(subject=mine, field="phone", reason="  ", by=BY)
    assert not history(mine).exists()


def test_what_is_not_encrypted_needs_no_reveal(mine: Any) -> None:
    with pytest.raises(TypeError):
        reveal(subject=mine, field="number", reason="why not", by=BY)


def test_a_number_is_shown_so_that_its_owner_knows_it() -> None:
    assert masked(PHONE) == "138****5678"
    assert masked("1234567") == "****"
