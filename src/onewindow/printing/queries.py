"""Which printers a hall has, what waits for them, and what did not come out."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from onewindow.accounts.models import Device
from onewindow.accounts.states import DeviceKind
from onewindow.base import clocks
from onewindow.base.halls.memory import remembered
from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import NotFound
from onewindow.printing import rules
from onewindow.printing.models import Printer, PrintJob, PrintsOn
from onewindow.printing.states import NOT_PRINTED, TO_PRINT, TROUBLE


@dataclass(frozen=True)
class Kiosk:
    """A kiosk and the printer it prints on; without one its browser prints, or nothing does."""

    device: Device
    printer_id: int | None


def printer_devices(hall: Hall) -> QuerySet[Device]:
    """Return the printers of a hall that are in use."""
    rows = Device.objects.filter(hall=hall, kind=DeviceKind.PRINTER, revoked_at=None)
    return rows.exclude(host="").select_related("as_printer").order_by("name")


def printer_device(hall: Hall, pk: int) -> Device:
    """Return a printer of this hall. Raise NotFound when there is none."""
    found = printer_devices(hall).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def kiosks(hall: Hall) -> list[Kiosk]:
    """Return the kiosks of a hall, each with its printer."""
    rows = Device.objects.filter(hall=hall, kind=DeviceKind.KIOSK, revoked_at=None)
    linked = prints_on(hall)
    return [Kiosk(one, linked.get(one.pk)) for one in rows.order_by("name")]


def kiosk(hall: Hall, pk: int) -> Device:
    """Return a kiosk of this hall. Raise NotFound when there is none."""
    found = next((one.device for one in kiosks(hall) if one.device.pk == pk), None)
    if found is None:
        raise NotFound
    return found


@remembered
def prints_on(hall: Hall) -> Mapping[int, int]:
    """Return the printer of each kiosk, by their ids."""
    rows = PrintsOn.objects.filter(kiosk__hall=hall, printer__revoked_at=None)
    return dict(rows.values_list("kiosk_id", "printer_id"))


def due() -> list[int]:
    """Return the printers that have something to print, or are to be asked how they are."""
    now = clocks.now()
    busy = PrintJob.objects.filter(state__in=TO_PRINT).values("printer_id")
    long_ago = Q(as_printer=None) | Q(as_printer__asked_at=None)
    long_ago |= Q(as_printer__asked_at__lt=now - rules.ASK_EVERY)
    rows = Device.objects.filter(kind=DeviceKind.PRINTER, revoked_at=None).exclude(host="")
    rows = rows.filter(Q(pk__in=busy) | long_ago | Q(as_printer__condition__in=TROUBLE))
    free = Q(as_printer=None) | Q(as_printer__free_at__lte=now)
    return list(rows.filter(free).values_list("pk", flat=True))


def next_job(printer: Printer) -> PrintJob | None:
    """Return what a printer prints next: the oldest."""
    rows = PrintJob.objects.filter(printer_id=printer.device_id, state__in=TO_PRINT)
    return rows.select_related("hall", "printer").order_by("pk").first()


def too_late(printer: Printer) -> list[PrintJob]:
    """Return what waits for a printer and would find nobody any more."""
    rows = PrintJob.objects.filter(printer_id=printer.device_id, state__in=TO_PRINT)
    return list(rows.filter(made_at__lt=clocks.now() - rules.PATIENCE).order_by("pk"))


def not_printed(printer: Printer) -> list[str]:
    """Return the numbers that a printer lately did not print, and no later paper bears."""
    since = clocks.now() - rules.REMEMBERED
    rows = PrintJob.objects.filter(printer_id=printer.device_id, made_at__gte=since)
    failed = rows.filter(state__in=NOT_PRINTED).exclude(label="").order_by("pk")
    return list(dict.fromkeys(failed.values_list("label", flat=True)))[-rules.NAMED :]


def jobs_of(paper: str, subject_id: int) -> QuerySet[PrintJob]:
    """Return every print of a paper, the newest first."""
    return PrintJob.objects.filter(paper=paper, subject_id=subject_id).order_by("-pk")


def lately(hall: Hall, many: int = 20) -> list[PrintJob]:
    """Return the last prints of a hall, the newest first."""
    rows = PrintJob.objects.filter(hall=hall).select_related("printer")
    return list(rows.order_by("-made_at", "-pk")[:many])
