"""Sixteen people want six places at once: six get one, and no time is given twice too often."""

import json
import os
import subprocess
import sys
from collections import Counter as Tally

import pytest
from django.conf import settings
from django.db import connection

from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.halls.tests.make import HallFactory
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.tickets.models import Appointment
from tests.faults.test_crowd import ROOT, address

PROCESSES, TIMES, PLACES = 4, 3, 2


@pytest.fixture
def hall(transactional_db: None) -> Hall:
    """A hall with one service, which other processes can see."""
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("another process cannot see a database in memory")
    hall = HallFactory.create(slug="wanted")
    set_policy(hall, HoursPolicy(always_open=True))
    ServiceFactory.create(hall=hall)
    return hall


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_time_is_never_given_to_more_than_it_holds(hall: Hall) -> None:
    given = {**os.environ, "DATABASE_URL": address(), "ONEWINDOW_DATA": str(settings.DATA)}
    crowd = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.bookers", hall.slug, str(seed)],
            env=given | {"PYTHONPATH": "src:."},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in range(PROCESSES)
    ]
    said = [process.communicate(timeout=120) for process in crowd]
    assert [err for process, (_, err) in zip(crowd, said, strict=True) if process.returncode] == []
    codes = [code for out, _ in said for code in json.loads(out)]
    kept = Appointment.objects.filter(hall=hall)
    assert sorted(codes) == sorted(kept.values_list("code", flat=True))
    times = Tally(kept.values_list("starts_at", flat=True))
    assert sorted(times.values()) == [PLACES] * TIMES
