"""四(一) Reception: a visitor is received, guided and helped."""

import pytest

from onewindow.tickets.actions import reminders
from onewindow.tickets.models import Appointment, Ticket
from tests.acceptance.conftest import People
from tests.fixtures.world import Clock


@pytest.mark.clause("四(一)1", screen="kiosk")
def test_from_the_kiosk_to_the_window_and_out_again(people: People, clock: Clock) -> None:
    ticket = people.take()
    assert ticket.number in people.phone(ticket)

    people.press("next")
    assert ticket.number in people.see_desk()
    assert "Birth registration" in people.see_desk()
    assert ticket.number in people.display()
    assert "5" in people.phone(ticket)

    people.press("start", ticket)
    clock.forward(minutes=6)
    people.press("finish", ticket, outcome="done")
    ticket.refresh_from_db()
    assert (ticket.state, ticket.service_s) == ("done", 360)
    assert "Nobody is at your window" in people.see_desk()


@pytest.mark.clause("四(一)1", screen="phone")
def test_a_phone_in_the_hall_takes_a_number_without_an_app(people: People) -> None:
    assert "Birth registration" in people.see(people.place.at_spot)
    address = people.place.at_spot + "service/A01/take/"
    taken = people.visitor.post(address, {}, follow=True).content.decode()
    ticket = Ticket.objects.get()
    assert (ticket.visit.channel, ticket.number in taken) == ("phone", True)


@pytest.mark.clause("四(一)1", screen="kiosk")
def test_who_booked_a_time_checks_in_and_is_called_about_then(people: People, clock: Clock) -> None:
    booking = f"/h/{people.place.hall.slug}/appointments/A01/"
    given = {"at": "2026-06-08T11:00:00+08:00", "phone": "13800001234"}
    booked = people.visitor.post(booking + "book/", given, follow=True).content.decode()
    code = Appointment.objects.get().code
    assert code in booked

    for _ in range(3):  # until half past ten
        clock.forward(minutes=10)
        people.see_desk()
    people.visitor.post(people.place.kiosk + "appointment/check-in/", {"code": code})
    mine = Ticket.objects.get()
    clock.forward(minutes=10)
    first = people.take()
    people.see_desk()
    clock.forward(minutes=10)
    reminders.call_up()  # as the clock does every ten seconds
    second = people.take()

    people.press("next")
    assert first.number in people.see_desk()
    people.press("start", first)
    clock.forward(minutes=9)
    people.press("finish", first, outcome="done")
    people.press("next")
    assert "appointment" in people.see_desk()
    mine.refresh_from_db()
    second.refresh_from_db()
    assert (mine.state, second.state) == ("called", "waiting")
    assert mine.visit.channel == "appointment"


@pytest.mark.clause("四(一)1", screen="desk")
def test_who_has_no_number_is_served_as_a_walk_in(people: People) -> None:
    people.press("walk-in", service="A01")
    assert Ticket.objects.get().number == "W001"
    assert "W001" in people.see_desk()


@pytest.mark.clause("四(一)2", screen="kiosk")
def test_the_papers_are_shown_before_the_number_is_taken(people: People) -> None:
    assert "Certificate of birth" in people.see(people.place.kiosk + "service/A01/")
    assert "Certificate of birth" in people.see(people.place.at_spot + "service/A01/")
    assert not Ticket.objects.exists()


@pytest.mark.clause("四(一)2", screen="desk")
def test_who_fills_in_a_form_comes_back_without_losing_the_place(
    people: People, clock: Clock
) -> None:
    ticket, following = people.take(), people.take()
    people.press("next")
    people.press("start", ticket)
    people.press("park", ticket, minutes="30")
    people.press("next")
    people.press("start", following)
    clock.forward(minutes=8)
    people.press("finish", following, outcome="done")
    people.press("resume", ticket)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.parked_s) == ("serving", 480)
    assert ticket.number in people.see_desk()
