"""Who was at a window when the product went away."""

from django.db import models

from onewindow.base.ticks.models import Outage
from onewindow.tickets.models.queue import Ticket
from onewindow.tickets.states import AfterOutage


class Interruption(models.Model):
    """A ticket that was called or served when an outage began, and what became of it after."""

    outage = models.ForeignKey(Outage, models.CASCADE, related_name="interruptions")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="interruptions")
    settled_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=8, choices=AfterOutage.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("outage", "ticket", name="interrupted_once_by_an_outage")
        ]

    def __str__(self) -> str:
        return self.ticket.number
