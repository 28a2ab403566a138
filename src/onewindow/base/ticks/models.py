"""When each tick is due, the signs of life of our own processes, and the outages between them."""

from datetime import datetime, timedelta

from django.db import models


class Tick(models.Model):
    """A piece of work that comes round. Whoever moves ``due`` on does it, on any machine."""

    name = models.CharField(max_length=60, primary_key=True)
    due = models.DateTimeField()
    ran_at = models.DateTimeField(null=True)
    problem = models.CharField(
        max_length=200, blank=True
    )  # of the last run; empty when it went well

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """The last sign of life: of the ``installation``, and of its ``worker``.

    ``shift`` keeps how far our clock stood from the machine's, in seconds, so that a clock that is
    moved on (a demonstration's next day) is not taken for a silence.
    """

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
    shift = models.FloatField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%F %T}"

    def silence(self, now: datetime, shift: timedelta) -> timedelta:
        """How long ago this sign of life really was."""
        return (now - shift) - (self.at - timedelta(seconds=self.shift))


class Outage(models.Model):
    """A span in which we were not there: no miss, wait or recall counts in it."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("began_at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__gte=models.F("began_at")),
                name="outage_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%F %T} - {self.ended_at:%F %T}"
