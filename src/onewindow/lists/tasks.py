"""Jobs of the worker: check a list, write it, undo it; make a file. A queue of their own."""

import logging
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.trail.models import Entry
from onewindow.base.web.refused import Refused
from onewindow.lists import queries
from onewindow.lists.actions import check as keeping
from onewindow.lists.actions import staff, undo, write
from onewindow.lists.books import read_book, write_book
from onewindow.lists.checking import Plan, check
from onewindow.lists.columns import Wrong, fold
from onewindow.lists.models import File, Import
from onewindow.lists.policy import ListsPolicy
from onewindow.lists.reading import counter, is_book, read_csv
from onewindow.lists.showing import empty_book, full_book
from onewindow.lists.states import ImportState
from onewindow.lists.tables import KINDS

logger = logging.getLogger(__name__)
AGAIN = 3  # so often a list is checked anew because the hall was changed meanwhile


@task(queue_name="long")
def work(pk: int) -> None:
    """Do what a list waits for, unless somebody else does."""
    brought = keeping.begin(pk)
    if brought is None:
        return
    turns = {
        ImportState.CHECKING: _check,
        ImportState.WRITING: _write,
        ImportState.UNDOING: _undo,
    }
    with translation.override(brought.language):
        try:
            turns[ImportState(brought.state)](brought)
        except keeping.TakenAway:
            return
        except Exception:  # whatever it was, the page must say so
            logger.exception("import %s", pk)
            write.take_back(brought)
            keeping.fail(brought, _("Something went wrong here. Nothing was changed."))


@task(queue_name="long")
def make(pk: int) -> None:
    """Make one file, unless somebody else does."""
    file = keeping.begin_file(pk)
    if file is None:
        return
    try:
        with translation.override(file.language):
            rows = _make(file)
    except Exception:  # whatever it was, the page must say so
        logger.exception("list %s", pk)
        keeping.fail_file(file)
        return
    keeping.finish_file(file, rows)


def on_import(entry: Entry, _brought: Any) -> None:
    """A list was brought, wanted or is to be undone: let the worker do it once this commits."""
    work.enqueue(entry.subject_id)


def on_file(entry: Entry, _file: Any) -> None:
    """A file was asked for: let the worker make it once this commits."""
    make.enqueue(entry.subject_id)


def sweep() -> int:
    """Find what a killed worker left, and begin it again. Called by the clock."""
    brought = [one.pk for one in queries.lost_imports() if keeping.import_again(one)]
    files = [one.pk for one in queries.lost_files() if keeping.file_again(one)]
    for pk in brought:
        work.enqueue(pk)
    for pk in files:
        make.enqueue(pk)
    return len(brought) + len(files)


def _check(brought: Import) -> None:
    try:
        plan = _plan(brought, brought.hall)
    except Wrong as no:
        plan = Plan()
        plan.no("", 0, "", no.sentence)
    keeping.keep(brought, plan)


def _plan(brought: Import, hall: Hall) -> Plan:
    """Read the file, and hold it against the hall. Raise Unreadable."""
    listed = KINDS[brought.kind].for_person(hall, brought.by_id)
    most = policy(hall, ListsPolicy).rows_at_most
    if is_book(brought.path):
        return check(listed, *read_book(brought.path, most), hall)
    headings = {
        fold(words)
        for table in listed.tables
        for column in table.columns(hall)
        for words in column.headings(hall.language)
    }
    return check(listed, [read_csv(brought.path, counter(headings), most)], {}, hall)


def _write(brought: Import) -> None:
    """Write what was shown; when the hall has changed so that it is another thing, show it anew."""
    write.take_back(brought)
    for _turn in range(AGAIN):
        hall = Hall.objects.get(pk=brought.hall_id)
        plan = _plan(brought, hall)
        if plan.digest != brought.digest or plan.wrong:
            break
        try:
            if KINDS[brought.kind].of_people:
                staff.bring(brought, plan, staff.make_passwords(brought, plan))
            else:
                write.stage(brought, plan)
                write.put_in_use(brought, plan, hall.version)
        except write.Moved:
            write.take_back(brought)
            continue
        except Refused as no:
            write.take_back(brought)
            plan.no("", 0, "", no)
            keeping.settle(brought, plan)
            return
        return
    plan.notes.append(_("The hall was changed meanwhile. Look at the list again, then import it."))
    keeping.keep(brought, plan)


def _undo(brought: Import) -> None:
    if KINDS[brought.kind].of_people:
        _undo_people(brought)
        return
    for _turn in range(AGAIN):
        hall = Hall.objects.get(pk=brought.hall_id)
        back = undo.plan_back(brought, hall)
        if back.problems:
            undo.leave(brought, back.problems)
            return
        try:
            undo.put_back(brought, back, hall.version)
        except write.Moved:
            continue
        return
    keeping.fail(brought, _("The hall is just being changed. Try it again."))


def _undo_people(brought: Import) -> None:
    try:
        staff.put_back(brought)
    except Refused as no:
        told = {"sheet": "", "row": 0, "column": "", "said": str(no)}
        undo.leave(brought, [told])


def _make(file: File) -> int:
    """Write the file beside its place and put it there whole; return how many rows it has."""
    make_it: Callable[..., Iterable[Any]] = empty_book if file.empty else full_book
    sheets = list(make_it(KINDS[file.kind], file.hall))
    file.path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.path.parent, prefix=".making-") as place:
        draft = Path(place) / "draft.xlsx"
        write_book(draft, sheets)
        os.replace(draft, file.path)
    return 0 if file.empty else sum(len(rows) - 1 for _title, rows in sheets)
