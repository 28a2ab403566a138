"""The commands as a person types them: what they print, and how they refuse."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.cli.conftest import Installation

pytestmark = pytest.mark.slow


@contextmanager
def opened(installation: Installation) -> Iterator[sqlite3.Connection]:
    """The database, past the product."""
    with closing(sqlite3.connect(installation.data / "onewindow.sqlite3")) as database, database:
        yield database


def test_init_makes_a_hall_and_prints_a_one_time_password(installation: Installation) -> None:
    said = installation.run("init", "--hall", "east-lake", "--no-input").must_succeed()
    assert "One-time password: " in said
    password = said.split("One-time password: ")[1].split()[0]
    found = installation.python(
        "from onewindow.accounts.models import User\n"
        f"person = User.objects.get(); print(person.check_password({password!r}))\n"
        "print(person.memberships.count())"
    )
    assert found.must_succeed().split() == ["True", "2"]


def test_a_second_hall_joins_the_organisation_and_keeps_the_password(
    installation: Installation,
) -> None:
    said = installation.init().run("init", "--hall", "two", "--no-input").must_succeed()
    assert "keeps the password" in said
    installation.run("init", "--hall", "two", "--no-input").must_refuse("called two already")


def test_init_asks_nobody_when_nobody_is_there(installation: Installation) -> None:
    installation.run("init").must_refuse("--no-input")


def test_a_short_name_with_blanks_is_refused(installation: Installation) -> None:
    installation.run("init", "--hall", "east lake", "--no-input").must_refuse("no blanks")


def test_a_key_stands_alone_on_standard_output(installation: Installation) -> None:
    done = installation.init().run("key", "create", "--hall", "east-lake", "--can", "tickets.take")
    assert done.must_succeed().startswith("ow_")
    assert len(done.out.split()) == 1


def test_a_key_needs_a_hall_and_rights_that_exist(installation: Installation) -> None:
    installation.init()
    installation.run("key", "create", "--hall", "west", "--all").must_refuse("There is: east-lake")
    done = installation.run("key", "create", "--hall", "east-lake", "--can", "fly")
    done.must_refuse("there is no right fly", "tickets.take", code=2)


def test_a_command_that_does_not_exist_is_named(installation: Installation) -> None:
    installation.run("dance").must_refuse("no command 'dance'", code=2)


def test_a_database_without_tables_is_explained(installation: Installation) -> None:
    installation.python("pass").must_succeed()  # the settings make the keys
    done = installation.run("key", "create", "--hall", "east-lake", "--all")
    done.must_refuse("onewindow migrate", code=3)


def test_a_database_that_does_not_answer_is_explained(installation: Installation) -> None:
    away = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    installation.run("migrate", env=away).must_refuse("does not answer", "DATABASE_URL", code=3)


def test_verify_names_the_row_that_was_altered(installation: Installation) -> None:
    installation.init().python("from onewindow.base.trail.seal import seal; seal()").must_succeed()
    assert "whole" in installation.run("trail", "verify").must_succeed()
    with opened(installation) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE trail_entry SET kind = 'hall.lost' WHERE kind = 'hall.founded'")
    done = installation.run("trail", "verify")
    assert done.code == 1
    assert done.out.strip()
    checked = installation.run("check")
    assert checked.code == 1
    assert "trail could be changed" in checked.out


def test_check_says_in_sentences_that_all_is_well(installation: Installation) -> None:
    said = installation.init().run("check").must_succeed()
    assert "The database (sqlite) is at this version." in said
    assert "Halls: east-lake." in said


def test_check_of_a_mistyped_directory_makes_nothing_there(installation: Installation) -> None:
    wrong = installation.data / "mistyped"
    done = installation.run("check", env={"ONEWINDOW_DATA": str(wrong)})
    done.must_refuse(f"there is no hall in {wrong}", "onewindow init")
    assert not wrong.exists()


def test_check_of_keys_without_a_database_says_that_there_is_no_hall(
    installation: Installation,
) -> None:
    installation.python("pass").must_succeed()
    done = installation.run("check")
    assert done.code == 1
    assert "There is no hall in" in done.out
    assert "migrations" not in done.out


def test_a_clock_that_cannot_be_read_is_explained(installation: Installation) -> None:
    installation.init()
    installation.run("check", env={"ONEWINDOW_CLOCK": "+10h42m"}).must_succeed()
    done = installation.run("check", env={"ONEWINDOW_CLOCK": "at noon"})
    done.must_refuse("'at noon' is no shift", "+10h42m", code=3)


def test_check_sees_keys_that_others_may_read(installation: Installation) -> None:
    (installation.init().data / "secret.key").chmod(0o644)
    done = installation.run("check")
    assert done.code == 1
    assert "chmod 600" in done.out


def test_a_full_disk_is_said_clearly_and_the_data_is_whole(installation: Installation) -> None:
    installation.init()
    rows = "from onewindow.base.trail.models import Entry; print(Entry.objects.count())"
    before = installation.python(rows).must_succeed()
    installation.python(
        "from django.db import connection as c; from onewindow.config import cli\n"
        "pages = c.cursor().execute('PRAGMA page_count').fetchone()[0]\n"
        "c.cursor().execute(f'PRAGMA max_page_count = {pages}')\n"
        "raise SystemExit(cli.main(['init', '--hall', 'west-gate', '--no-input']))"
    ).must_refuse("the disk is full", "Nothing was changed", code=3)
    assert installation.python(rows).must_succeed() == before
    with opened(installation) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    installation.run("init", "--hall", "west-gate", "--no-input").must_succeed()
