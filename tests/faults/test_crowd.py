"""Many processes at once: no number twice, no gap, nobody called twice or at two windows."""

import json
import os
import subprocess
import sys
from collections import Counter as Tally
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.halls.tests.make import HallFactory
from onewindow.base.trail import job
from onewindow.base.trail.models import Entry
from onewindow.catalogue.tests.make import GroupFactory, ServiceFactory
from onewindow.floor import actions as floor
from onewindow.floor.tests import make
from onewindow.tickets.models import Counter, Ticket, Visit
from onewindow.tickets.states import AT_WINDOW

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, ROUNDS = 3, 12


def address() -> str:
    """Return the address of the test's database, for another process."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{base.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


@pytest.fixture
def hall(transactional_db: None) -> Hall:
    """An open hall with two series and four windows, which other processes can see."""
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("another process cannot see a database in memory")
    hall = HallFactory.create(slug="crowded")
    set_policy(hall, HoursPolicy(always_open=True))
    tax = GroupFactory.create(hall=hall, series="B")
    services = [ServiceFactory.create(hall=hall) for _ in range(2)]
    services.append(ServiceFactory.create(hall=hall, group=tax))
    for label in "5678":
        floor.open_window(window=make.window(hall, *services, label=label), by=job("test"))
    return hall


def crowd_in(hall: Hall) -> list[dict[str, list[Any]]]:
    """Let the processes loose on a hall and return what each did."""
    given = {**os.environ, "DATABASE_URL": address(), "ONEWINDOW_DATA": str(settings.DATA)}
    crowd = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.crowd", hall.slug, str(seed), str(ROUNDS)],
            env=given | {"PYTHONPATH": "src:."},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for seed in range(PROCESSES)
    ]
    said = [process.communicate(timeout=120) for process in crowd]
    failed = [
        err[-3000:] for process, (_, err) in zip(crowd, said, strict=True) if process.returncode
    ]
    assert not failed, "\n".join(failed)
    return [json.loads(out) for out, _ in said]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_crowd_of_processes_keeps_every_rule(hall: Hall) -> None:
    answers = crowd_in(hall)
    taken = [number for one in answers for number in one["taken"]]
    called = [pk for one in answers for pk in one["called"]]
    assert len(taken) == len(set(taken)) == Visit.objects.filter(hall=hall).count()
    assert len(called) == len(set(called)) > 0
    for counter in Counter.objects.filter(hall=hall):
        drawn = Visit.objects.filter(hall=hall, series=counter.series)
        sequences = sorted(drawn.values_list("sequence", flat=True))
        assert sequences == [*range(1, counter.last + 1)]
    calls = Tally(Entry.objects.filter(kind="ticket.called").values_list("subject_id", flat=True))
    assert sorted(calls) == sorted(called)
    assert set(calls.values()) == {1}
    assert not Ticket.objects.filter(hall=hall, state__in=AT_WINDOW).exists()
    assert not Visit.objects.filter(hall=hall).exclude(at=None).exists()
