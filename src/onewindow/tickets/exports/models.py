"""A file that was asked for."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from onewindow.base.halls.models import Hall
from onewindow.tickets.states import EXPORT_MOVES, ExportState


class Export(models.Model):
    """An XLSX of the tickets of some days. ``seen_at`` is the worker's last sign while it runs."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="exports", db_index=False)
    first = models.DateField()
    last = models.DateField()
    limit = models.CharField(max_length=60, blank=True)  # "zone:east"; "": the whole hall
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tickets"
        indexes = [
            models.Index(fields=["hall", "id"], name="export_of_a_hall"),
            models.Index(fields=["state", "asked_at"], name="export_to_make"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """What the file is called where it is saved."""
        return f"tickets-{self.first:%Y%m%d}-{self.last:%Y%m%d}.xlsx"

    @property
    def limit_said(self) -> str:
        """What it is limited to, as it stands in the plan of the floor."""
        return self.limit.partition(":")[2]

    @property
    def path(self) -> Path:
        """Where the file lies here; the name in the data directory tells nothing."""
        return Path(settings.MEDIA_ROOT) / "exports" / f"{self.pk}.xlsx"

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or is being made."""
        return self.state in (ExportState.QUEUED, ExportState.RUNNING)

    def move(self, to: ExportState, **changes: Any) -> bool:
        """Go to another state with ``changes``: the only writer of ``state``. False: too late."""
        allowed = [state for state, after in EXPORT_MOVES.items() if to in after]
        moved = Export.objects.filter(pk=self.pk, state__in=allowed).update(state=to, **changes)
        if moved:
            for name, value in {"state": to, **changes}.items():
                setattr(self, name, value)
        return bool(moved)
