"""The trail: one append-only row is audit entry, history and event."""

from django.db import models


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
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["hall", "subject", "subject_id"], name="trail_of_a_subject"),
            models.Index(fields=["hall", "at"], name="trail_of_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"
