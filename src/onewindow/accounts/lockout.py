"""Five failures lock a staff number for fifteen minutes (``django-axes`` counts them).

What is counted together depends on where it comes from. From an address where this person has
signed in before, only the failures of that address count: a stranger elsewhere cannot lock a clerk
out of the own window. From any other address all failures of the staff number count. A whole
address is never locked by one person's mistakes, since a hall may have only one; it has to be
a hundred failures, which no hall makes in a quarter of an hour.

These clocks are the machine's and not ``clocks.now()``: a demonstration's shifted day locks nobody.
"""

from datetime import timedelta
from typing import Any

from axes.helpers import get_client_ip_address, get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest
from django.utils import timezone

LOCKED_FOR = timedelta(minutes=15)
KNOWN_FOR = timedelta(days=30)
FAILURES_OF_AN_ADDRESS = 100


def counted_by(request: HttpRequest, credentials: dict[str, Any] | None = None) -> list[Any]:
    """Say to ``axes`` what failures are counted together."""
    number = get_client_username(request, credentials)
    address = get_client_ip_address(request)
    known = AccessLog.objects.filter(
        username=number, ip_address=address, attempt_time__gt=timezone.now() - KNOWN_FOR
    )
    return [["username", "ip_address"]] if known.exists() else ["username"]


def seconds_left(staff_number: str) -> int:
    """Return for how long a staff number stays locked, at least a second."""
    last = AccessAttempt.objects.filter(username=staff_number).aggregate(last=Max("attempt_time"))
    since = timezone.now() - (last["last"] or timezone.now())
    return max(1, int((LOCKED_FOR - since).total_seconds()))


def is_locked(staff_number: str) -> bool:
    """Say whether a staff number is locked now, at one address at least."""
    since = timezone.now() - LOCKED_FOR
    failed = AccessAttempt.objects.filter(username=staff_number, attempt_time__gt=since)
    most: int = failed.aggregate(all=Sum("failures_since_start"))["all"] or 0
    return most >= settings.AXES_FAILURE_LIMIT


def is_flooded(address: str) -> bool:
    """Say whether an address has tried far too many staff numbers and passwords."""
    recent = AccessAttempt.objects.filter(
        ip_address=address, attempt_time__gt=timezone.now() - LOCKED_FOR
    )
    failures: int = recent.aggregate(all=Sum("failures_since_start"))["all"] or 0
    return failures >= FAILURES_OF_AN_ADDRESS
