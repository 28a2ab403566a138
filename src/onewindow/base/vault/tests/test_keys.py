"""The keys of an installation, and a node that has others."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import InvalidToken
from django.core.checks import run_checks
from django.db import connection
from pytest_django import Settings

from onewindow.base.halls.models import Hall
from onewindow.base.trail import job
from onewindow.base.trail.models import Entry
from onewindow.base.vault import keys
from onewindow.base.vault.actions import rotate
from onewindow.base.vault.keys import WrongKey, blind_index, ensure_same_key, ring, write_keys
from onewindow.base.vault.tests.make import visit

BY = job("test")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A data directory of its own."""
    settings.DATA = tmp_path
    keys.forget()
    yield tmp_path
    keys.forget()


def test_the_keys_are_made_once_and_nobody_else_may_read_them(db: None, data: Path) -> None:
    ensure_same_key()
    blind_index("138")
    first = (data / "vault.key").read_text()
    keys.forget()
    ensure_same_key()
    assert (data / "vault.key").read_text() == first
    assert {(data / name).stat().st_mode & 0o777 for name in (keys.VAULT, keys.INDEX)} == {0o600}


def test_a_node_with_another_key_does_not_start(db: None, data: Path) -> None:
    ensure_same_key()
    write_keys(keys.VAULT, [keys.new_key()])
    keys.forget()
    with pytest.raises(WrongKey, match=r"vault\.key is not the key of this database"):
        ensure_same_key()


def test_nor_one_with_another_key_of_the_trail(db: None, settings: Settings) -> None:
    ensure_same_key()
    settings.TRAIL_KEY = "another"
    with pytest.raises(WrongKey, match=r"trail\.key"):
        ensure_same_key()


def test_a_lost_key_is_not_made_anew_for_a_database_that_has_one(db: None, data: Path) -> None:
    ensure_same_key()
    (data / "vault.key").unlink()
    keys.forget()
    with pytest.raises(WrongKey, match=r"vault\.key is missing"):
        ring()
    assert not (data / "vault.key").exists()
    (trouble,) = run_checks(databases=["default"], tags=["database"])
    assert "vault.key is missing" in trouble.msg


def test_the_check_says_which_key_is_wrong(db: None) -> None:
    ensure_same_key()
    assert run_checks(databases=["default"], tags=["database"]) == []
    write_keys(keys.INDEX, [keys.new_key()])
    keys.forget()
    (trouble,) = run_checks(databases=["default"], tags=["database"])
    assert trouble.msg == "vault.index is not the key of this database"


def test_the_index_finds_a_value_without_telling_it(db: None) -> None:
    assert blind_index("13812345678 ") == blind_index("13812345678")
    assert blind_index("13812345678") != blind_index("13812345679")
    assert "2345678" not in blind_index("13812345678")


def phone_as_kept(of: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM tickets_visit WHERE id = %s", [of.pk])
        return str(cursor.fetchone()[0])


def test_a_new_key_closes_all_values_and_the_old_one_opens_none(hall: Hall, data: Path) -> None:
    ensure_same_key()
    old_ring = ring()
    with_phone = visit(hall, phone="13812345678")
    without = visit(hall)
    assert rotate(by=BY) == 1
    with_phone.refresh_from_db()
    without.refresh_from_db()
    assert (with_phone.phone, without.phone) == ("13812345678", "")
    with pytest.raises(InvalidToken):
        old_ring.decrypt(phone_as_kept(with_phone).encode())
    assert len((data / "vault.key").read_text().split()) == 1
    ensure_same_key()
    assert Entry.objects.get(kind="vault.rotated").data == {"values": 1}


def test_a_rotation_that_was_broken_off_can_be_started_again(hall: Hall, data: Path) -> None:
    ensure_same_key()
    with_phone = visit(hall, phone="13812345678")
    old = (data / "vault.key").read_text()
    write_keys(keys.VAULT, [keys.new_key(), old])  # as the first half of a rotation leaves it
    keys.forget()
    ensure_same_key()
    rotate(by=BY)
    with_phone.refresh_from_db()
    assert with_phone.phone == "13812345678"
    ensure_same_key()
