"""What the worker keeps of a check, a chunk at a time: nothing of the hall is touched."""

from itertools import islice

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.lists.checking import Change, Plan
from onewindow.lists.models import File, Import, Line
from onewindow.lists.states import FileState, ImportState

A_CHUNK = 200
TRIES = 3


class TakenAway(Exception):
    """Another worker does this now."""


@action
def begin(pk: int) -> Import | None:
    """Take what waits for the worker: who held it before has lost it."""
    found = Import.objects.select_related("hall__organisation").filter(pk=pk).first()
    if found is None or not found.is_at_work:
        return None
    now, tries = clocks.now(), found.tries + 1
    mine = Import.objects.filter(pk=pk, state=found.state, tries=found.tries)
    if not mine.update(tries=tries, seen_at=now):
        return None
    found.tries, found.seen_at = tries, now
    return found


@action
def go_on(brought: Import, done: int, total: int) -> None:
    """Say how far it is. Raise TakenAway when another worker has it."""
    mine = Import.objects.filter(pk=brought.pk, state=brought.state, tries=brought.tries)
    if not mine.update(done=done, total=total, seen_at=clocks.now()):
        raise TakenAway


def keep(brought: Import, plan: Plan) -> None:
    """Keep what a check found, for the page to show: checked, or faulty."""
    _clear(brought)
    rest, done = iter(plan.changes), 0
    while chunk := list(islice(rest, A_CHUNK)):
        _note(brought, chunk)
        done += len(chunk)
        go_on(brought, done, len(plan.changes))
    settle(brought, plan)


@action
def settle(brought: Import, plan: Plan) -> None:
    """Say that it is checked, or what is wrong with it."""
    to = ImportState.FAULTY if plan.wrong else ImportState.CHECKED
    counts = {"sheets": plan.counts, "wrong": plan.wrong}
    found = {"problems": plan.problems, "notes": plan.notes, "counts": counts}
    if not brought.move(to, digest=plan.digest, seen_at=clocks.now(), **found):
        raise TakenAway


@action
def fail(brought: Import, sentence: str) -> None:
    """It could not be read, or broke off."""
    told = [{"sheet": "", "row": 0, "column": "", "said": sentence}] if sentence else []
    to = ImportState.FAILED if brought.state != ImportState.UNDOING else ImportState.DONE
    brought.move(to, problems=told, seen_at=clocks.now())


@action
def _clear(brought: Import) -> None:
    brought.lines.all().delete()


@action
def _note(brought: Import, changes: list[Change]) -> None:
    Line.objects.bulk_create(
        Line(
            brought=brought,
            sheet=one.table.name,
            row=one.line,
            did=one.did,
            thing=one.table.model._meta.label_lower,
            thing_id=one.row.pk,
            label=one.label,
            changes=one.changes,
        )
        for one in changes
    )


@action
def begin_file(pk: int) -> File | None:
    """Take a file that waits; None when another worker has it."""
    found = File.objects.select_related("hall__organisation").filter(pk=pk).first()
    if found is None:
        return None
    tries = found.tries + 1
    return found if found.move(FileState.RUNNING, tries=tries, seen_at=clocks.now()) else None


@action
def finish_file(file: File, rows: int) -> None:
    """It can be fetched."""
    file.move(FileState.READY, rows=rows, seen_at=clocks.now())


@action
def fail_file(file: File) -> None:
    """It could not be made; a person may ask again."""
    file.move(FileState.FAILED)


@action
def file_again(file: File) -> bool:
    """Its worker was killed: it waits again, three times at most."""
    if file.tries >= TRIES:
        fail_file(file)
        return False
    return file.move(FileState.QUEUED, seen_at=clocks.now())


@action
def import_again(brought: Import) -> bool:
    """Its worker was killed: it is begun again, three times at most."""
    if brought.tries >= 2 * TRIES:
        fail(brought, "")
        return False
    mine = Import.objects.filter(pk=brought.pk, tries=brought.tries, state=brought.state)
    return bool(mine.update(seen_at=clocks.now()))
