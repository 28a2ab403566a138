"""A number drawn at a kiosk with a printer comes out there; a guide prints any number again."""

import pytest

from onewindow.accounts.actions.devices import make_device, make_printer
from onewindow.accounts.models import Device
from onewindow.accounts.states import DeviceKind
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.printing import papers
from onewindow.printing.actions import set_printer
from onewindow.printing.models import PrintJob
from onewindow.printing.states import WIDTHS, Why
from onewindow.tickets.actions.papers import print_ticket_on
from onewindow.tickets.slip import minutes, slip_of
from tests.fixtures.queue import Take


@pytest.fixture
def printer(hall: Hall, by: By) -> Device:
    """A printer of the hall; nothing in these stories reaches it."""
    return make_printer(hall=hall, name="Hall printer", host="127.0.0.1", port=9, by=by)


@pytest.fixture
def at_kiosk(hall: Hall, printer: Device, by: By) -> By:
    """A kiosk that prints on it."""
    kiosk = make_device(hall=hall, kind=DeviceKind.KIOSK, name="Entrance", by=by)
    set_printer(kiosk=kiosk, printer=printer, by=by)
    return By("device", kiosk.pk, kiosk.name, "device")


def test_a_number_of_the_kiosk_comes_out_of_its_printer(
    take: Take, at_kiosk: By, printer: Device
) -> None:
    ticket = take(by=at_kiosk, language="en")
    job = PrintJob.objects.get()
    assert (job.printer, job.subject_id, job.label) == (printer, ticket.pk, ticket.number)
    assert (job.language, job.why) == ("en", "")


def test_a_kiosk_without_a_printer_prints_as_its_browser_does(
    take: Take, at_kiosk: By, printer: Device, by: By
) -> None:
    kiosk = Device.objects.get(pk=at_kiosk.id or 0)
    set_printer(kiosk=kiosk, printer=None, by=by)
    take(by=at_kiosk)
    take()
    assert not PrintJob.objects.exists()


def test_a_ticket_printed_again_is_a_new_print_with_its_reason(
    take: Take, at_kiosk: By, printer: Device, by: By
) -> None:
    ticket = take(by=at_kiosk)
    print_ticket_on(ticket=ticket, printer=printer, by=by, why=Why.JAM)
    assert list(PrintJob.objects.order_by("pk").values_list("why", flat=True)) == ["", "jam"]
    entry = Entry.objects.get(kind="ticket.reprinted")
    assert (entry.subject_id, entry.data["why"]) == (ticket.pk, "jam")


def test_the_first_print_at_a_desk_needs_no_reason(take: Take, printer: Device, by: By) -> None:
    print_ticket_on(ticket=take(), printer=printer, by=by)
    assert PrintJob.objects.get().why == ""
    assert not Entry.objects.filter(kind="ticket.reprinted").exists()


@pytest.mark.parametrize("dots", WIDTHS.values())
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_a_ticket_is_drawn_as_wide_as_the_paper(
    take: Take, at_kiosk: By, dots: int, language: str
) -> None:
    take(by=at_kiosk, language=language)
    picture = papers.draw(PrintJob.objects.get(), dots)
    assert (picture.width, picture.mode) == (dots, "1")
    assert picture.height > 60 * 8


def test_a_slip_has_a_code_only_where_it_can_be_reached(
    take: Take, settings: pytest.FixtureRequest
) -> None:
    ticket = take()
    assert slip_of(ticket).address == ""
    settings.PUBLIC_URL = "https://hall.example"  # type: ignore[attr-defined]
    assert slip_of(ticket).address == f"https://hall.example/t/{ticket.visit.token}/"


def test_waits_are_ranges_of_whole_minutes() -> None:
    assert minutes(0, 0) == "no wait"
    assert minutes(480, 900) == "8–15 min"
    assert minutes(1500, 2400) == "25–40 min"
