"""A page that shows whether a printer is the right one, is wide enough, and prints evenly."""

from django.utils.translation import gettext as _
from PIL import Image

from onewindow.base import clocks
from onewindow.base.halls.text import said
from onewindow.printing.models import PrintJob
from onewindow.printing.press.sheet import Sheet
from onewindow.printing.states import DPMM


def draw(asked: PrintJob, dots: int) -> Image.Image:
    """Draw a test page."""
    hall, printer, sheet = asked.hall, asked.printer, Sheet(dots)
    sheet.rule(thick=True)
    sheet.gap(2)
    sheet.text(_("Test page"), 44, bold=True)
    sheet.text(said(hall.name), 28)
    sheet.text(printer.name, 28, bold=True)
    sheet.text(f"{printer.host}:{printer.port or 9100}", 24)
    sheet.text(clocks.now().astimezone(hall.zone).strftime("%Y-%m-%d %H:%M"), 24)
    sheet.gap(2)
    sheet.number("A037")
    sheet.gap(2)
    sheet.text("一窗受理 · OneWindow · 0123456789", 24)
    sheet.text(_("{dots} dots wide: both ends of the lines must be seen.").format(dots=dots), 24)
    sheet.gap(2)
    sheet.image(Image.linear_gradient("L").rotate(90).resize((sheet.inner, 6 * DPMM)))
    sheet.gap(2)
    sheet.rule(thick=True)
    return sheet.picture()
