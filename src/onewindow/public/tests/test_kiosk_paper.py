"""The kiosk and its paper: what came out, and what a visitor reads when nothing did."""

from django.test import Client

from onewindow.accounts.actions.devices import make_printer
from onewindow.accounts.models import Device
from onewindow.base.trail import By
from onewindow.printing.actions import set_printer, work
from onewindow.printing.models import PrintJob
from onewindow.public.tests.make import World
from onewindow.public.tests.test_kiosk import page
from onewindow.tickets.models import Visit


def test_a_kiosk_says_what_became_of_its_paper(client: Client, place: World, by: By) -> None:
    printer = make_printer(hall=place.hall, name="Printer", host="127.0.0.1", port=9, by=by)
    set_printer(kiosk=Device.objects.get(name="Entrance"), printer=printer, by=by)
    answer = client.post(place.kiosk + "service/A01/take/", {"_once": "touch"}, follow=True)
    assert "Your ticket is being printed" in answer.content.decode()
    state = place.kiosk + f"number/{Visit.objects.get().token}/printing/?as=printing"
    assert client.get(state).status_code == 204
    work(printer.pk)  # nobody listens at that port
    shown = page(client, state)
    assert "I have noted it" in shown
    assert 'data-countdown="60"' in shown


def test_a_second_touch_prints_no_second_paper(client: Client, place: World, by: By) -> None:
    printer = make_printer(hall=place.hall, name="Printer", host="127.0.0.1", port=9, by=by)
    set_printer(kiosk=Device.objects.get(name="Entrance"), printer=printer, by=by)
    for _ in range(2):
        client.post(place.kiosk + "service/A01/take/", {"_once": "the same"})
    assert PrintJob.objects.count() == 1
