"""Throw away what has had its time, by thousands: no transaction lasts long."""

from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from onewindow.base import clocks
from onewindow.base.web.models import Answer

AT_ONCE = 1_000
ANSWERS_KEPT = timedelta(hours=24)
JOBS_KEPT = timedelta(days=7)
ATTEMPTS_KEPT = timedelta(days=30)  # so long an address counts as one where a person signs in


def answers() -> int:
    """Forget the answers kept for repeated requests once they are a day old."""
    return _throw_away(Answer.objects.filter(at__lt=clocks.now() - ANSWERS_KEPT))


def sign_ins() -> int:
    """Forget the sign-ins that have run out."""
    return _throw_away(Session.objects.filter(expire_date__lt=_machine_time()))


def attempts() -> int:
    """Forget who signed in and who failed to, from which address, after a month.

    The trail keeps that somebody signed in; these rows serve the lock after five failures.
    """
    before = _machine_time() - ATTEMPTS_KEPT
    logs = (kind.objects.filter(attempt_time__lt=before) for kind in (AccessAttempt, AccessLog))
    return sum(map(_throw_away, logs))


def jobs() -> int:
    """Forget jobs asked for over a week ago, those that died running included.

    The rows they were to serve are the truth, and each room sweeps what is still due.
    """
    return _throw_away(DBTaskResult.objects.filter(enqueued_at__lt=_machine_time() - JOBS_KEPT))


def _machine_time() -> datetime:
    """Django and its tasks write the machine's time, which our clock may be shifted from."""
    return clocks.now() - clocks.shift()


def _throw_away(rows: "QuerySet[Any]") -> int:
    gone = 0
    while keys := list(rows.order_by().values_list("pk", flat=True)[:AT_ONCE]):
        gone += rows.model._default_manager.filter(pk__in=keys).delete()[0]
    return gone
