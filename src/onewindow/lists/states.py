"""The life of a list that comes in, and of a file that goes out."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext


class ImportState(models.TextChoices):
    """Where a list that was brought is."""

    CHECKING = "checking", _("being checked")
    FAULTY = "faulty", _("has errors")
    CHECKED = "checked", _("checked")
    WRITING = "writing", _("being imported")
    DONE = "done", pgettext("list", "imported")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("broke off")


_S = ImportState
IMPORT_MOVES: dict[ImportState, set[ImportState]] = {
    _S.CHECKING: {_S.FAULTY, _S.CHECKED, _S.FAILED},
    _S.FAULTY: set(),
    _S.CHECKED: {_S.WRITING},
    _S.WRITING: {_S.DONE, _S.FAULTY, _S.CHECKED, _S.FAILED},
    _S.DONE: {_S.UNDOING},
    _S.UNDOING: {_S.UNDONE, _S.DONE},
    _S.UNDONE: set(),
    _S.FAILED: set(),
}
AT_WORK = (_S.CHECKING, _S.WRITING, _S.UNDOING)


class FileState(models.TextChoices):
    """Where a file that goes out is."""

    QUEUED = "queued", _("waits its turn")
    RUNNING = "running", _("is being made")
    READY = "ready", _("can be fetched")
    FAILED = "failed", _("could not be made")


FILE_MOVES: dict[FileState, set[FileState]] = {
    FileState.QUEUED: {FileState.QUEUED, FileState.RUNNING, FileState.FAILED},
    FileState.RUNNING: {FileState.QUEUED, FileState.READY, FileState.FAILED},
    FileState.READY: set(),
    FileState.FAILED: set(),
}


class Did(models.TextChoices):
    """What an import does to a thing."""

    MADE = "made", _("new")
    CHANGED = "changed", _("changed")
    ARCHIVED = "archived", _("archived")
    RESTORED = "restored", _("brought back")
