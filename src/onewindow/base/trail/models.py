"""The trail: one append-only row is audit entry, history and event."""

from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from onewindow.base import clocks

SILENT = timedelta(minutes=2)


class Entry(models.Model):
    """What happened. Plain ids and no foreign keys, so that it outlives what it speaks of.

    ``topics`` names, separated by blanks, the screens it wakes; ``label`` is a number, never a
    person's name, because what is sealed cannot be made anonymous.
    """

    hall = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    label = models.CharField(max_length=60, blank=True)
    by_kind = models.CharField(max_length=10)
    by_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=60, blank=True)
    via = models.CharField(max_length=10)
    address = models.CharField(max_length=45, blank=True)
    topics = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        indexes = [
            models.Index(fields=["hall", "subject", "subject_id"], name="trail_of_a_subject"),
            models.Index(fields=["hall", "at"], name="trail_of_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"


class Seal(models.Model):
    """Closes the rows after the last seal: who changes one of them must know the key.

    ``marks`` holds, for each row, its id and a short digest of it, so that ``verify`` can name the
    row that was changed, and the chain still holds when old rows were purged.
    """

    at = models.DateTimeField()
    after = models.BigIntegerField(unique=True)  # the last row of the seal before: no fork
    last = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    marks = models.BinaryField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.last} {self.digest[:16]}"


class Horizon(models.Model):
    """PostgreSQL: up to which row to seal once all transactions before ``xid`` have ended."""

    last = models.BigIntegerField()
    xid = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.last} at {self.xid}"


class Purge(models.Model):
    """Rows below this id may be deleted; a row of this table is what allows it."""

    below = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"below {self.below}"


class Verification(models.Model):
    """Somebody asked whether the history is whole. ``found`` holds what is wrong, as ``Trouble``.

    ``seen_at`` is the worker's last sign while it runs, ``done`` the row it has come to.
    """

    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    found = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs, and its worker gave a sign of life lately."""
        return self.ended_at is None and self.seen_at > clocks.now() - SILENT
