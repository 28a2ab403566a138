"""From bytes to rows of cells: a CSV of any usual encoding; what is no spreadsheet is refused.

Nothing here evaluates anything: a formula is a cell of the sort ``formula``.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from onewindow.lists.columns import Cell, Wrong, fold

MEGABYTE = 2**20
FILE_AT_MOST = 10 * MEGABYTE
COLUMNS_AT_MOST = 300
CELL_AT_MOST = 32_767  # as a spreadsheet's
ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"%PDF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
DELIMITERS = (",", ";", "\t", "，", "|")
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Sheet(NamedTuple):
    """A sheet: its title, and its rows from the first one on, each with its number."""

    title: str
    rows: list[tuple[int, list[Cell]]]


class Unreadable(Wrong):
    """The file as a whole cannot be read."""


NOT_A_SHEET = _("This is no spreadsheet. Bring an Excel workbook (.xlsx) or a CSV file.")
OLD_BOOK = _("This is a workbook of an old kind. Save it as .xlsx and bring it again.")
NO_LETTERS = _("The letters of this file are not understood. Save it as CSV UTF-8, or as .xlsx.")
TOO_LONG = _("The file has more than {most} rows. Nothing of it was read; divide it.")
TOO_WIDE = _("The file has more than {most} columns.")
TOO_LARGE = _("The file is larger than {most} MB. Nothing of it was read.")


def is_book(path: Path) -> bool:
    """Say whether a file is a workbook, by what it begins with. Raise Unreadable."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(OLD):
        raise Unreadable(OLD_BOOK)
    if head.startswith(PROGRAMS):
        raise Unreadable(NOT_A_SHEET)
    return head.startswith(ZIP)


def read_csv(path: Path, known: Callable[[Iterable[str]], int], most: int) -> Sheet:
    """Read a CSV; ``known`` counts the headings in a row, which tells what divides the cells."""
    text = decoded(path.read_bytes())
    lines = text[: 4 * CELL_AT_MOST].splitlines()[:10]
    marks = {one: max((known(row) for row in _cells(lines, one)), default=0) for one in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda one: marks[one])
    rows: list[tuple[int, list[Cell]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            rows.append((len(rows) + 1, [_cell(one) for one in _narrow(cells)]))
            enough(len(rows), most)
    except csv.Error as no:
        raise Unreadable(NOT_A_SHEET) from no
    return Sheet("", rows)


def enough(count: int, most: int) -> None:
    """Raise Unreadable once there are more rows than may be, the heading aside."""
    if count > most + 10:
        raise Unreadable(TOO_LONG, most=most)


def decoded(raw: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 or GB18030, with its mark or without."""
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return _decode(raw, encoding)
    zeros = [raw[start:2000:2].count(0) for start in (0, 1)]
    if any(zeros):
        return _decode(raw, "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(raw, "gb18030")


def _decode(raw: bytes, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as no:
        raise Unreadable(NO_LETTERS) from no
    if "\0" in text:
        raise Unreadable(NOT_A_SHEET)
    return text


def _cells(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return


def _narrow(cells: list[str]) -> list[str]:
    if len(cells) > COLUMNS_AT_MOST:
        raise Unreadable(TOO_WIDE, most=COLUMNS_AT_MOST)
    return cells


def _cell(text: str) -> Cell:
    """Take the mark off again that an export puts before what looks like a formula."""
    text = text.strip().strip("\u3000\xa0")
    if text.startswith("="):
        return Cell(text, "formula")
    if text[:1] == "'" and text[1:2] in FORMULA:
        text = text[1:]
    return Cell(text)


def harmless(value: str | int) -> str | int:
    """Put a quotation mark before what a spreadsheet would take for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def heading_row(
    sheet: Sheet, known: Callable[[Iterable[str]], int]
) -> tuple[int, list[Cell]] | None:
    """Return the row of the headings: of the first ten, the one that knows the most of them."""
    found = [(known(cell.text for cell in row[1]), -row[0], row) for row in sheet.rows[:10]]
    best = max(found, default=None, key=lambda one: one[:2])
    return best[2] if best and best[0] >= 1 else None


def counter(headings: Iterable[str]) -> Callable[[Iterable[str]], int]:
    """Return what counts how many of some words are headings."""
    known = frozenset(headings)
    return lambda words: sum(fold(word.lstrip("'")) in known for word in words)
