"""The ticket of paper: drawn for the roll of a printer. Only a worker loads this."""

from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image

from onewindow.printing.models import PrintJob
from onewindow.printing.press.sheet import Sheet, fit
from onewindow.tickets.queries import ticket_of
from onewindow.tickets.slip import Slip, slip_of


def draw(asked: PrintJob, dots: int) -> Image.Image:
    """Draw the ticket that a print is of, as it stands now."""
    return drawn(slip_of(ticket_of(asked.hall, asked.subject_id)), dots)


def drawn(slip: Slip, dots: int) -> Image.Image:
    """Draw a ticket: the number before all, then where, how long, what to have ready."""
    sheet = Sheet(dots)
    if slip.logo:
        sheet.image(Image.open(BytesIO(slip.logo)))
        sheet.gap(1)
    sheet.text(slip.hall, 28, bold=True)
    sheet.gap(1)
    sheet.rule(thick=True)
    sheet.gap(3)
    sheet.number(slip.number)
    sheet.gap(2)
    sheet.text(slip.service, _size([slip.service], 40, 32, sheet), bold=True)
    _where(sheet, slip)
    _queue(sheet, slip)
    _papers(sheet, slip)
    _feet(sheet, slip)
    return sheet.picture()


def _where(sheet: Sheet, slip: Slip) -> None:
    if slip.zone:
        sheet.gap(1)
        sheet.text(slip.zone, 34, bold=True)
    if slip.way:
        sheet.text(slip.way, 28)
    if slip.local:
        sheet.text(slip.local, 24)


def _queue(sheet: Sheet, slip: Slip) -> None:
    sheet.gap(2)
    sheet.rule()
    sheet.gap(1)
    if slip.ahead is not None:
        ahead, wait = _("People ahead of you"), _("Time to wait")
        sheet.pairs([(ahead, str(slip.ahead)), (wait, slip.wait)], 46)
        sheet.gap(1)
    sheet.text(slip.taken, 24)


def _papers(sheet: Sheet, slip: Slip) -> None:
    if not slip.papers:
        return
    sheet.gap(1)
    sheet.rule()
    sheet.gap(1.5)
    sheet.text(_("Please have ready"), 28, bold=True)
    sheet.gap(0.5)
    for paper in slip.papers:
        sheet.item(paper, 26)


def _feet(sheet: Sheet, slip: Slip) -> None:
    sheet.gap(1.5)
    sheet.rule()
    sheet.gap(1.5)
    sheet.text(slip.missed, 26, bold=True)
    if slip.address:
        sheet.gap(2)
        sheet.code(slip.address)
        sheet.text(_("Scan to follow your turn on your phone"), 24)
    if slip.phone:
        sheet.gap(1)
        sheet.text(_("Questions: {phone}").format(phone=slip.phone), 26)
    sheet.gap(1)


def _size(lines: list[str], most: int, least: int, sheet: Sheet) -> int:
    """The size in which a line has room; where it has none, it is broken in the least."""
    return max(least, fit(lines, most, sheet.inner, bold=True))
