"""Many threads and processes write to one SQLite file, and nobody is told that it is locked."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, ProgrammingError, connection, connections, transaction
from pytest_django import DjangoDbBlocker

from onewindow.base.sqlite.base import DatabaseWrapper, writes

OPTIONS: dict[str, Any] = {
    "timeout": 5,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
SETTINGS: dict[str, Any] = {
    "ENGINE": "onewindow.base.sqlite",
    "ATOMIC_REQUESTS": False,
    "AUTOCOMMIT": True,
    "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": False,
    "TIME_ZONE": None,
    "TEST": {"NAME": None},
}
OTHER_PROCESS = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1], timeout=5, isolation_level=None)
for _ in range(int(sys.argv[2])):
    file.execute("BEGIN IMMEDIATE")
    file.execute("UPDATE counter SET n = n + 1")
    file.execute("COMMIT")
"""


@pytest.fixture(autouse=True)
def _files_of_our_own(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """These files are no test database, which pytest-django guards."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database file with a counter."""
    made = tmp_path / "counter.sqlite3"
    with opened(made) as file:
        file.execute("CREATE TABLE counter (n integer)")
        file.execute("INSERT INTO counter VALUES (0)")
    return made


class opened:  # noqa: N801  # reads as a verb
    """A connection to a file, registered under a name so that ``atomic`` finds it."""

    def __init__(self, path: Path, **options: float) -> None:
        self.alias = f"file-{threading.get_ident()}-{id(self)}"
        given = SETTINGS | {"NAME": str(path), "OPTIONS": OPTIONS | options}
        self.wrapper = DatabaseWrapper(given, self.alias)

    def __enter__(self) -> "opened":
        connections[self.alias] = self.wrapper
        return self

    def __exit__(self, *error: object) -> None:
        self.wrapper.close()
        del connections[self.alias]

    def execute(self, query: str) -> list[tuple[Any, ...]]:
        with self.wrapper.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall() if cursor.description else []

    def count(self) -> int:
        return int(self.execute("SELECT n FROM counter")[0][0])

    def set_to(self, number: int) -> None:
        with self.wrapper.cursor() as cursor:
            cursor.execute("UPDATE counter SET n = %s", [number])

    def add_one(self) -> None:
        with transaction.atomic(using=self.alias):
            self.set_to(self.count() + 1)


@pytest.fixture
def file(path: Path) -> Iterator[opened]:
    with opened(path) as made:
        yield made


def test_sixteen_threads_that_read_and_then_write_lose_nothing(path: Path) -> None:
    def work() -> None:
        with opened(path) as mine:
            for _ in range(10):
                mine.add_one()

    with ThreadPoolExecutor(16) as pool:
        for done in [pool.submit(work) for _ in range(16)]:
            done.result()
    with opened(path) as file:
        assert file.count() == 160


@pytest.mark.slow
def test_three_processes_and_eight_threads_lose_nothing(path: Path) -> None:
    command = [sys.executable, "-c", OTHER_PROCESS, str(path), "60"]
    others = [subprocess.Popen(command) for _ in range(3)]

    def work() -> None:
        with opened(path) as mine:
            for _ in range(10):
                mine.add_one()

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(work) for _ in range(8)]:
            done.result()
    assert [other.wait(30) for other in others] == [0, 0, 0]
    with opened(path) as file:
        assert file.count() == 3 * 60 + 8 * 10


def test_readers_do_not_wait_for_a_writer(path: Path, file: opened) -> None:
    def read() -> int:
        with opened(path, timeout=0.01) as reader:
            return reader.count()

    with transaction.atomic(using=file.alias):
        file.execute("UPDATE counter SET n = 7")
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(read).result() == 0
    assert file.count() == 7


def test_a_writer_whose_turn_does_not_come_is_told_so(path: Path, file: opened) -> None:
    def write() -> None:
        with opened(path, timeout=0.01) as writer:
            writer.execute("UPDATE counter SET n = 9")

    with (
        transaction.atomic(using=file.alias),
        ThreadPoolExecutor(1) as pool,
        pytest.raises(OperationalError, match="locked"),
    ):
        pool.submit(write).result()


def test_a_transaction_within_a_transaction_needs_no_second_turn(file: opened) -> None:
    def fail() -> None:
        with transaction.atomic(using=file.alias):
            file.set_to(2)
            raise ZeroDivisionError

    with transaction.atomic(using=file.alias):
        file.set_to(1)
        with pytest.raises(ZeroDivisionError):
            fail()
    assert file.count() == 1


def test_a_turn_ends_with_a_rollback(path: Path, file: opened) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(using=file.alias):
        raise ZeroDivisionError
    with opened(path, timeout=0.01) as other:
        other.add_one()
    assert file.count() == 1


def test_a_turn_ends_when_the_connection_is_closed_within_a_transaction(
    path: Path, file: opened
) -> None:
    def close_and_ask() -> None:
        with transaction.atomic(using=file.alias):
            file.wrapper.close()
            file.count()

    with pytest.raises(ProgrammingError):
        close_and_ask()
    with opened(path, timeout=0.01) as other:
        other.add_one()


def test_a_turn_ends_when_the_transaction_cannot_begin(path: Path, file: opened) -> None:
    with opened(path, timeout=0.01) as other:
        import sqlite3  # noqa: PLC0415  # stands for another process, which knows of no turns

        stranger = sqlite3.connect(path, isolation_level=None)
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            other.add_one()
        stranger.execute("COMMIT")
        stranger.close()
        other.add_one()
    assert file.count() == 1


def test_a_write_outside_a_transaction_is_a_turn_of_its_own(path: Path, file: opened) -> None:
    file.execute("UPDATE counter SET n = 5")
    with opened(path, timeout=0.01) as other:
        other.add_one()
    assert file.count() == 6


def test_a_full_disk_is_said_clearly_and_what_was_there_is_whole(file: opened) -> None:
    pages = file.execute("PRAGMA page_count")[0][0]
    file.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        with transaction.atomic(using=file.alias):
            file.set_to(3)
            for _ in range(200):
                file.execute("INSERT INTO counter VALUES (randomblob(500))")

    with pytest.raises(OperationalError, match="full"):
        fill()
    assert file.count() == 0
    assert file.execute("PRAGMA integrity_check") == [("ok",)]
    file.add_one()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT 1", False),
        ("PRAGMA data_version", False),
        ("BEGIN IMMEDIATE", False),
        ("  insert into counter values (1)", True),
        ("UPDATE counter SET n = 1", True),
        ("DELETE FROM counter", True),
    ],
)
def test_writes_are_told_from_reads(query: str, expected: bool) -> None:
    assert writes(query) is expected


@pytest.mark.django_db
def test_the_product_runs_on_this_backend() -> None:
    if connection.vendor == "sqlite":
        assert isinstance(connections["default"], DatabaseWrapper)
