"""A visitor books a time on the hall's pages, changes it, cancels it, and checks in on the spot."""

import re
from datetime import timedelta

import pytest

from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.public.rules import PhonePolicy
from onewindow.public.tests.make import World
from onewindow.tickets.models import Appointment, Ticket
from onewindow.tickets.slots import AppointmentPolicy
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock


def page(client: GuardedClient, address: str) -> str:
    """What one reads there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def times(html: str) -> list[str]:
    """The times on a page that can still be chosen."""
    buttons = re.findall(r'<input type="radio" name="at" value="([^"]+)"([^>]*)>', html)
    return [at for at, more in buttons if "disabled" not in more]


@pytest.fixture
def pages(place: World) -> str:
    """The beginning of the hall's public addresses."""
    return f"/h/{place.hall.slug}/"


def book(
    client: GuardedClient, pages: str, nth: int = 4, answers: dict[str, str] | None = None
) -> Appointment:
    """Choose the nth time of today and book it."""
    at = times(page(client, pages + "appointments/A01/"))[nth]
    given = {"at": at, "phone": "13800001234"} | (answers or {})
    answer = client.post(pages + "appointments/A01/book/", given)
    made = Appointment.objects.latest("pk")
    assert answer.headers["Location"] == f"{pages}a/{made.token}/"
    return made


def test_the_hall_leads_to_its_times(client: GuardedClient, pages: str) -> None:
    assert pages + "appointments/" in page(client, pages)
    assert pages + "appointments/A01/" in page(client, pages + "appointments/")
    assert pages + "appointments/A01/" in page(client, pages + "service/A01/")
    html = page(client, pages + "appointments/A01/")
    assert "Certificate of birth" in html
    assert times(html)[0] == "2026-06-08T02:30:00+00:00"  # half past ten


def test_another_day_is_chosen_by_a_link(client: GuardedClient, pages: str) -> None:
    html = page(client, pages + "appointments/A01/?day=2026-06-09")
    assert "Tuesday, 9 June" in html
    assert all(at.startswith("2026-06-") for at in times(html))
    assert "Monday, 8 June" in page(client, pages + "appointments/A01/?day=never")


def test_a_booking_leads_to_a_page_with_code_and_papers(client: GuardedClient, pages: str) -> None:
    made = book(client, pages, answers={"q-unmarried": "yes"})
    html = page(client, f"{pages}a/{made.token}/")
    assert made.code in html
    assert ("Certificate of birth" in html, "Marriage certificate" in html) == (True, False)
    assert "12:30" in html
    assert "13800001234" not in html
    assert (made.language, made.answers) == ("en", {"unmarried": True})


@pytest.mark.parametrize(
    "wrong", [{"phone": "none"}, {"phone": ""}, {"at": ""}, {"at": "soon"}, {"at": "2026-06-08"}]
)
def test_what_cannot_be_understood_is_refused(
    client: GuardedClient, pages: str, wrong: dict[str, str]
) -> None:
    given = {"at": "2026-06-08T14:00:00+08:00", "phone": "13800001234"} | wrong
    assert client.post(pages + "appointments/A01/book/", given).status_code == 422
    assert not Appointment.objects.exists()


def test_a_time_that_cannot_be_asked_for_is_refused(client: GuardedClient, pages: str) -> None:
    for far in ("0001-01-01T00:00:00+00:00", "9999-12-31T23:59:00+00:00"):
        given = {"at": far, "phone": "13800001234"}
        assert client.post(pages + "appointments/A01/book/", given).status_code == 409


def test_who_books_and_books_is_slowed_down(
    client: GuardedClient, pages: str, place: World
) -> None:
    set_policy(place.hall, PhonePolicy(numbers=1))
    book(client, pages)
    given = {"at": "2026-06-08T15:00:00+08:00", "phone": "13900000000"}
    assert client.post(pages + "appointments/A01/book/", given).status_code == 429


def test_the_time_is_changed_on_its_page(client: GuardedClient, pages: str) -> None:
    made = book(client, pages, nth=8)
    own = f"{pages}a/{made.token}/"
    assert own + "change/" in page(client, own)
    at = times(page(client, own + "change/?day=2026-06-09"))[0]
    assert client.post(own + "change/", {"at": at}).status_code == 302
    assert "Tuesday, 9 June" in page(client, own)


def test_it_is_cancelled_on_its_page(client: GuardedClient, pages: str) -> None:
    made = book(client, pages, nth=8)
    own = f"{pages}a/{made.token}/"
    client.post(own + "cancel/")
    html = page(client, own)
    assert "This appointment is cancelled" in html
    assert made.code not in html


def test_shortly_before_no_button_cancels(client: GuardedClient, pages: str, clock: Clock) -> None:
    made = book(client, pages, nth=0)
    assert "cancel/" not in page(client, f"{pages}a/{made.token}/")
    assert client.post(f"{pages}a/{made.token}/cancel/").status_code == 409


def test_nobody_sees_an_appointment_without_its_address(
    client: GuardedClient, pages: str, other_hall: Hall
) -> None:
    made = book(client, pages)
    assert client.get(f"{pages}a/{made.code}/").status_code == 404
    assert client.get(f"{pages}a/x%00/").status_code == 404
    assert client.get(f"/h/{other_hall.slug}/a/{made.token}/").status_code == 404


def test_a_hall_without_appointments_offers_none(
    client: GuardedClient, pages: str, place: World
) -> None:
    set_policy(place.hall, AppointmentPolicy(per_slot=0))
    assert "makes no appointments" in page(client, pages + "appointments/")
    assert client.get(pages + "appointments/A01/").status_code == 404
    assert pages + "appointments/A01/" not in page(client, pages + "service/A01/")


def test_in_the_hall_the_phone_checks_in(client: GuardedClient, pages: str, place: World) -> None:
    made = book(client, pages)
    assert place.at_spot + "appointment/" in page(client, place.at_spot)
    html = page(client, place.at_spot + "appointment/")
    assert f'value="{made.code}"' in html  # this browser has booked it
    answer = client.post(place.at_spot + "appointment/check-in/", {"code": made.code})
    ticket = Ticket.objects.get()
    assert answer.headers["Location"] == f"/t/{ticket.visit.token}/"
    assert "Your appointment is at 12:30" in page(client, f"/t/{ticket.visit.token}/")
    assert "Follow number A001" in page(client, f"{pages}a/{made.token}/")
    assert f'value="{made.code}"' not in page(client, place.at_spot + "appointment/")


def test_a_place_that_is_none_checks_nobody_in(client: GuardedClient, pages: str) -> None:
    made = book(client, pages)
    address = f"{pages}q/none/appointment/check-in/"
    assert client.post(address, {"code": made.code}).status_code == 404
    assert client.get(f"{pages}q/none/appointment/").status_code == 404


def test_the_kiosk_checks_in_by_code(client: GuardedClient, pages: str, place: World) -> None:
    made = book(client, pages)
    assert place.kiosk + "appointment/" in page(client, place.kiosk)
    page(client, place.kiosk + "appointment/")
    address = place.kiosk + "appointment/check-in/"
    typed = {"code": f"{made.code[:3]} {made.code[3:].lower()}"}
    shown = client.post(address, typed, follow=True).content.decode()
    assert ("A001" in shown, "12:30" in shown) == (True, True)
    again = client.post(address, typed, follow=True).content.decode()
    assert "A001" in again
    assert Ticket.objects.count() == 1


def test_the_kiosk_says_what_it_does_not_know(
    client: GuardedClient, pages: str, place: World, clock: Clock
) -> None:
    address = place.kiosk + "appointment/check-in/"
    answer = client.post(address, {"code": "NOTHNG"})
    assert (answer.status_code, "There is no appointment NOTHNG" in answer.content.decode()) == (
        404,
        True,
    )
    made = book(client, pages)
    clock.forward(days=1)
    assert client.post(address, {"code": made.code}).status_code == 409


def test_a_phone_shows_the_range_once_the_time_has_come(
    client: GuardedClient, pages: str, place: World, clock: Clock
) -> None:
    made = book(client, pages, nth=0)
    clock.set(made.starts_at - timedelta(minutes=5))
    client.post(place.kiosk + "appointment/check-in/", {"code": made.code})
    html = page(client, f"/t/{Ticket.objects.get().visit.token}/")
    assert "keeps your place" in html
    assert "ahead of you" in html
