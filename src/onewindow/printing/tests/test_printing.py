"""Papers come out once, in their order; a printer in trouble tells, and keeps nobody waiting."""

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from onewindow.accounts.models import Device
from onewindow.alerts.models import Alert
from onewindow.alerts.states import Level
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.printing import actions, queries, rules, tasks
from onewindow.printing.models import Printer, PrintJob
from onewindow.printing.press import wire
from onewindow.printing.states import WIDTHS, Condition, State
from onewindow.printing.tests import standin
from onewindow.printing.tests.standin import StandIn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the loopback a printer that says nothing within this will not say it."""
    for name in ("ANSWER_S", "PRINTED_S"):
        monkeypatch.setattr(wire, name, 0.15)


def put(on: Device, by: By, one: int = 1) -> PrintJob:
    return actions.put(printer=on, paper="test", subject_id=one, label=f"A{one}", by=by)


def state_of(job: PrintJob) -> str:
    return PrintJob.objects.get(pk=job.pk).state


def condition(printer: Device) -> str:
    return Printer.objects.get(device=printer).condition


def later(seconds: float) -> AbstractContextManager[None]:
    return clocks.at(clocks.now() + timedelta(seconds=seconds))


def test_a_paper_comes_out_as_it_was_drawn(printer: Device, stand_in: StandIn, by: By) -> None:
    job = put(printer, by)
    assert actions.work(printer.pk) == 1
    stand_in.settle()
    assert state_of(job) == State.SENT
    assert condition(printer) == Condition.READY
    (paper,) = stand_in.papers
    assert paper.width == WIDTHS[80]
    assert sum(1 for dot in paper.tobytes() if dot != 0xFF) > 1000


def test_a_narrow_roll_gets_narrow_papers(printer: Device, stand_in: StandIn, by: By) -> None:
    actions.set_paper(printer=printer, paper_mm=58, by=by)
    put(printer, by)
    actions.work(printer.pk)
    stand_in.settle()
    assert [paper.width for paper in stand_in.papers] == [WIDTHS[58]]


def test_the_job_is_only_a_nudge_and_the_sweep_finds_the_rest(printer: Device, by: By) -> None:
    put(printer, by)
    DBTaskResult.objects.all().delete()
    assert tasks.sweep() == 1
    assert DBTaskResult.objects.filter(task_path__endswith="printing.tasks.work").count() == 1


def test_a_paper_is_not_printed_twice_by_itself(printer: Device, by: By) -> None:
    again = {"printer": printer, "paper": "ticket", "subject_id": 7, "by": by}
    actions.put(**again)  # type: ignore[arg-type]  # the story's own words
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.put(**again)  # type: ignore[arg-type]  # the story's own words


def test_two_workers_do_not_print_the_same(printer: Device, stand_in: StandIn, by: By) -> None:
    put(printer, by)
    assert actions._turn(printer.pk) is not None
    assert actions.work(printer.pk) == 0
    assert stand_in.papers == []


def test_a_worker_that_died_is_replaced(printer: Device, stand_in: StandIn, by: By) -> None:
    job = put(printer, by)
    assert actions._turn(printer.pk) is not None
    with later(rules.LEASE.total_seconds() + 1):
        assert actions.work(printer.pk) == 1
    assert state_of(job) == State.SENT


def test_a_printer_that_is_off_is_tried_again_and_then_given_up(
    hall: Hall, printer: Device, stand_in: StandIn, by: By
) -> None:
    stand_in.off()
    job = put(printer, by, 37)
    assert actions.work(printer.pk) == 0
    assert state_of(job) == State.FAILED
    assert queries.due() == []  # it rests
    alert = Alert.objects.get(hall=hall, closed_at=None)
    assert (alert.level, alert.owner_role) == (Level.ACT_NOW, "guide")
    assert "A37" in alert.sentence
    with later(rules.PATIENCE.total_seconds() + 1):
        assert queries.due() == [printer.pk]
        actions.work(printer.pk)
    assert state_of(job) == State.GAVE_UP
    assert Alert.objects.count() == 1


@pytest.mark.parametrize(
    ("mood", "how"),
    [
        (standin.Mood(online=standin.OFFLINE, paper=standin.PAPER_OUT), Condition.PAPER_OUT),
        (standin.Mood(online=standin.OFFLINE, cause=standin.COVER), Condition.COVER_OPEN),
        (standin.Mood(online=standin.OFFLINE, cause=standin.STOPPED), Condition.STOPPED),
    ],
    ids=lambda value: str(value) if isinstance(value, Condition) else "",
)
def test_trouble_is_told_once_and_closes_itself(
    hall: Hall, printer: Device, stand_in: StandIn, by: By, mood: standin.Mood, how: Condition
) -> None:
    stand_in.mood = mood
    job = put(printer, by)
    actions.work(printer.pk)
    assert condition(printer) == how
    assert (state_of(job), stand_in.papers) == (State.FAILED, [])
    stand_in.mood = standin.Mood()
    with later(3):
        assert actions.work(printer.pk) == 1
    assert state_of(job) == State.SENT
    assert not Alert.objects.filter(hall=hall, closed_at=None).exists()
    assert Alert.objects.filter(hall=hall).count() == 1


def test_a_jam_in_the_middle_is_no_print(printer: Device, stand_in: StandIn, by: By) -> None:
    stand_in.mood = standin.Mood(jams_after=20_000)
    job = put(printer, by)
    actions.work(printer.pk)
    assert state_of(job) == State.FAILED
    assert condition(printer) == Condition.STOPPED
    assert stand_in.papers == []


def test_a_printer_that_hangs_takes_no_more_than_its_time(
    printer: Device, stand_in: StandIn, by: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes all bytes and never answers: as one that says nothing it is believed."""
    stand_in.mood = standin.Mood(hangs=True)
    job = put(printer, by)
    actions.work(printer.pk)
    assert (state_of(job), condition(printer)) == (State.SENT, Condition.UNKNOWN)


def test_one_that_falls_silent_has_not_printed(
    printer: Device, stand_in: StandIn, by: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = put(printer, by)
    ask = wire.Wire._ask

    def then_silent(self: wire.Wire) -> Condition:
        how = ask(self)
        stand_in.mood = standin.Mood(hangs=True)
        return how

    monkeypatch.setattr(wire.Wire, "_ask", then_silent)
    actions.work(printer.pk)
    assert (state_of(job), condition(printer)) == (State.FAILED, Condition.STOPPED)


@pytest.mark.parametrize("answer", [0x00, 0xFF, 0x41], ids=hex)
def test_a_printer_that_lies_is_used_all_the_same(
    printer: Device, stand_in: StandIn, by: By, answer: int
) -> None:
    stand_in.mood = standin.Mood(online=answer, cause=answer, paper=answer)
    job = put(printer, by)
    assert actions.work(printer.pk) == 1
    assert (state_of(job), condition(printer)) == (State.SENT, Condition.UNKNOWN)


def test_low_paper_is_for_today(hall: Hall, printer: Device, stand_in: StandIn, by: By) -> None:
    stand_in.mood = standin.Mood(paper=standin.NEAR_END)
    job = put(printer, by)
    actions.work(printer.pk)
    assert state_of(job) == State.SENT
    alert = Alert.objects.get(hall=hall, closed_at=None)
    assert (alert.kind, alert.level) == ("printer.low", Level.TODAY)
    stand_in.mood = standin.Mood()
    with later(61):
        actions.work(printer.pk)
    assert not Alert.objects.filter(hall=hall, closed_at=None).exists()


def test_an_idle_printer_is_asked_now_and_then(printer: Device, stand_in: StandIn) -> None:
    assert queries.due() == [printer.pk]
    actions.work(printer.pk)
    assert condition(printer) == Condition.READY
    assert queries.due() == []
    with later(61):
        assert queries.due() == [printer.pk]
    assert stand_in.papers == []


def test_prints_are_forgotten_after_a_month(printer: Device, by: By) -> None:
    put(printer, by)
    with later(rules.KEPT.total_seconds() + 1):
        assert actions.purge() == 1
