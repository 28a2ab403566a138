"""The page of the printers: how each is, a test page, which kiosk prints where."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts.access import Can, needs
from onewindow.accounts.models import Device
from onewindow.accounts.requests import Entered
from onewindow.base.web.once import once
from onewindow.printing import actions, forms, queries


@needs(Can.DEVICES)
@require_GET
def printers(request: Entered) -> HttpResponse:
    """List the printers, the kiosks and the last prints."""
    hall = request.hall
    shown = {
        "printers": [(one, forms.PaperForm(initial=_paper(one))) for one in _all(request)],
        "kiosks": [
            (one.device, forms.PrintsOnForm(hall, initial={"printer": one.printer_id}))
            for one in queries.kiosks(hall)
        ],
        "jobs": queries.lately(hall),
    }
    return render(request, "printing/printers.html", shown)


@needs(Can.DEVICES)
@once
@require_POST
def test_page(request: Entered, number: int) -> HttpResponse:
    """Print a test page."""
    printer = queries.printer_device(request.hall, number)
    actions.put(printer=printer, paper="test", subject_id=printer.pk, by=request.by)
    messages.success(request, _("A test page is on its way to {name}.").format(name=printer.name))
    return redirect("printing:printers", request.hall.slug)


@needs(Can.DEVICES)
@once
@require_POST
def paper(request: Entered, number: int) -> HttpResponse:
    """Say how wide the paper is."""
    printer, form = queries.printer_device(request.hall, number), forms.PaperForm(request.POST)
    if form.is_valid():
        actions.set_paper(printer=printer, by=request.by, **form.cleaned_data)
        messages.success(request, _("It holds from the next paper on."))
    return redirect("printing:printers", request.hall.slug)


@needs(Can.DEVICES)
@once
@require_POST
def prints_on(request: Entered, number: int) -> HttpResponse:
    """Say on which printer a kiosk prints."""
    kiosk = queries.kiosk(request.hall, number)
    form = forms.PrintsOnForm(request.hall, request.POST)
    if form.is_valid():
        actions.set_printer(kiosk=kiosk, by=request.by, **form.cleaned_data)
        messages.success(request, _("It holds from the next number on."))
    return redirect("printing:printers", request.hall.slug)


def _all(request: Entered) -> list[Device]:
    return list(queries.printer_devices(request.hall))


def _paper(device: Device) -> dict[str, int]:
    known = getattr(device, "as_printer", None)
    return {"paper_mm": known.paper_mm if known else 80}
