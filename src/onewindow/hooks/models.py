"""Other programs that are told what happens here, and each thing they are told."""

from datetime import datetime
from typing import Any

from django.db import models

from onewindow.base.halls.models import Hall
from onewindow.base.vault.fields import EncryptedText
from onewindow.hooks.states import MOVES, TO_SEND, State

PROBLEM_LENGTH = 200


class Hook(models.Model):
    """An address that is told of some kinds of event. ``failures`` counts those in a row.

    While ``quiet_until`` lies ahead nothing is sent to it; while ``busy_until`` does, one worker
    sends, so that what is told comes in order.
    """

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="hooks")
    name = models.CharField(max_length=60)
    url = models.CharField(max_length=500)
    events = models.JSONField(default=list)
    secret = EncryptedText()
    is_active = models.BooleanField(default=True)
    failures = models.PositiveIntegerField(default=0)
    quiet_until = models.DateTimeField(null=True, blank=True)
    busy_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One thing that one hook is told. ``entry`` is the trail's row; a test has none."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="+", db_index=False)
    hook = models.ForeignKey(Hook, models.CASCADE, related_name="deliveries")
    entry = models.BigIntegerField(null=True)
    event = models.CharField(max_length=60)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP; none when nobody answered
    answer = models.CharField(max_length=PROBLEM_LENGTH, blank=True)  # its beginning, or why not
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    again_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="repeats"
    )

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["hall", "id"], name="delivery_log"),
            models.Index(
                fields=["hook", "next_try", "id"],
                condition=models.Q(next_try__isnull=False),
                name="delivery_to_send",
            ),
            models.Index(fields=["hall", "ended_at"], name="delivery_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.state}"

    @property
    def is_waiting(self) -> bool:
        """Whether it may still go out."""
        return self.state in TO_SEND

    def move(self, to: State, **changes: Any) -> bool:
        """Go to another state with ``changes``: the only writer of ``state``. False: too late."""
        allowed = [state for state, after in MOVES.items() if to in after]
        moved = Delivery.objects.filter(pk=self.pk, state__in=allowed).update(state=to, **changes)
        if moved:
            for name, value in {"state": to, **changes}.items():
                setattr(self, name, value)
        return bool(moved)


def give_up(rows: "models.QuerySet[Delivery]", now: datetime) -> int:
    """``Delivery.move`` for all that had their time."""
    ended = {"state": State.GAVE_UP, "next_try": None, "ended_at": now}
    return rows.filter(state__in=TO_SEND).update(**ended)
