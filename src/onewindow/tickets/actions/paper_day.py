"""Entering a day on paper afterwards: a whole tally sheet, or nothing of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.catalogue.states import SERIES_OF_PAPER
from onewindow.floor.models import Window
from onewindow.tickets.models import Ticket, Visit
from onewindow.tickets.paper_day import Line
from onewindow.tickets.states import Channel, State


class SheetHasErrors(Refused):
    """A sheet is entered as a whole."""

    sentence = _("Nothing was entered: some lines of the sheet need a look first.")
    status = 422


class EnteredMeanwhile(Refused):
    """Somebody else entered one of these numbers in the same moment."""

    sentence = _("One of these numbers was entered by somebody else just now. Look again.")


@action
def back_fill(
    *, hall: Hall, day: date, window: Window, lines: Sequence[Line], by: By
) -> list[Ticket]:
    """Enter the lines of a window's sheet as tickets that are over, with the times of the sheet."""
    if not lines or any(line.problems for line in lines):
        raise SheetHasErrors
    visits = [_visit(hall, day, line, line.taken) for line in lines if line.taken]
    try:
        Visit.objects.bulk_create(visits)
    except IntegrityError as twice:
        raise EnteredMeanwhile from twice
    pairs = zip(visits, lines, strict=True)
    tickets = Ticket.objects.bulk_create([_ticket(visit, window, line) for visit, line in pairs])
    numbers = [visit.number for visit in visits]
    told: dict[str, Any] = {"numbers": numbers, "window": window.label}
    record("tickets.back_filled", hall, hall=hall.pk, by=by, topics=("ticket",), **told)
    return tickets


def _visit(hall: Hall, day: date, line: Line, taken: datetime) -> Visit:
    return Visit(
        hall=hall,
        day=day,
        series=SERIES_OF_PAPER,
        sequence=line.sequence,
        number=line.number,
        channel=Channel.DESK,
        joined_at=taken,
    )


def _ticket(visit: Visit, window: Window, line: Line) -> Ticket:
    taken, begun, ended = line.taken, line.begun, line.ended
    if line.service is None or taken is None or begun is None or ended is None:
        raise SheetHasErrors
    return Ticket(
        hall=visit.hall,
        visit=visit,
        service=line.service,
        day=visit.day,
        state=State.DONE,
        due=taken,
        joined_at=taken,
        called_at=begun,
        started_at=begun,
        ended_at=ended,
        changed_at=ended,
        waiting_s=clocks.seconds(taken, begun),
        service_s=clocks.seconds(begun, ended),
        window=window,
        outcome=line.outcome,
        given=[line.service.code],
        back_filled=True,
    )
