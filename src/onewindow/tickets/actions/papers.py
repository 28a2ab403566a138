"""A ticket on paper: as it is drawn at a kiosk that has a printer, and once more when asked."""

from onewindow.accounts.models import Device
from onewindow.accounts.queries import devices
from onewindow.base.action import action
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.base.trail.record import record
from onewindow.printing.actions import put
from onewindow.printing.models import PrintJob
from onewindow.printing.queries import jobs_of, prints_on
from onewindow.printing.states import Why
from onewindow.tickets.models import Ticket

PAPER = "ticket"


def on_taken(entry: Entry, ticket: Ticket) -> None:
    """A number was drawn: where a kiosk with a printer drew it, it comes out there."""
    if entry.by_kind != "device" or entry.by_id is None:
        return
    printer = prints_on(ticket.hall).get(entry.by_id)
    if printer is not None:
        found = devices(ticket.hall).get(pk=printer)
        _put(ticket, found, By("device", entry.by_id, entry.by_label, "device", entry.address))


@action
def print_ticket_on(*, ticket: Ticket, printer: Device, by: By, why: Why = Why.LOST) -> PrintJob:
    """Print a ticket: the first time as it is, from then on once more, with the reason."""
    if not jobs_of(PAPER, ticket.pk).exists():
        return _put(ticket, printer, by)
    record("ticket.reprinted", ticket, by=by, topics=("ticket",), why=str(why), on=printer.name)
    return _put(ticket, printer, by, why)


def _put(ticket: Ticket, printer: Device, by: By, why: Why | str = "") -> PrintJob:
    return put(
        printer=printer,
        paper=PAPER,
        subject_id=ticket.pk,
        label=ticket.number,
        language=ticket.visit.language,
        by=by,
        why=why,
    )
