"""``purge``: let go of what was kept long enough."""

from datetime import timedelta

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.trail.by import By, job
from onewindow.base.trail.models import Entry, Purge, Seal
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused

MONTH = timedelta(days=31)
KEPT_MONTHS = 24
KEPT_AT_LEAST = 6  # months; the law's
ROWS_AT_ONCE = 1_000


class TooYoung(Refused):
    """The trail must be kept for six months."""

    sentence = _("The trail is kept for at least 6 months.")


def purge(*, months: int = KEPT_MONTHS, by: By | None = None) -> int:
    """Delete rows that were sealed so many months ago; return how many. Their seals stay."""
    if months < KEPT_AT_LEAST:
        raise TooYoung
    below = _allow(months, by or job("trail.purge"))
    deleted = 0
    while below:
        rows = _delete_some(below)
        deleted += rows
        if not rows:
            break
    return deleted


@action
def _allow(months: int, by: By) -> int:
    """Write down below which id rows may go; 0 when none is old enough."""
    old = Seal.objects.filter(at__lt=clocks.now() - months * MONTH).order_by("-last").first()
    if old is None or not Entry.objects.filter(pk__lte=old.last).exists():
        return 0
    allowed = Purge.objects.create(below=old.last + 1, at=clocks.now())
    record("trail.purged", allowed, by=by, below=allowed.below, months=months)
    return allowed.below


@action
def _delete_some(below: int) -> int:
    oldest = Entry.objects.filter(pk__lt=below).aggregate(oldest=Min("pk"))["oldest"]
    if oldest is None:
        return 0
    until = min(below, oldest + ROWS_AT_ONCE)
    return Entry.objects.filter(pk__lt=until).delete()[0]
