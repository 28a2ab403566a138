"""Put a paper down, let a printer work, and say what became of it."""

from datetime import timedelta
from functools import partial

from onewindow.accounts.actions.signs import device_seen
from onewindow.accounts.models import Device
from onewindow.accounts.states import Role
from onewindow.alerts.actions import close_alert, raise_alert
from onewindow.alerts.states import Level
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.memory import changed
from onewindow.base.rows import insert
from onewindow.base.trail import By, job
from onewindow.base.trail.record import record
from onewindow.printing import papers, queries, rules
from onewindow.printing.models import Printer, PrintJob, PrintsOn
from onewindow.printing.states import TROUBLE, Condition, State, Why

TOPICS = ("print",)
PRINTING = job("printing")


@action
def put(
    *,
    printer: Device,
    paper: str,
    subject_id: int,
    by: By,
    label: str = "",
    language: str = "",
    why: Why | str = "",
) -> PrintJob:
    """Put down a paper for a printer; it comes out once this commits.

    The trail's row makes a job of it (see ``config/wiring.py``); were that lost, the sweep finds
    it. Without ``why`` a paper prints once only: the database refuses a second.
    """
    asked = PrintJob(
        hall_id=printer.hall_id,
        printer=printer,
        paper=paper,
        subject_id=subject_id,
        label=label,
        language=language,
        why=str(why),
        made_at=clocks.now(),
    )
    insert(asked)
    on, reason = printer.name, str(why)
    record("print.queued", asked, by=by, label=label, topics=TOPICS, paper=paper, on=on, why=reason)
    return asked


@action
def set_paper(*, printer: Device, paper_mm: int, by: By) -> None:
    """Say how wide the paper of a printer is."""
    found = _known(printer.pk)
    Printer.objects.filter(pk=found.pk).update(paper_mm=paper_mm)
    record("printer.paper", printer, by=by, label=printer.name, topics=("hall",), mm=paper_mm)


@action
def set_printer(*, kiosk: Device, printer: Device | None, by: By) -> None:
    """Let a kiosk print on a printer of the network; None: as its own browser does."""
    if printer is None:
        PrintsOn.objects.filter(kiosk=kiosk).delete()
    else:
        PrintsOn.objects.update_or_create(kiosk=kiosk, defaults={"printer": printer})
    changed(kiosk.hall)
    name = printer.name if printer else ""
    record("kiosk.printer", kiosk, by=by, label=kiosk.name, topics=("hall",), printer=name)


def work(device_id: int) -> int:
    """Let a printer do what waits for it, oldest first; return how much came out.

    Never inside a transaction. One at a time talks to a printer; a printer that failed rests, so
    that it keeps nobody from the others.
    """
    printed = 0
    while (turn := _turn(device_id)) is not None:
        printer, asked = turn
        how = _print(printer, asked)
        _note(printer, asked, how)
        if how in TROUBLE or asked is None:
            break
        printed += 1
    return printed


@action
def purge() -> int:
    """Forget what was printed long ago."""
    return PrintJob.objects.filter(made_at__lt=clocks.now() - rules.KEPT).delete()[0]


def _print(printer: Printer, asked: PrintJob | None) -> Condition:
    """Print a paper, or only ask; return how the printer is afterwards."""
    device = printer.device
    with papers.press()(device.host, device.port or 9100) as wire:
        if asked is None or wire.condition in TROUBLE:
            return Condition(wire.condition)
        return Condition(wire.print_out(papers.draw(asked, printer.dots)))


@action
def _turn(device_id: int) -> tuple[Printer, PrintJob | None] | None:
    """Take the turn at a printer, with what it prints next; None when it is busy or needs nothing.

    What would find nobody any more is given up first.
    """
    printer, now = _known(device_id), clocks.now()
    for late in queries.too_late(printer):
        if late.move(State.GAVE_UP):
            record("print.given-up", late, by=PRINTING, label=late.label, topics=TOPICS)
    asked = queries.next_job(printer)
    fresh = printer.asked_at is not None and now - printer.asked_at < rules.ASK_EVERY
    if asked is None and fresh and not printer.is_in_trouble:
        return None
    mine = Printer.objects.filter(pk=printer.pk, free_at__lte=now, device__revoked_at=None)
    return (printer, asked) if mine.update(free_at=now + rules.LEASE) else None


@action
def _note(printer: Printer, asked: PrintJob | None, how: Condition) -> None:
    """Write down what became of a turn, and let the printer go: at once, or after a rest."""
    now, failed = clocks.now(), how in TROUBLE
    failures = min(printer.failures + 1, 100) if failed else 0
    rest = rules.pause_after(failures) if failed else timedelta(0)
    Printer.objects.filter(pk=printer.pk).update(
        condition=how, asked_at=now, failures=failures, free_at=now + rest
    )
    if asked is not None:
        tries = asked.tries + 1
        if failed:
            asked.move(State.FAILED, tries=tries, problem=how)
            record("print.failed", asked, by=PRINTING, label=asked.label, topics=TOPICS, how=how)
        else:
            asked.move(State.SENT, tries=tries, problem="", sent_at=now)
            record("print.sent", asked, by=PRINTING, label=asked.label, topics=TOPICS)
    _tell(printer, how)
    if how != Condition.OFFLINE:
        device_seen(printer.device_id)


def _tell(printer: Printer, how: Condition) -> None:
    """Raise, change or close the alerts of a printer: one of what stops it, one of low paper."""
    device, cause = printer.device, f"printer.{printer.device_id}"
    raised = partial(
        raise_alert,
        hall=device.hall,
        owner_role=Role.GUIDE,
        subject=device,
        by=PRINTING,
        printer=device.name,
    )
    if how in TROUBLE:
        numbers = queries.not_printed(printer)
        kind = "printer.unprinted" if numbers else "printer.trouble"
        raised(kind=kind, cause=cause, level=Level.ACT_NOW, trouble=str(how), numbers=numbers)
        return
    close_alert(hall=device.hall, cause=cause, by=PRINTING)
    if how == Condition.NEAR_END:
        raised(kind="printer.low", cause=f"{cause}.paper", level=Level.TODAY)
    else:
        close_alert(hall=device.hall, cause=f"{cause}.paper", by=PRINTING)


def _known(device_id: int) -> Printer:
    """The row of a printer, made when it is first needed."""
    Printer.objects.get_or_create(device_id=device_id, defaults={"free_at": clocks.now()})
    return Printer.objects.select_related("device__hall").get(device_id=device_id)
