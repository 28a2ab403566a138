"""Lists that were brought, what each did to which thing, and files that were asked for."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.vault.fields import EncryptedText
from onewindow.lists.states import (
    AT_WORK,
    FILE_MOVES,
    IMPORT_MOVES,
    Did,
    FileState,
    ImportState,
)


class Import(models.Model):
    """A file that was brought. ``tries`` is the worker's token: who has an older one has lost it.

    ``problems`` are sentences in the language of who brought it, each with its sheet, row and
    column; ``counts`` says how many rows are new, changed, archived, restored and the same.
    """

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="imports", db_index=False)
    kind = models.CharField(max_length=12)  # which list: see ``tables.KINDS``
    name = models.CharField(max_length=120)  # of the file, as it was brought
    language = models.CharField(max_length=12)
    state = models.CharField(
        max_length=8, choices=ImportState.choices, default=ImportState.CHECKING
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)  # of what was shown to be checked
    passwords = EncryptedText(blank=True, default="")  # for once, until they are fetched
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=60)
    by_name = models.CharField(max_length=60)
    address = models.CharField(max_length=45, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)
    entry = models.BigIntegerField(null=True)  # its row of the trail
    undone_entry = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["hall", "kind", "id"], name="imports_of_a_list"),
            models.Index(fields=["state", "seen_at"], name="imports_at_work"),
        ]
        constraints = [
            models.UniqueConstraint(
                "hall",
                condition=models.Q(state__in=["writing", "undoing"]),
                name="one_list_is_written",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the file lies until it is written or a week old."""
        return Path(settings.MEDIA_ROOT) / "imports" / f"{self.pk}"

    @property
    def by(self) -> By:
        """Who brought it, acting through the worker."""
        return By("user", self.by_id, self.by_label, "job", self.address)

    @property
    def is_at_work(self) -> bool:
        """Whether the worker has something to do with it."""
        return self.state in AT_WORK

    def move(self, to: ImportState, **changes: Any) -> bool:
        """Go to another state with ``changes``: the only writer of ``state``. False: too late."""
        if to not in IMPORT_MOVES[ImportState(self.state)]:
            return False
        mine = Import.objects.filter(pk=self.pk, state=self.state, tries=self.tries)
        moved = mine.update(state=to, **changes)
        if moved:
            for name, value in {"state": to, **changes}.items():
                setattr(self, name, value)
        return bool(moved)


class Line(models.Model):
    """What a row of a list does, or did, to a thing: ``changes`` is ``{name: [old, new]}``.

    ``thing`` is its model, ``thing_id`` its id once there is one.
    """

    brought = models.ForeignKey(Import, models.CASCADE, related_name="lines")
    sheet = models.CharField(max_length=12)
    row = models.PositiveIntegerField()
    did = models.CharField(max_length=8, choices=Did.choices)
    thing = models.CharField(max_length=40)
    thing_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=200)
    changes = models.JSONField(default=dict)

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["thing", "thing_id"], name="lines_of_a_thing")]

    def __str__(self) -> str:
        return self.label


class File(models.Model):
    """A list as an XLSX that the worker makes: full, or ``empty`` with an example to fill in."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="list_files", db_index=False)
    kind = models.CharField(max_length=12)
    empty = models.BooleanField(default=False)
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=FileState.choices, default=FileState.QUEUED)
    rows = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["hall", "kind", "id"], name="files_of_a_list")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """What the file is called where it is saved."""
        what = "empty" if self.empty else f"{self.hall.today(self.asked_at):%Y%m%d}"
        return f"{self.kind}-{what}.xlsx"

    @property
    def path(self) -> Path:
        """Where the file lies here; the name in the data directory tells nothing."""
        return Path(settings.MEDIA_ROOT) / "lists" / f"{self.pk}.xlsx"

    def move(self, to: FileState, **changes: Any) -> bool:
        """Go to another state with ``changes``: the only writer of ``state``. False: too late."""
        allowed = [state for state, after in FILE_MOVES.items() if to in after]
        moved = File.objects.filter(pk=self.pk, state__in=allowed).update(state=to, **changes)
        if moved:
            for name, value in {"state": to, **changes}.items():
                setattr(self, name, value)
        return bool(moved)
