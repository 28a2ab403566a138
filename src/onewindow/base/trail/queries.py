"""What happened to a thing, and what is sealed."""

from django.db import models
from django.db.models import QuerySet

from onewindow.base.trail.models import Entry, Verification


def history(subject: models.Model, *, hall: int | None = None) -> QuerySet[Entry]:
    """Return what happened to a thing, the oldest first."""
    return Entry.objects.filter(
        hall=hall if hall is not None else getattr(subject, "hall_id", None),
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
    ).order_by("pk")


def last_verification() -> Verification | None:
    """Return when somebody last asked whether the history is whole, and what came of it."""
    return Verification.objects.order_by("-pk").first()
