"""A list comes in: checked, shown, written whole or not at all, undone; and goes out again."""

from collections.abc import Callable

import pytest
from django.test import Client

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Condition, Group, Material, Service
from onewindow.catalogue.tests.make import MaterialFactory, ServiceFactory
from onewindow.floor.models import Window
from onewindow.lists import tasks
from onewindow.lists.actions import bring as actions
from onewindow.lists.actions import check, write
from onewindow.lists.models import File, Import
from onewindow.lists.tests.conftest import (
    AT,
    HEAD,
    Bring,
    Rows,
    book,
    csv,
    said,
    undone,
    worked,
    written,
)
from tests.fixtures.world import Clock

TWO = csv([HEAD, ["P-1", "护照", "Passport", "residence"], ["P-2", "签证", "Visa", "Residence"]])
SERVICES: Rows = [[*HEAD, "Department"], ["P-1", "护照", "Passport", "residence", ""]]
PAPERS: Rows = [
    ["Service", "Name (简体中文)", "Name (English)", "Only if", "Copies"],
    ["P-1", "委托书", "Mandate", "有人代办吗？ 是", 2],
]
ASKED: Rows = [["Short code", "Question (简体中文)"], ["agent", "有人代办吗？"]]
WHOLE = book(("事项", SERVICES), ("材料", PAPERS), ("情形", ASKED))


def test_nothing_is_written_until_import_is_pressed(
    administrator: Client, bring: Bring, hall: Hall
) -> None:
    one = bring(TWO)
    page = administrator.get(f"{AT}import/{one.pk}/").text
    assert (one.state, Service.objects.count()) == ("checked", 0)
    assert "Passport" in page
    assert "Import 2 rows" in page

    one = written(administrator, one)

    assert one.state == "done", said(one)
    found = Service.objects.get(code="P-1")
    assert (found.name["en"], found.archived_at) == ("Passport", None)
    assert found.spelling == "hu zhao"
    assert Entry.objects.filter(kind="list.imported").count() == 1


def test_a_workbook_brings_services_with_papers_and_their_conditions(
    administrator: Client, bring: Bring
) -> None:
    one = written(administrator, bring(WHOLE, name="all.xlsx"))
    paper = Material.objects.get()
    assert (paper.service.code, paper.copies, paper.asked_if) == ("P-1", 2, True)
    assert paper.condition == Condition.objects.get(code="agent")
    assert one.state == "done"


def test_a_file_that_went_out_comes_in_again_and_changes_nothing(
    administrator: Client, bring: Bring, hall: Hall
) -> None:
    written(administrator, bring(WHOLE, name="all.xlsx"))
    for way in ("xlsx", "csv"):
        assert administrator.post(f"{AT}services/ask", {"as": way}).status_code == 302
    file = File.objects.get()
    tasks.make.call(file.pk)
    answer = administrator.get(f"{AT}file/{file.pk}.xlsx")
    out = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file
    for raw in (out, administrator.get(f"{AT}services/csv").content):
        again = bring(raw, name="again")
        assert (again.state, again.lines.count()) == ("checked", 0), said(again)
        assert again.counts["sheets"]["services"]["same"] == 1


def test_the_empty_file_can_be_brought_back_and_says_what_to_write(
    administrator: Client, bring: Bring
) -> None:
    administrator.post(f"{AT}services/ask", {"as": "empty"}, headers={"accept-language": "zh-hans"})
    file = File.objects.get()
    tasks.make.call(file.pk)
    one = bring(file.path.read_bytes(), name="empty.xlsx")
    assert (one.state, one.lines.count()) == ("checked", 0), said(one)


def test_old_and_new_stand_beside_each_other_and_what_is_missing_is_left(
    administrator: Client, bring: Bring, group: Group, hall: Hall
) -> None:
    ServiceFactory.create(hall=hall, group=group, code="P-1", name={"zh-Hans": "旧", "en": "Old"})
    left = ServiceFactory.create(hall=hall, group=group, code="X")
    one = bring(TWO)
    page = administrator.get(f"{AT}import/{one.pk}/?did=changed").text
    assert "<del>Old</del>" in page
    assert "<ins>Passport</ins>" in page
    assert one.counts["sheets"]["services"] == {"changed": 1, "made": 1, "left": 1}
    written(administrator, one)
    left.refresh_from_db()
    assert left.archived_at is None


def test_the_history_of_each_thing_tells_of_the_import(
    administrator: Client, bring: Bring, group: Group, hall: Hall
) -> None:
    row = ServiceFactory.create(hall=hall, group=group, code="P-1", name={"en": "Old"})
    one = written(administrator, bring(TWO))
    undone(administrator, one)
    page = administrator.get(f"/s/east-lake/setup/services/{row.pk}/history").text
    assert "imported from a file" in page
    assert "import undone" in page
    assert page.count("Passport") == 2


def test_undo_archives_what_was_new_and_puts_back_what_was_changed(
    administrator: Client, bring: Bring, group: Group, hall: Hall
) -> None:
    row = ServiceFactory.create(hall=hall, group=group, code="P-1", name={"en": "Old"})
    one = undone(administrator, written(administrator, bring(TWO)))
    row.refresh_from_db()
    assert (one.state, row.name) == ("undone", {"en": "Old"})
    assert Service.objects.get(code="P-2").archived_at is not None


def test_undo_names_the_rows_that_were_changed_by_hand_and_leaves_all(
    administrator: Client, bring: Bring
) -> None:
    one = written(administrator, bring(TWO))
    Service.objects.filter(code="P-2").update(name={"en": "By hand"})
    one = undone(administrator, one)
    assert one.state == "done"
    assert [(p["row"], p["said"]) for p in one.problems] == [(3, "It was changed by hand since.")]
    assert Service.objects.get(code="P-1").archived_at is None
    assert "these rows are in the way" in administrator.get(f"{AT}import/{one.pk}/").text


@pytest.mark.clause("二", screen="lists")
def test_windows_come_with_their_profiles_and_go_back_to_them(
    administrator: Client, bring: Bring, window: Window, hall: Hall
) -> None:
    other = ServiceFactory.create(hall=hall, code="ID-02")
    code, zone = window.profile.get().service.code, window.zone.code
    rows = [["Label", "Zone", "Serves first", "Serves second"], ["５", zone, "ID-02", code]]
    rows += [["6", zone, f"{code}、ID-02", ""]]
    one = written(administrator, bring(csv(rows, ";"), "windows"))
    assert window.serves == {code: 2, other.code: 1}
    assert Window.objects.get(label="6").serves == {code: 1, other.code: 1}
    undone(administrator, one)
    assert window.serves == {code: 1}


def test_a_list_is_written_once_and_one_at_a_time(administrator: Client, bring: Bring) -> None:
    one, two = bring(TWO), bring(TWO)
    address = f"{AT}import/{one.pk}/write"
    answers = [administrator.post(address, {"_once": "k"}).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert administrator.post(address).status_code == 409
    assert administrator.post(f"{AT}import/{two.pk}/write").status_code == 409
    assert worked(one).state == "done"
    assert worked(one).state == "done"
    assert Service.objects.count() == 2


def test_a_hall_that_changed_meanwhile_is_shown_anew(
    administrator: Client, bring: Bring, group: Group, hall: Hall
) -> None:
    one = bring(TWO)
    ServiceFactory.create(hall=hall, group=group, code="P-1", name={"en": "Quicker"})
    one = written(administrator, one)
    assert one.state == "checked"
    assert "changed meanwhile" in one.notes[-1]
    assert [line.did for line in one.lines.all()] == ["changed", "made"]
    assert Service.objects.get().name == {"en": "Quicker"}


def test_a_killed_worker_leaves_nothing_behind_and_the_next_one_finishes(
    administrator: Client, bring: Bring, clock: Clock
) -> None:
    one = bring(TWO)
    administrator.post(f"{AT}import/{one.pk}/write")
    begun = check.begin(one.pk)
    assert begun is not None
    write.stage(begun, tasks._plan(begun, begun.hall))  # and no more is heard of it
    assert not Service.objects.filter(archived_at=None).exists()
    clock.forward(minutes=3)
    assert tasks.sweep() == 1
    assert worked(one).state == "done"
    assert Service.objects.filter(archived_at=None).count() == 2


def test_what_breaks_off_is_told_and_taken_back(
    administrator: Client, bring: Bring, monkeypatch: object
) -> None:
    one = bring(TWO)
    administrator.post(f"{AT}import/{one.pk}/write")
    one.path.write_bytes(b"PK\x03\x04 no more")
    one = worked(one)
    assert one.state == "failed"
    assert not Service.objects.exists()


def test_a_stranger_and_a_clerk_come_to_nothing(
    bring: Bring, clerk: User, other_hall: Hall, browser_for: Callable[..., Client]
) -> None:
    one = bring(TWO)
    neighbour = browser_for(make.person(other_hall, Role.SYSTEM_ADMINISTRATOR))
    for page in ("", "progress"):
        assert neighbour.get(f"{AT}import/{one.pk}/{page}").status_code == 404
        assert neighbour.get(f"/s/west-gate/lists/import/{one.pk}/{page}").status_code == 404
    assert neighbour.post(f"/s/west-gate/lists/import/{one.pk}/write").status_code == 404
    assert browser_for(clerk).get(f"{AT}services/").status_code == 403


def test_another_halls_papers_are_not_found_by_their_number(
    administrator: Client, bring: Bring, group: Group, hall: Hall, other_hall: Hall
) -> None:
    ServiceFactory.create(hall=hall, group=group, code="P-1")
    theirs = MaterialFactory.create(service__hall=other_hall)
    rows: Rows = [["Service", "Number of the paper", "Name"], ["P-1", theirs.pk, "委托书"]]
    one = bring(csv(rows), "materials")
    assert "no paper with this number" in said(one)


def test_files_go_after_a_week_and_the_history_stays(
    administrator: Client, bring: Bring, clock: Clock
) -> None:
    done, never = written(administrator, bring(TWO)), bring(TWO)
    clock.forward(days=8)
    actions.purge()
    assert list(Import.objects.values_list("pk", flat=True)) == [done.pk]
    assert not done.path.exists()
    assert not never.path.exists()


def test_the_list_pages_lead_to_import_and_export(administrator: Client, group: Group) -> None:
    for kind in ("services", "windows", "materials", "questions"):
        page = administrator.get(f"/s/east-lake/setup/{kind}/").text
        assert f"{AT}{kind}/#import" in page
        assert administrator.get(f"{AT}{kind}/").status_code == 200
