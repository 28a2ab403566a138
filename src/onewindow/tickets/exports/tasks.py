"""Jobs of the worker: write the files that were asked for. They stand in a queue of their own."""

import logging
import os
import tempfile
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import translation
from django_tasks import task

from onewindow.base.trail.models import Entry
from onewindow.tickets.exports import actions, queries
from onewindow.tickets.exports.columns import HEADINGS, Value, reader
from onewindow.tickets.exports.models import Export

logger = logging.getLogger(__name__)
ROWS_A_SHEET = 1_000_000  # a sheet holds 1,048,576
WIDTH = 18


class TakenAway(Exception):
    """Another worker makes this file now."""


@task(queue_name="long")
def make(pk: int) -> None:
    """Write one file, unless somebody else does."""
    export = actions.begin(pk)
    if export is None:
        return
    try:
        rows = _write(export)
    except TakenAway:
        return
    except Exception:  # whatever it was, the page must say so
        logger.exception("export %s", pk)
        actions.fail(export)
        return
    actions.finish(export, rows)


def on_export(entry: Entry, _export: Any) -> None:
    """A file was asked for: let the worker make it once this commits."""
    make.enqueue(entry.subject_id)


def sweep() -> int:
    """Find files whose worker was killed, and begin them again. Called by the clock."""
    again = [export.pk for export in queries.lost() if actions.begin_again(export)]
    for pk in again:
        make.enqueue(pk)
    return len(again)


def _write(export: Export) -> int:
    """Write the file beside its place and put it there whole; return how many rows it has."""
    export.path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=export.path.parent, prefix=actions.DRAFTS) as place:
        draft = Path(place) / "draft.xlsx"
        options = {"constant_memory": True, "tmpdir": place, "strings_to_numbers": False}
        with (
            xlsxwriter.Workbook(str(draft), options) as book,
            translation.override(export.language),
        ):
            rows = _fill(book, export)
        if not actions.go_on(export, rows):
            raise TakenAway
        os.replace(draft, export.path)
    return rows


def _fill(book: Any, export: Export) -> int:
    read, done, sheet = reader(export.hall), 0, _sheet(book)
    for page in queries.pages(export.hall, export.first, export.last, export.limit):
        for values in page:
            if done and done % ROWS_A_SHEET == 0:
                sheet = _sheet(book)
            _row(sheet, done % ROWS_A_SHEET + 1, read(values))
            done += 1
        if not actions.go_on(export, done):
            raise TakenAway
    return done


def _sheet(book: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.set_column(0, len(HEADINGS) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for place, heading in enumerate(HEADINGS):
        sheet.write_string(0, place, heading, bold)
    return sheet


def _row(sheet: Any, line: int, values: list[Value]) -> None:
    """Write texts as texts: nothing that stands in a name becomes a formula."""
    for place, value in enumerate(values):
        if isinstance(value, int):
            sheet.write_number(line, place, value)
        elif value:
            sheet.write_string(line, place, value)
