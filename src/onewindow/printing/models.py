"""Printers as they are now, the kiosks that print on them, and each paper that is to come out."""

from typing import Any

from django.db import models

from onewindow.accounts.models import Device
from onewindow.base.halls.models import Hall
from onewindow.printing.states import MOVES, TROUBLE, WIDTHS, Condition, State, Why


class Printer(models.Model):
    """What is known of a printer. ``free_at`` is both the turn that somebody has at it, and its
    rest after a failure: whoever moves it on may talk to the printer until then.
    """

    device = models.OneToOneField(Device, models.CASCADE, related_name="as_printer")
    paper_mm = models.PositiveSmallIntegerField(default=80)
    condition = models.CharField(
        max_length=12, choices=Condition.choices, default=Condition.UNKNOWN
    )
    free_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)  # in a row

    def __str__(self) -> str:
        return self.device.name

    @property
    def dots(self) -> int:
        """How wide it prints."""
        return WIDTHS[self.paper_mm]

    @property
    def is_in_trouble(self) -> bool:
        """Whether nothing comes out of it."""
        return self.condition in TROUBLE


class PrintsOn(models.Model):
    """A kiosk and the printer that stands in it or beside it."""

    kiosk = models.OneToOneField(Device, models.CASCADE, related_name="prints_on")
    printer = models.ForeignKey(Device, models.CASCADE, related_name="kiosks")

    def __str__(self) -> str:
        return f"{self.kiosk_id} on {self.printer_id}"


class PrintJob(models.Model):
    """One paper for one printer, whatever becomes of it. ``why`` says why it prints once more."""

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="print_jobs", db_index=False)
    printer = models.ForeignKey(Device, models.CASCADE, related_name="print_jobs", db_index=False)
    paper = models.CharField(max_length=20)  # a name of ``papers``
    subject_id = models.BigIntegerField()
    label = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=12, blank=True)
    why = models.CharField(max_length=12, choices=Why.choices, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["printer", "state", "id"], name="print_jobs_of_a_printer"),
            models.Index(fields=["hall", "made_at"], name="print_jobs_of_a_time"),
            models.Index(fields=["paper", "subject_id"], name="print_jobs_of_a_paper"),
        ]
        constraints = [
            models.UniqueConstraint(
                "paper",
                "subject_id",
                condition=models.Q(why="") & ~models.Q(paper="test"),
                name="a_paper_prints_once_by_itself",
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.label} {self.state}"

    def move(self, to: State, **changes: Any) -> bool:
        """Go to another state with ``changes``: the only writer of ``state``. False: too late."""
        allowed = [state for state, after in MOVES.items() if to in after]
        moved = PrintJob.objects.filter(pk=self.pk, state__in=allowed).update(state=to, **changes)
        if moved:
            for name, value in {"state": to, **changes}.items():
                setattr(self, name, value)
        return bool(moved)
