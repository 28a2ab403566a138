"""四(一) Reception: a visitor is received, guided and helped."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onewindow.accounts.devices import device_token
from onewindow.accounts.models import User
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.base.halls.memory import changed
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import job
from onewindow.catalogue.actions import save_material
from onewindow.catalogue.models import Form
from onewindow.tickets.actions import reminders
from onewindow.tickets.models import Appointment, Ticket
from onewindow.tickets.remote_rules import RemotePolicy
from tests.acceptance.conftest import People
from tests.fixtures.guards import GuardedClient
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


@pytest.mark.clause("四(一)1", screen="guide desk")
def test_a_guide_takes_a_number_for_somebody_and_the_desk_says_what_they_need(
    people: People, guide: User, browser_for: Callable[..., GuardedClient]
) -> None:
    tablet, at = browser_for(guide), f"/s/{people.place.hall.slug}/guide/"
    given = {"service": "A01", "priority": "p1", "needs": ["hearing"]}
    paper = tablet.post(at + "take", given, follow=True).content.decode()
    ticket = Ticket.objects.get()
    assert ticket.number in paper
    people.press("next")
    desk = people.see_desk()
    assert ticket.number in desk
    assert "Birth registration" in desk
    assert "hearing" in desk.lower()


@pytest.mark.clause("四(一)1", screen="hall display")
def test_a_voice_says_number_and_window(people: People) -> None:
    ticket = people.take()
    device = DeviceFactory.create(hall=people.place.hall, kind=DeviceKind.HALL_DISPLAY)
    people.press("next")
    said = people.visitor.get(f"/d/{device_token(device)}/voice/?sound=on").json()
    (call,) = said["coming"]
    sentence = " ".join(line["text"] for line in call["whole"])
    assert " ".join(ticket.number) in sentence
    assert "5" in sentence


@pytest.mark.clause("四(一)1", screen="phone")
def test_who_took_a_number_at_home_is_called_once_in_the_hall(people: People) -> None:
    hall = people.place.hall
    set_policy(hall, RemotePolicy(on=True))
    given = {"phone": "13800001234"}
    people.visitor.post(f"/h/{hall.slug}/service/A01/from-afar/", given)
    mine = Ticket.objects.get()
    people.press("next")
    assert mine.number not in people.display()
    people.visitor.post(people.place.at_spot + "here/")
    people.press("next")
    assert mine.number in people.display()
    assert "Please come to window 5" in people.phone(mine)


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


@pytest.mark.clause("四(一)2", screen="kiosk")
def test_number_and_phone_say_the_zone_the_storey_and_the_way_there(people: People) -> None:
    zone = people.place.window.zone
    zone.name, zone.storey = {"en": "Zone East"}, {"en": "Second storey"}
    zone.direction = {"en": "Up the escalator, then right"}
    zone.save()
    changed(people.place.hall)
    ticket = people.take()
    kiosk = people.see(f"{people.place.kiosk}number/{ticket.visit.token}/")
    for page in (kiosk, people.phone(ticket)):
        for words in ("Zone East", "Second storey", "Up the escalator, then right"):
            assert words in page


@pytest.mark.clause("四(一)2", screen="phone")
def test_blank_form_and_sample_open_on_the_phone_before_and_after_the_number_is_taken(
    people: People, settings: Any, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    place, births = people.place, people.place.births
    paper = births.materials.order_by("pk").first()
    assert paper
    form = Form(media="pdf", size=120_000, digest="ab" * 32)
    form.content = b"%PDF-1.7"
    save_material(hall=place.hall, row=paper, values={"blank": form}, by=job("test"))
    at, link = f"/h/{place.hall.slug}/service/A01/", f"/h/{place.hall.slug}/forms/{form.digest}/"
    for page in (at, f"{place.at_spot}service/A01/", f"/t/{people.take().visit.token}/"):
        assert link in people.see(page)
    assert people.visitor.get(link).content == form.content
    kiosk = people.see(place.kiosk + "service/A01/")
    assert "Blank form · at the guide desk" in kiosk
    assert link not in kiosk
    assert link not in people.see(f"{at}papers/?at=kiosk")
    with django_assert_num_queries(1):  # the hall
        people.see(f"{at}papers/")


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
