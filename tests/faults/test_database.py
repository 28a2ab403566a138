"""The database is locked, or its disk is full: a clear answer, and whole data afterwards."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.policies import set_policy
from onewindow.base.halls.tests.make import HallFactory
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.tickets.models import Counter, Ticket, Visit
from tests.faults.test_crowd import address
from tests.fixtures.api import Program, problem

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BODY = {"service": "ID-01"}


@pytest.fixture
def busy_program(transactional_db: None) -> Program:
    """A program in a hall that is open; what it does is committed."""
    hall = HallFactory.create()
    set_policy(hall, HoursPolicy(always_open=True))
    ServiceFactory.create(hall=hall, code="ID-01")
    program = Program(hall)
    assert program.post("/tickets", BODY).status_code == 201
    return program


def tell(statement: str) -> Any:
    """Run one statement on the connection that answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else None


@contextmanager
def somebody_holds_the_database() -> Iterator[None]:
    """Let another connection hold what every take must write; ours waits a moment only."""
    if connection.vendor == "sqlite":
        other: Any = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        patience, usual = "PRAGMA busy_timeout = 50", "PRAGMA busy_timeout = 5000"
    else:
        import psycopg  # noqa: PLC0415 (not installed where only SQLite is)

        other = psycopg.connect(address().replace("postgres://", "postgresql://"))
        other.execute("LOCK TABLE tickets_counter IN ACCESS EXCLUSIVE MODE")
        patience, usual = "SET lock_timeout = '50ms'", "SET lock_timeout = 0"
    tell(patience)
    try:
        yield
    finally:
        other.rollback() if connection.vendor != "sqlite" else other.execute("ROLLBACK")
        other.close()
        tell(usual)


def test_a_database_that_does_not_answer_is_said_and_nothing_is_given_twice(
    busy_program: Program,
) -> None:
    with somebody_holds_the_database():
        no = busy_program.post("/tickets", BODY, Idempotency_Key="k")
        assert problem(no) == (503, "database-away")
        assert no.headers["Retry-After"]
    assert Visit.objects.count() == 1
    again = busy_program.post("/tickets", BODY, Idempotency_Key="k")
    assert (again.status_code, again.json()["number"]) == (201, "A002")
    assert busy_program.post("/tickets", BODY, Idempotency_Key="k").json() == again.json()
    assert Ticket.objects.count() == 2


def test_a_full_disk_is_said_and_the_data_is_whole_afterwards(busy_program: Program) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a full disk is made with SQLite's max_page_count")
    tell("VACUUM")  # other tests have left free pages
    tell(f"PRAGMA max_page_count = {tell('PRAGMA page_count')[0]}")
    try:
        answers = [busy_program.post("/tickets", BODY) for _ in range(200)]
    finally:
        tell("PRAGMA max_page_count = 1073741823")
    given = [answer.json()["number"] for answer in answers if answer.status_code == 201]
    refused = [answer for answer in answers if answer.status_code != 201]
    assert refused
    for no in refused:
        assert problem(no) == (503, "disk-full")
        assert no.headers["Retry-After"]

    assert tell("PRAGMA integrity_check")[0] == "ok"
    numbers = sorted(Visit.objects.values_list("number", flat=True))
    assert numbers == ["A001", *given]
    assert Ticket.objects.count() == len(numbers) == Counter.objects.get().last
    following = busy_program.post("/tickets", BODY).json()["number"]
    assert following == f"A{len(numbers) + 1:03d}"
