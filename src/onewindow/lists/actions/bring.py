"""Bring a list, wish it written or undone: what people do. The worker does the rest."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.lists import queries
from onewindow.lists.models import File, Import
from onewindow.lists.reading import FILE_AT_MOST, MEGABYTE
from onewindow.lists.states import ImportState


class TooLarge(Refused):
    """The file is larger than a list is."""

    sentence = _("The file is larger than {most} MB. Nothing of it was read.")
    status = 422


class NotThatFar(Refused):
    """It is not checked, or was imported or undone already."""

    sentence = _("“{name}” is {state} by now. Look at it again.")


class AnotherIsWritten(Refused):
    """One list at a time is written in a hall."""

    sentence = _("“{name}” is just being written. Wait until it is done.")


@action
def bring(*, hall: Hall, kind: str, file: Any, language: str, name: str, by: By) -> Import:
    """Keep a file that somebody brought, for the worker to check. Raise TooLarge.

    ``name`` is the person's own: the page shows it beside the file.
    """
    if file.size > FILE_AT_MOST:
        raise TooLarge(most=FILE_AT_MOST // MEGABYTE)
    now = clocks.now()
    brought = Import.objects.create(
        hall=hall,
        kind=kind,
        name=str(file.name)[-120:],
        language=language,
        by_id=by.id,
        by_label=by.label,
        by_name=name,
        address=by.address,
        asked_at=now,
        seen_at=now,
    )
    brought.path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    with brought.path.open("wb") as kept:
        _pour(file.chunks(), kept)
    record("import.brought", brought, by=by, label=brought.kind)
    return brought


def _pour(chunks: Iterable[bytes], into: Any) -> None:
    for chunk in chunks:
        into.write(chunk)


@action
def want(*, brought: Import, by: By) -> None:
    """Let a checked list be written. Raise NotThatFar, AnotherIsWritten."""
    _go(brought, ImportState.WRITING, "import.wanted", by)


@action
def undo(*, brought: Import, by: By) -> None:
    """Let what a list did be put back. Raise NotThatFar, AnotherIsWritten."""
    _go(brought, ImportState.UNDOING, "import.undo-wanted", by)


def _go(brought: Import, to: ImportState, kind: str, by: By) -> None:
    try:
        with transaction.atomic():
            moved = brought.move(to, done=0, problems=[], seen_at=clocks.now())
    except IntegrityError:
        other = queries.under_way(brought.hall)
        raise AnotherIsWritten(name=other or "") from None
    if not moved:
        brought.refresh_from_db()
        raise NotThatFar(name=brought.name, state=brought.get_state_display())
    record(kind, brought, by=by, label=brought.kind)


@action
def ask(*, hall: Hall, kind: str, empty: bool, language: str, by: By) -> File:
    """Ask for a list as an XLSX, or for an empty one with an example."""
    now = clocks.now()
    file = File.objects.create(
        hall=hall, kind=kind, empty=empty, language=language, asked_at=now, seen_at=now
    )
    record("list.asked", file, by=by, label=kind, empty=empty)
    return file


@action
def streamed(*, hall: Hall, kind: str, by: By) -> None:
    """Note that somebody takes a list along as a CSV."""
    record("list.streamed", hall, by=by, hall=hall.pk, label=kind)


def purge() -> int:
    """Remove files after a week; what was never written goes with its lines. By the clock."""
    gone = 0
    for file in queries.old_files():
        with suppress(FileNotFoundError):
            file.path.unlink()
        gone += _forget(file)
    for brought in queries.old_imports():
        with suppress(FileNotFoundError):
            brought.path.unlink()
        if brought.entry is None:
            gone += _forget(brought)
    return gone


@action
def _forget(row: File | Import) -> int:
    return type(row)._default_manager.filter(pk=row.pk).delete()[0]
