"""Messages out: one row each, whatever becomes of it; and the hall's own words for them."""

from typing import Any

from django.db import models

from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import TextField
from onewindow.base.notify.states import MOVES, TO_SEND, Channel, State
from onewindow.base.vault.fields import EncryptedText, masked


class Message(models.Model):
    """A message to one person. ``to`` is an address or a number, or a user's id within OneWindow.

    ``context`` fills the template; it holds no personal data.
    """

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="messages")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    to = EncryptedText()
    user_id = models.BigIntegerField(null=True, blank=True)  # of a notice in OneWindow
    template = models.CharField(max_length=60)
    context = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try"], name="message_to_send"),
            models.Index(fields=["user_id", "read_at"], name="message_of_a_user"),
            models.Index(fields=["hall", "state"], name="message_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.channel} {self.state}"

    def move(self, to: State, **changes: Any) -> bool:
        """Go to another state with ``changes``: the only writer of ``state``. False: too late."""
        allowed = [state for state, after in MOVES.items() if to in after]
        moved = Message.objects.filter(pk=self.pk, state__in=allowed).update(state=to, **changes)
        if moved:
            for name, value in {"state": to, **changes}.items():
                setattr(self, name, value)
        return bool(moved)

    @property
    def to_shown(self) -> str:
        """Whom it goes to, masked."""
        return masked(self.to) if self.to else ""

    @property
    def is_waiting(self) -> bool:
        """Whether it may still go out."""
        return self.state in TO_SEND


class Wording(models.Model):
    """The hall's own words for a template, in its languages."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="wordings")
    template = models.CharField(max_length=60)
    title = TextField()
    body = TextField()

    class Meta:
        constraints = [models.UniqueConstraint("hall", "template", name="one_wording_per_template")]

    def __str__(self) -> str:
        return self.template

    @property
    def is_own(self) -> bool:
        """Whether the hall says anything otherwise than we do."""
        return bool(self.title or self.body)
