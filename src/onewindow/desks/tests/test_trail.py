"""The audit administrator reads the history, has it verified, takes it along."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.halls.tests.make import HallFactory
from onewindow.base.trail import By, editing, tasks, triggers
from onewindow.base.trail.actions import verifying
from onewindow.base.trail.models import Entry, Verification
from onewindow.base.trail.queries import last_verification
from onewindow.base.trail.record import record
from onewindow.base.trail.tests.settling import settled
from onewindow.desks.trail.words import THINGS, done, thing
from onewindow.floor.models import Window
from onewindow.floor.tests.make import WindowFactory
from tests.fixtures.world import SHANGHAI, Clock

Browsers = Callable[..., Client]
ADMIN = By("user", None, "0901", "page", "10.0.0.7")


@pytest.fixture
def auditor(hall: Hall) -> User:
    return make.person(hall, Role.AUDIT_ADMINISTRATOR, staff_number="0903", name="Gao")


@pytest.fixture
def browser(browser_for: Browsers, auditor: User) -> Client:
    return browser_for(auditor)


def at(name: str = "trail", *args: object) -> str:
    return reverse(f"desks:{name}", args=["east-lake", *args])


def read(browser: Client, **asked: Any) -> str:
    return browser.get(at(), asked).content.decode()


def rename(hall: Hall, label: str) -> Window:
    window: Window = WindowFactory.create(hall=hall, label="5")
    return editing.edit(hall=hall, row=window, values={"label": label}, by=ADMIN)


def happen(where: Hall | None, many: int, **how: Any) -> list[Entry]:
    told = {
        "hall": where and where.pk,
        "at": clocks.now(),
        "subject": "tickets.ticket",
        "subject_id": 1,
    }
    told |= {"kind": "ticket.called", "label": "A001", "by_kind": "job", "via": "job"} | how
    return Entry.objects.bulk_create(Entry(**told) for _ in range(many))


def alter(row: Entry, **values: Any) -> None:
    """Do what only the machine's owner can: past the triggers."""
    with connection.cursor() as cursor:
        for drop in triggers.drop():
            cursor.execute(drop)
        for name, value in values.items():
            cursor.execute(f"UPDATE trail_entry SET {name} = %s WHERE id = %s", [value, row.pk])
    triggers.make(connection)


def test_what_was_changed_is_read_in_words_with_old_and_new(browser: Client, hall: Hall) -> None:
    window = rename(hall, "5A")

    page = read(browser)
    entry = Entry.objects.get(kind="window.changed")
    full = browser.get(at("trail_entry", entry.pk)).content.decode()

    assert "Window <b>5A</b> · changed" in page
    assert "<del>5</del>" in full
    assert "<ins>5A</ins>" in full
    assert "10.0.0.7" in full
    assert f"subject=floor.window&amp;id={window.pk}" in full


def test_all_that_happened_to_one_thing_is_one_click_away(
    browser: Client, hall: Hall, clock: Clock
) -> None:
    window = rename(hall, "5A")
    happen(hall, 1, label="B777")
    clock.forward(days=40)

    page = read(browser, subject="floor.window", id=window.pk)

    assert "Window <b>5A</b> · changed" in page
    assert "B777" not in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"kind": "ticket.called"}, True),
        ({"kind": "ticket."}, True),
        ({"kind": "ticket.taken"}, False),
        ({"door": "job"}, True),
        ({"door": "page"}, False),
        ({"number": "a042"}, True),
        ({"number": "A0"}, False),
        ({"who": "0301"}, True),
        ({"who": "0302"}, False),
        ({"address": "10.1."}, True),
        ({"address": "10.2."}, False),
        ({"first": "2026-06-08", "last": "2026-06-08"}, True),
        ({"first": "2026-06-09"}, False),
        ({"last": "2026-06-07"}, False),
    ],
)
def test_it_is_filtered(browser: Client, hall: Hall, asked: Any, shown: bool) -> None:
    happen(hall, 1, label="A042", by_label="0301", address="10.1.2.3")

    assert ("<b>A042</b>" in read(browser, **asked)) is shown


def test_a_day_before_the_first_is_refused_beside_the_field(browser: Client) -> None:
    answer = browser.get(at(), {"first": "2026-06-08", "last": "2026-06-01"})

    assert answer.status_code == 422
    assert b"before the first day" in answer.content


def test_pages_follow_each_other_and_many_rows_ask_no_more_often(
    browser: Client, hall: Hall, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    happen(hall, 3)
    read(browser)
    with CaptureQueriesContext(
        connection,
    ) as few:
        read(browser)
    happen(hall, 1, label="OLDEST")
    happen(None, 60)
    happen(hall, 900)

    with django_assert_num_queries(len(few)):
        page = browser.get(at())

    seen, older = [], "?"
    while older:
        context = page.context
        seen += [line.entry.pk for line in context["lines"]]
        older = context["older"]
        page = browser.get(f"{at()}?{older}") if older else page
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == Entry.objects.count()


def test_a_page_that_is_none_is_refused(browser: Client) -> None:
    assert browser.get(at(), {"before": "yesterday"}).status_code in (400, 422)


def test_another_halls_history_and_its_people_stay_there(
    browser: Client, browser_for: Browsers, hall: Hall
) -> None:
    other = HallFactory.create(slug="west-lake")
    elsewhere = make.person(other, Role.CLERK, staff_number="7777")
    (theirs,) = happen(other, 1, label="W001")
    (gone,) = happen(None, 1, subject="accounts.user", subject_id=elsewhere.pk)
    stranger = make.person(other, Role.AUDIT_ADMINISTRATOR)

    assert "W001" not in read(browser)
    for row in (theirs, gone):
        assert browser.get(at("trail_entry", row.pk)).status_code == 404
    assert browser_for(stranger).get(at()).status_code == 404


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.HALL_MANAGER])
def test_no_other_role_reads_it(browser_for: Browsers, hall: Hall, role: Role) -> None:
    assert browser_for(make.person(hall, role)).get(at()).status_code == 403


def test_sign_ins_of_the_halls_people_are_seen(browser: Client, auditor: User) -> None:
    happen(
        None,
        1,
        kind="user.signed-in",
        subject="accounts.user",
        subject_id=auditor.pk,
        label="0903",
        by_kind="user",
        by_id=auditor.pk,
        by_label="0903",
    )

    page = read(browser)

    assert "Person <b>0903</b> · signed in" in page
    assert "Gao (0903)" in page


@pytest.mark.django_db(transaction=True)
def test_verifying_says_that_all_is_whole_and_then_names_the_altered_row(
    browser: Client, hall: Hall
) -> None:
    rows = happen(hall, 3)
    settled(rows[-1].pk)

    assert browser.post(at("trail_verify")).status_code == 302
    assert "being verified" in browser.get(at("trail_verified")).content.decode()
    assert browser.post(at("trail_verify")).status_code == 409  # one at a time
    tasks.verify.func(last().pk)
    assert "The history is whole" in read(browser)

    alter(rows[1], label="A999")
    browser.post(at("trail_verify"))
    tasks.verify.func(last().pk)
    page = read(browser)

    assert f"Row {rows[1].pk} was altered." in page
    assert at("trail_entry", rows[1].pk) in page
    assert Entry.objects.filter(kind="trail.verified").count() == 2


def last() -> Verification:
    found = last_verification()
    assert found is not None
    return found


def test_a_worker_that_died_lets_somebody_ask_again(
    browser: Client, hall: Hall, clock: Clock, by: By
) -> None:
    verifying.ask(hall=hall, by=by)
    clock.forward(minutes=3)

    assert "broken off" in read(browser)
    assert browser.post(at("trail_verify")).status_code == 302


def test_what_was_filtered_is_taken_along_and_that_is_written_down(
    browser: Client, browser_for: Browsers, hall: Hall
) -> None:
    happen(hall, 2_100, label="A042")
    happen(hall, 1, label="=HYPERLINK(1)")
    happen(hall, 1, kind="window.opened", label="9")

    answer = browser.post(at("trail_export"), {"kind": "ticket.called"})
    happen(hall, 1, label="A043")
    file = browser.get(answer["Location"])
    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]  # it streams

    assert len(rows) == 2_102
    assert [row[4] for row in rows[1:3]] == ["'=HYPERLINK(1)", "A042"]
    taken = Entry.objects.get(kind="trail.exported")
    assert (taken.by_label, taken.data["asked"]["kind"]) == ("0903", "ticket.called")
    another = make.person(hall, Role.AUDIT_ADMINISTRATOR)
    assert browser_for(another).get(answer["Location"]).status_code == 404


def test_a_kind_without_words_shows_its_name(browser: Client, hall: Hall) -> None:
    happen(hall, 1, kind="meteor.fell")

    assert "meteor.fell" in read(browser)
    assert done("meteor.fell") == "meteor.fell"


def test_what_is_set_up_is_called_as_in_the_set_up() -> None:
    assert (thing("zone.archived"), done("zone.archived")) == ("Zones", "archived")
    assert thing("role.given") == THINGS["user"].name


def test_a_look_at_personal_data_is_read_with_its_reason(browser: Client, hall: Hall) -> None:
    with transaction.atomic():
        entry = record("personal.seen", hall, by=ADMIN, hall=hall.pk, field="phone", reason="call")

    assert "Personal data" in read(browser)
    assert "call" in browser.get(at("trail_entry", entry.pk)).content.decode()


def test_what_happens_after_midnight_is_on_the_page_before_the_business_day_ends(
    browser: Client, hall: Hall, clock: Clock
) -> None:
    clock.set(datetime(2026, 6, 9, 0, 30, tzinfo=SHANGHAI))
    happen(hall, 1, label="A777")
    assert "A777" in read(browser)
