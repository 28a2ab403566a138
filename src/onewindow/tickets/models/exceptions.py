"""Exceptions from the queue rules: for the windows of a kind, or for a service."""

from django.db import models

from onewindow.base.halls.models import Hall
from onewindow.catalogue.models import Service
from onewindow.floor.states import WindowKind


class RuleException(models.Model):
    """What holds for one kind of window, or for one service, in place of the hall's queue rules.

    What is left empty is as in the whole hall. Each figure bears the name of its ``TicketPolicy``.
    """

    hall = models.ForeignKey(Hall, models.CASCADE, related_name="rule_exceptions")
    kind = models.CharField(max_length=20, choices=WindowKind.choices, blank=True)
    service = models.ForeignKey(
        Service, models.CASCADE, null=True, blank=True, related_name="rule_exceptions"
    )
    wait_target_min = models.PositiveSmallIntegerField(null=True, blank=True)
    recalls = models.PositiveSmallIntegerField(null=True, blank=True)
    miss_after_recalls = models.PositiveSmallIntegerField(null=True, blank=True)
    come_back_min = models.PositiveSmallIntegerField(null=True, blank=True)
    park_min = models.PositiveSmallIntegerField(null=True, blank=True)
    wrap_up_s = models.PositiveSmallIntegerField(null=True, blank=True)
    auto_call_s = models.PositiveSmallIntegerField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="", service__isnull=False)
                | (~models.Q(kind="") & models.Q(service=None)),
                name="exception_for_a_kind_or_a_service",
            ),
            models.UniqueConstraint(
                "hall",
                "kind",
                condition=models.Q(service=None, archived_at=None),
                name="one_exception_per_kind",
            ),
            models.UniqueConstraint(
                "hall",
                "service",
                condition=models.Q(kind="", archived_at=None),
                name="one_exception_per_service",
            ),
        ]

    def __str__(self) -> str:
        return str(self.service) if self.service_id else str(WindowKind(self.kind).label)
