"""What has had its time goes, and nothing else."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.db import models

from onewindow.base import clocks
from onewindow.base.ticks.actions import purge
from onewindow.base.web.models import Answer
from tests.fixtures.world import Clock

pytestmark = pytest.mark.django_db


def test_answers_go_after_a_day(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purge, "AT_ONCE", 2)
    for number in range(5):
        Answer.objects.create(caller="key:1", key=str(number), status=201, at=clock.now)
    clock.forward(hours=23)
    Answer.objects.create(caller="key:1", key="young", status=201, at=clock.now)
    assert purge.answers() == 0
    clock.forward(hours=2)
    assert purge.answers() == 5
    assert Answer.objects.get().key == "young"


def test_sign_ins_go_when_they_have_run_out_by_the_machine_s_time(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    Session.objects.create(session_key="old", expire_date=clock.now - timedelta(hours=1))
    Session.objects.create(session_key="new", expire_date=clock.now + timedelta(hours=1))
    monkeypatch.setattr(clocks, "shift", lambda: timedelta(hours=2))
    assert purge.sign_ins() == 0
    monkeypatch.setattr(clocks, "shift", lambda: timedelta(0))
    assert purge.sign_ins() == 1
    assert purge.jobs() == 0


def test_sign_ins_and_failures_are_known_for_a_month(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purge, "AT_ONCE", 2)
    kinds: tuple[type[models.Model], ...] = (AccessLog, AccessAttempt)
    for days in (1, 29, 31, 32, 400):
        at = clock.now - timedelta(days=days)
        AccessLog.objects.create(username="0301")
        AccessAttempt.objects.create(username="0301", user_agent=str(days), failures_since_start=1)
        for kind in kinds:
            newest = kind._default_manager.order_by("pk").last()
            assert newest is not None
            kind._default_manager.filter(pk=newest.pk).update(attempt_time=at)
    assert purge.attempts() == 6
    assert (AccessLog.objects.count(), AccessAttempt.objects.count()) == (2, 2)
    assert purge.attempts() == 0
