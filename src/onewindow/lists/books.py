"""Workbooks: read without trusting them, and written. Only tasks import this: it is heavy."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from onewindow.lists.columns import Cell, Wrong
from onewindow.lists.reading import (
    CELL_AT_MOST,
    COLUMNS_AT_MOST,
    FORMULA,
    MEGABYTE,
    NOT_A_SHEET,
    TOO_WIDE,
    Sheet,
    Unreadable,
    enough,
)

UNPACKED_AT_MOST = 80 * MEGABYTE
PARTS_AT_MOST = 500
SHEETS_AT_MOST = 20
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
PADDED = re.compile(r"0{2,}")
BURST = _("This workbook unpacks to more than {most} MB. Nothing of it was read.")
BROKEN = _("This workbook is damaged. Open it, save it anew as .xlsx and bring it again.")


def read_book(path: Path, most: int) -> tuple[list[Sheet], dict[str, list[tuple[str, int]]]]:
    """Return the sheets, and which cells of each are merged: the range and its last row.

    Raise Unreadable for what is no workbook, or unpacks to too much, or has too many rows.
    """
    try:
        _weigh(path)
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            sheets = [
                Sheet(sheet.title, list(_rows(sheet, most)))
                for sheet in book.worksheets[:SHEETS_AT_MOST]
            ]
            return sheets, _merged(path, book)
    except Wrong:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError) as no:
        raise Unreadable(NOT_A_SHEET) from no
    except Exception as no:  # whatever a made-up file makes of a library
        raise Unreadable(BROKEN) from no


def _weigh(path: Path) -> None:
    """Refuse what unpacks to too much, before any of it is unpacked."""
    with zipfile.ZipFile(path) as pack:
        parts = pack.infolist()
        whole = sum(part.file_size for part in parts)
        if whole > UNPACKED_AT_MOST or len(parts) > PARTS_AT_MOST:
            raise Unreadable(BURST, most=UNPACKED_AT_MOST // MEGABYTE)
        if "[Content_Types].xml" not in pack.namelist():
            raise Unreadable(NOT_A_SHEET)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with pack.open(part) as file:
                    if b"<!DOCTYPE" in file.read(2_000):  # by it a small text grows without end
                        raise Unreadable(BROKEN)


def _rows(sheet: Any, most: int) -> Iterator[tuple[int, list[Cell]]]:
    sheet.reset_dimensions()  # what a file says of its size need not be so
    blank = 0
    for place, row in enumerate(sheet.iter_rows(), 1):
        if len(row) > COLUMNS_AT_MOST:
            row = _shorter(row)
        cells = [_cell(cell) for cell in row]
        used = max((at for at, cell in enumerate(cells, 1) if cell.text), default=0)
        del cells[used:]
        blank = 0 if cells else blank + 1
        enough(place - blank if blank < most else place, most)
        yield place, cells


def _shorter(row: Sequence[Any]) -> Sequence[Any]:
    if any(cell.value is not None for cell in row[COLUMNS_AT_MOST:]):
        raise Unreadable(TOO_WIDE, most=COLUMNS_AT_MOST)
    return row[:COLUMNS_AT_MOST]


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return Cell("")
    if cell.data_type == "f":
        return Cell(str(value)[:60], "formula")
    if cell.data_type == "e":
        return Cell(str(value), "error")
    if isinstance(value, bool):
        return Cell("1" if value else "0")
    if isinstance(value, int | float):
        return Cell(_figure(value, str(cell.number_format or "")), "number")
    if isinstance(value, datetime | date | time):
        return Cell(value.isoformat(), "date")
    return Cell(str(value)[: CELL_AT_MOST + 1].strip().strip("\u3000\xa0"))


def _figure(value: float, form: str) -> str:
    """Return a number as it is seen: whole ones without a point, ``000`` with its zeros."""
    if not float(value).is_integer():
        return repr(value)
    return str(int(value)).zfill(len(form) if PADDED.fullmatch(form) else 0)


def _merged(path: Path, book: Any) -> dict[str, list[tuple[str, int]]]:
    """Return the merged ranges of each sheet; read-only workbooks do not tell of them."""
    found: dict[str, list[tuple[str, int]]] = {}
    with zipfile.ZipFile(path) as pack:
        for sheet in book.worksheets[:SHEETS_AT_MOST]:
            with pack.open(sheet._worksheet_path) as file:
                tail, ranges = b"", []
                while block := file.read(MEGABYTE):
                    text = tail + block
                    ranges += [
                        (f"{a.decode()}{b.decode()}:{c.decode()}{d.decode()}", int(d))
                        for a, b, c, d in MERGED.findall(text)
                    ]
                    tail = text[-100:] if not MERGED.search(text[-100:]) else b""
            found[sheet.title] = list(dict.fromkeys(ranges))
    return found


def write_book(path: Path, sheets: Sequence[tuple[str, Sequence[Sequence[str | int]]]]) -> None:
    """Write sheets, each with its headings first. Texts are texts, whatever they begin with."""
    options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@", "valign": "top"})
        quoted = book.add_format({"num_format": "@", "quote_prefix": True, "valign": "top"})
        for title, (head, *rows) in sheets:
            sheet = book.add_worksheet(NOT_IN_A_TITLE.sub("-", title)[:31])
            for place, words in enumerate(head):
                sheet.set_column(place, place, _width(words, rows, place), text)
            for place, words in enumerate(head):
                sheet.write_string(0, place, str(words), bold)
            sheet.freeze_panes(1, 1)
            for line, row in enumerate(rows, 1):
                for place, value in enumerate(row):
                    if isinstance(value, int):
                        sheet.write_number(line, place, value)
                    elif value:
                        form = quoted if value.startswith(FORMULA) else text
                        sheet.write_string(line, place, value[:CELL_AT_MOST], form)


def _width(words: Any, rows: Sequence[Sequence[str | int]], place: int) -> int:
    """Return a column's width by what stands in it: a Chinese sign is as wide as two letters."""
    longest = max((_wide(row[place]) for row in rows[:50] if len(row) > place), default=0)
    return max(8, min(44, max(min(_wide(words), 20), longest) + 2))


def _wide(value: Any) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in str(value))
