"""Exports of tickets: CSV at once, XLSX by the worker."""

import csv
import io
import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from onewindow.accounts.models import User
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.base.web.csv_file import harmless
from onewindow.catalogue.models import Service
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.exports import queries, tasks
from onewindow.tickets.exports.actions import SameUnderWay, ask, begin, purge
from onewindow.tickets.exports.columns import COLUMNS, HEADINGS
from onewindow.tickets.exports.models import Export
from onewindow.tickets.states import Channel, ExportState
from onewindow.tickets.tests.conftest import Take, offer
from tests.fixtures.world import Clock

TODAY = date(2026, 6, 8)
Browsers = Callable[..., Client]


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def asked(hall: Hall, by: By) -> Export:
    """A file of today, asked for."""
    return ask(hall=hall, first=TODAY, last=TODAY, language="en", by=by)


def at(name: str, *args: object) -> str:
    return reverse(f"tickets:{name}", args=["east-lake", *args])


def lines(answer: Any) -> list[list[str]]:
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def sheet(path: Path, number: int = 1) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_csv_holds_the_days_asked_for_with_headings_in_both_languages(
    take: Take, clock: Clock, duty_manager: User, browser_for: Browsers
) -> None:
    take()
    clock.forward(days=1)
    second = take()
    clock.forward(days=1)
    take()
    day = f"{second.day}"
    head, *rows = lines(browser_for(duty_manager).get(at("export_csv", day, day)))
    assert head == HEADINGS
    assert "状态 State" in head
    ((first, number, code, *_),) = rows
    assert (first, number, code) == (day, second.number, "ID-01")


def test_it_is_limited_to_a_department_a_zone_a_window_or_a_kind_of_window(
    take: Take,
    hall: Hall,
    open_window: Window,
    by: By,
    duty_manager: User,
    browser_for: Browsers,
) -> None:
    called, _waiting = take(), take()
    actions.call_next(window=open_window, by=by)
    police = hall.organisation.departments.create(code="GA", name={"en": "Police"})
    hall.departments.add(police)
    other = offer(hall, code="TX-01")
    Service.objects.filter(pk=other.pk).update(department=police)
    changed(hall)
    browser, day = browser_for(duty_manager), f"{called.day}"
    of_police = actions.take(hall=hall, service=other, by=by, channel=Channel.KIOSK)

    def numbers(limit: str) -> set[str]:
        answer = browser.get(f"{at('export_csv', day, day)}?limit={limit}")
        place = HEADINGS.index("号码 Number")
        return {row[place] for row in lines(answer)[1:]}

    here = {called.number}
    assert len(numbers("")) == 3
    assert numbers(f"window:{open_window.label}") == here
    assert numbers(f"zone:{open_window.zone.code}") == here
    assert numbers(f"kind:{open_window.kind}") == here
    assert numbers("department:GA") == {of_police.number}
    assert browser.get(f"{at('export_csv', day, day)}?limit=window:999").status_code == 422


def test_a_file_of_a_zone_holds_the_zone_alone(
    take: Take, hall: Hall, open_window: Window, by: By, duty_manager: User, browser_for: Browsers
) -> None:
    called, waiting = take(), take()
    actions.call_next(window=open_window, by=by)
    zone = f"zone:{open_window.zone.code}"
    given = {"first": f"{TODAY}", "last": f"{TODAY}", "limit": zone}
    browser = browser_for(duty_manager)
    browser.post(at("export"), given | {"as": "xlsx"})
    made = Export.objects.get()
    tasks.make.call(made.pk)
    made.refresh_from_db()
    assert (made.limit, made.done) == (zone, 1)
    assert called.number in sheet(made.path)
    assert waiting.number not in sheet(made.path)
    assert open_window.zone.code in browser.get(at("exports")).content.decode()
    answer = browser.post(at("export"), given | {"as": "csv"})
    assert answer.headers["Location"].endswith(f"?limit=zone%3A{open_window.zone.code}")


def test_words_are_in_the_readers_language_and_times_in_the_halls(
    take: Take, hall_manager: User, browser_for: Browsers
) -> None:
    take()
    address = at("export_csv", TODAY, TODAY)
    for language, state in (("en", "waiting"), ("zh-hans", "等候")):
        _, row = lines(browser_for(hall_manager, language).get(address))
        assert row[list(COLUMNS).index("state")] == state
        assert row[list(COLUMNS).index("joined_at")] == "2026-06-08 10:00:00"


def test_no_column_tells_of_a_person(
    take: Take, open_window: Window, by: By, duty_manager: User, browser_for: Browsers
) -> None:
    take(phone="13812345678", needs=["hearing"], priority="p1")
    ticket = actions.call_next(window=open_window, by=by)
    assert ticket is not None
    actions.start(ticket=ticket, by=by)
    actions.finish(ticket=ticket, by=by, note="Mrs Chen")
    text = str(lines(browser_for(duty_manager).get(at("export_csv", TODAY, TODAY))))
    for secret in ("138", "hearing", "p1", "Chen", by.label, "disabled"):
        assert secret not in text


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_what_would_be_a_formula_is_made_harmless(begins: str) -> None:
    assert harmless(f"{begins}HYPERLINK(1)") == f"'{begins}HYPERLINK(1)"
    assert harmless("A037") == "A037"
    assert harmless(-5) == -5


def test_a_service_with_a_formula_for_a_name_is_text_in_both_files(
    service: Service, take: Take, asked: Export, duty_manager: User, browser_for: Browsers
) -> None:
    service.name = {"en": "=1+1"}
    service.save()
    take()
    _, row = lines(browser_for(duty_manager).get(at("export_csv", TODAY, TODAY)))
    assert "'=1+1" in row
    tasks.make.call(asked.pk)
    assert "<t>=1+1</t>" in sheet(asked.path)
    assert "<f>" not in sheet(asked.path)


def test_every_ticket_comes_once_over_pages_and_days(
    hall: Hall, take: Take, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "A_PAGE", 2)
    taken = []
    for _ in range(3):
        taken += [take().number for _ in range(3)]
        clock.forward(days=2)
    found = list(queries.pages(hall, TODAY, clock.now.date()))
    assert [len(page) for page in found] == [2, 2, 2, 2, 1]
    assert [row[1] for page in found for row in page] == taken


def test_another_halls_tickets_are_not_in_it(other_hall: Hall, take: Take, asked: Export) -> None:
    take()
    assert list(queries.pages(other_hall, TODAY, TODAY)) == []


def test_the_page_asks_for_a_file_once_and_the_trail_knows(
    hall: Hall, duty_manager: User, browser_for: Browsers
) -> None:
    browser, days = browser_for(duty_manager), {"first": "2026-01-01", "last": "2026-06-08"}
    for _ in range(2):
        browser.post(at("export"), days | {"as": "xlsx", "_once": "k"})
    export = Export.objects.get()
    assert (export.state, export.first) == (ExportState.QUEUED, date(2026, 1, 1))
    job = DBTaskResult.objects.get()
    assert (job.queue_name, job.args_kwargs["args"]) == ("long", [export.pk])
    browser.post(at("export"), days | {"as": "csv"})
    kinds = Entry.objects.filter(kind__startswith="export.").values_list("kind", flat=True)
    assert list(kinds) == ["export.asked", "export.streamed"]


def test_the_same_days_are_made_once_at_a_time(hall: Hall, asked: Export, by: By) -> None:
    with pytest.raises(SameUnderWay):
        ask(hall=hall, first=TODAY, last=TODAY, language="en", by=by)
    tasks.make.call(asked.pk)
    assert ask(hall=hall, first=TODAY, last=TODAY, language="en", by=by).pk != asked.pk


@pytest.mark.parametrize(
    "days", [("2026-06-08", "2026-06-07"), ("x", "2026-06-08"), ("0026-06-08", "2026-06-08")]
)
def test_days_that_are_none_are_refused_beside_the_field(
    hall: Hall, duty_manager: User, browser_for: Browsers, days: tuple[str, str]
) -> None:
    browser = browser_for(duty_manager)
    given = dict(zip(("first", "last"), days, strict=True))
    assert browser.post(at("export"), given | {"as": "xlsx"}).status_code == 422
    assert browser.get(at("export_csv", *days)).status_code == 422
    assert not Export.objects.exists()


def test_the_file_is_made_and_fetched_by_who_may(
    take: Take,
    asked: Export,
    duty_manager: User,
    clerk: User,
    browser_for: Browsers,
) -> None:
    ticket = take()
    browser, link = browser_for(duty_manager), at("export_file", asked.pk)
    assert browser.get(link).status_code == 404
    tasks.make.call(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.done, asked.total) == (ExportState.READY, 1, 1)
    answer = browser.get(link)
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file
    assert zipfile.is_zipfile(io.BytesIO(content))
    assert ticket.number in sheet(asked.path)
    assert link in browser.get(at("exports")).content.decode()
    assert browser_for(clerk).get(link).status_code == 403
    assert list(asked.path.parent.iterdir()) == [asked.path]


def test_the_page_shows_how_far_it_is(
    take: Take, asked: Export, duty_manager: User, browser_for: Browsers
) -> None:
    take()
    begin(asked.pk)
    Export.objects.update(done=4_000, total=9_000)
    page = browser_for(duty_manager).get(at("export_files")).content.decode()
    assert 'value="4000" max="9000"' in page


def test_a_worker_that_was_killed_is_noticed_and_the_file_begun_again(
    take: Take, asked: Export, clock: Clock
) -> None:
    take()
    begin(asked.pk)  # and no more is heard of it
    assert tasks.sweep() == 0
    clock.forward(minutes=3)
    assert tasks.sweep() == 1
    assert DBTaskResult.objects.count() == 2
    tasks.make.call(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.tries) == (ExportState.READY, 2)


def test_a_worker_that_was_only_slow_does_not_spoil_the_next_ones_file(
    take: Take, asked: Export, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    take()
    original = queries.pages

    def slowly(*given: Any) -> Iterator[Any]:
        clock.forward(minutes=3)
        tasks.sweep()
        begin(asked.pk)  # the next worker has it
        yield from original(*given)

    monkeypatch.setattr(queries, "pages", slowly)
    tasks.make.call(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.tries) == (ExportState.RUNNING, 2)
    assert not asked.path.exists()


def test_what_kills_its_worker_three_times_has_failed(asked: Export, clock: Clock) -> None:
    for _ in range(3):
        begin(asked.pk)
        clock.forward(minutes=3)
        tasks.sweep()
    asked.refresh_from_db()
    assert asked.state == ExportState.FAILED


def test_a_disk_that_is_full_is_said_on_the_page(
    take: Take, asked: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    take()

    def full(*_given: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(queries, "pages", full)
    tasks.make.call(asked.pk)
    asked.refresh_from_db()
    assert asked.state == ExportState.FAILED
    assert list(asked.path.parent.iterdir()) == []


def test_more_rows_than_a_sheet_holds_go_on_the_next(
    take: Take, asked: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "ROWS_A_SHEET", 2)
    numbers = [take().number for _ in range(3)]
    tasks.make.call(asked.pk)
    assert numbers[1] in sheet(asked.path, 1)
    assert numbers[2] in sheet(asked.path, 2)
    assert numbers[2] not in sheet(asked.path, 1)


def test_what_a_killed_worker_left_lying_is_removed(asked: Export, clock: Clock) -> None:
    now = clock.now.timestamp()
    for name, age in (("old", 2 * 86_400), ("new", 60)):
        draft = asked.path.parent / f".making-{name}"
        draft.mkdir(parents=True)
        os.utime(draft, (now - age, now - age))
    purge()
    assert [draft.name for draft in asked.path.parent.iterdir()] == [".making-new"]


def test_after_a_week_the_file_is_gone(asked: Export, clock: Clock) -> None:
    tasks.make.call(asked.pk)
    clock.forward(days=6)
    assert purge() == 0
    clock.forward(days=2)
    assert purge() == 1
    assert not asked.path.exists()
    assert not Export.objects.exists()
