"""What people and machines make of a file: understood, or refused by row, column and sentence."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.catalogue.models import Group, Service
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.floor.models import Window
from onewindow.lists import books, reading
from onewindow.lists.policy import ListsPolicy
from onewindow.lists.tests.conftest import AT, HEAD, Bring, book, csv, said, written
from tests.fixtures.queue import Take, hall, open_window, take

__all__ = ["hall", "open_window", "take"]
GOOD = ["P-1", "护照", "Passport", "residence"]


def rows(*given: Sequence[object], head: list[str] | None = None) -> bytes:
    return csv([head or HEAD, *given])


def saved(made: Workbook) -> bytes:
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (rows(["a", "b"], head=["Foo", "Bar"]), "No row of headings was found"),
        (rows(["P-1", "residence"], head=["Short code", "Group"]), "needs also: Name (简体中文)"),
        (rows(["护照", "residence"], head=["Name", "Group"]), "1 Short code: This column is miss"),
        (rows(GOOD, GOOD), "3 Short code: Row 2 of this file speaks of the same"),
        (rows(["P-1", "=1+1", "", "residence"]), "2 Name (简体中文): A formula stands here (=1+1)"),
        (rows(["P-1", "护照", "", "nowhere"]), "There is no group “nowhere”"),
        (rows(["P 1", "护照", "", "residence"]), "“P 1” has other signs than letters"),
        (rows(["", "护照", "", "residence"]), "2 Short code: This must not be empty"),
        (rows([*GOOD, "x"], head=[*HEAD, "Copies", "Group"]), "Group: This column is there twice"),
        (rows([*GOOD, "ten"], head=[*HEAD, "At most a day"]), "A whole number from 0"),
        (rows([*GOOD, "no"], head=[*HEAD, "In use"]), "it cannot be archived"),
        (b"MZ\x90\x00program", "This is no spreadsheet"),
        (b"PK\x03\x04broken", "This is no spreadsheet"),
        (b"\xd0\xcf\x11\xe0old", "Save it as .xlsx"),
        (b"\xff\xff\xfe\x80\x81", "letters of this file are not understood"),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column(bring: Bring, raw: bytes, sentence: str) -> None:
    one = bring(raw, name="list.xlsx")
    assert one.state == "faulty"
    assert sentence in said(one)
    assert not one.lines.exists() or one.counts["wrong"]
    assert not Service.objects.exists()


def test_errors_are_told_in_the_language_of_who_brought_it(
    administrator: Client, group: Group, bring: Bring
) -> None:
    administrator.cookies["ow_language"] = "zh-hans"
    one = bring(rows(["P-1", "=1+1", "", "residence"]))
    assert "公式" in said(one)
    assert "第一" not in administrator.get(f"{AT}import/{one.pk}/").text
    assert "列" in administrator.get(f"{AT}import/{one.pk}/").text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_csv_of_any_usual_kind_is_understood(bring: Bring, encoding: str, between: str) -> None:
    text = csv([["事项", *HEAD], ["", *GOOD]], between).decode()
    one = bring(text.encode(encoding))
    assert one.state == "checked", said(one)
    assert one.lines.get().changes["name"][1]["zh-Hans"] == "护照"
    assert "事项" in one.notes[0]


def test_headings_are_understood_in_chinese_in_any_order(bring: Bring) -> None:
    head = ["分类", "名称（English）", "编码", "名称（简体中文）"]
    one = bring(rows(["residence", "Passport", "P-1", "护照"], head=head))
    assert one.state == "checked", said(one)


def test_blanks_full_width_signs_and_empty_rows_are_set_right(bring: Bring) -> None:
    one = bring(rows([" Ｐ－１ ", " 护照\u3000", "Passport  ", " Residence"], ["", "", "", ""]))
    assert one.state == "checked", said(one)
    line = one.lines.get()
    assert (line.changes["code"][1], line.changes["name"][1]["zh-Hans"]) == ("P-1", "护照")


def test_numbers_keep_their_zeros_and_dates_are_named(
    bring: Bring, group: Group, hall: Hall
) -> None:
    ServiceFactory.create(hall=hall, group=group, code="0012", name={"zh-Hans": "护照"})
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(HEAD)
    for code in (12, 7, 12, date(2026, 3, 1)):
        sheet.append([code, "护照", "Passport", "residence"])
    sheet["A2"].number_format = "0000"
    one = bring(saved(made), name="codes.xlsx")
    assert "4 Short code: “12” has lost its zeros: the hall has 0012" in said(one)
    assert "5 Short code: The spreadsheet has made a date" in said(one)
    assert sorted(one.lines.values_list("label", flat=True))[0].startswith("0012")


def test_merged_cells_and_formulas_of_a_workbook_are_refused_by_name(bring: Bring) -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(["List of services"])
    sheet.merge_cells("A1:D1")  # a title is no harm
    sheet.append(HEAD)
    sheet.append(GOOD)
    sheet.append(["P-2", "=HYPERLINK(A1)", "", "residence"])
    sheet.merge_cells("D3:D4")
    one = bring(saved(made), name="merged.xlsx")
    assert "D3:D4 are merged" in said(one)
    assert "A1:D1" not in said(one)
    assert "4 Name (简体中文): A formula stands here" in said(one)


def test_more_rows_than_the_hall_allows_are_refused_at_once(bring: Bring, hall: Hall) -> None:
    set_policy(hall, ListsPolicy(rows_at_most=30))
    many = [[f"S{n}", "护照", "", "residence"] for n in range(100)]
    for raw in (rows(*many), book(("x", [HEAD, *many]))):
        one = bring(raw)
        assert (one.state, one.lines.count()) == ("faulty", 0)
        assert "more than 30 rows" in said(one)


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(
    administrator: Client, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onewindow.lists.forms.FILE_AT_MOST", 2_000)
    given = {"file": SimpleUploadedFile("large.csv", b"x" * 3_000)}
    answer = administrator.post(f"{AT}services/bring", given)
    assert answer.status_code == 422
    assert "larger than" in answer.text


def test_a_workbook_that_bursts_is_not_unpacked(
    bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "UNPACKED_AT_MOST", 5_000_000)
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("[Content_Types].xml", "<Types/>")
        pack.writestr("xl/sharedStrings.xml", b"0" * 6_000_000)
    assert len(into.getvalue()) < 10_000
    assert "unpacks to more than" in said(bring(into.getvalue()))


def test_a_workbook_with_an_entity_that_grows_is_refused(bring: Bring) -> None:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as pack:
        pack.writestr("[Content_Types].xml", '<!DOCTYPE a [<!ENTITY b "c">]><Types/>')
    assert "damaged" in said(bring(into.getvalue()))


def test_what_would_be_a_formula_goes_out_as_text_and_comes_back_as_it_was(
    administrator: Client, bring: Bring, group: Group, hall: Hall
) -> None:
    name = {"zh-Hans": "=1+1", "en": "@home"}
    ServiceFactory.create(hall=hall, group=group, code="F", name=name)
    out = administrator.get(f"{AT}services/csv").content.decode("utf-8-sig")
    assert "'=1+1" in out
    assert "'@home" in out
    again = bring(out.encode())
    assert (again.state, again.lines.count()) == ("checked", 0), said(again)


def test_a_service_that_is_waited_for_is_renamed_but_not_archived(
    administrator: Client, bring: Bring, service: Service, open_window: Window, take: Take
) -> None:
    take()
    head = ["Short code", "Name", "In use"]
    renamed = bring(rows([service.code, "新名", "是"], head=head))
    assert written(administrator, renamed).state == "done"
    refused = bring(rows([service.code, "新名", "否"], head=head))
    assert "1 visitors hold a number" in said(refused)


def test_leading_marks_are_taken_off_only_where_an_export_put_them(tmp_path: Path) -> None:
    assert reading._cell("'=1+1").text == "=1+1"
    assert reading._cell("'tis").text == "'tis"
    assert reading._cell("=1").sort == "formula"
