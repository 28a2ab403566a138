"""A hall's public pages, and a number by the phone of who stands in the hall."""

import pytest
from django.test import Client

from onewindow.base.halls.models import Hall
from onewindow.public.tests.make import World, world
from onewindow.tickets.models import Ticket, Visit
from onewindow.tickets.states import Channel


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_hall_says_what_it_offers_and_how_long_one_waits(client: Client, place: World) -> None:
    shown = page(client, f"/h/{place.hall.slug}/")
    assert "Birth registration" in shown
    assert "waiting" in shown
    assert "Take a number" not in shown


def test_a_search_shows_what_was_found(client: Client, place: World) -> None:
    assert "Birth registration" in page(client, f"/h/{place.hall.slug}/?typed=csdj")
    assert "Nothing is called" in page(client, f"/h/{place.hall.slug}/?typed=zzz")


def test_a_service_shows_guide_and_papers(client: Client, place: World) -> None:
    shown = page(client, f"/h/{place.hall.slug}/service/A01/")
    assert "Free of charge" in shown
    assert "Certificate of birth" in shown
    assert "only if you answer no to: Are the parents unmarried?" in shown
    assert "Take a number" not in shown
    answered = page(client, f"/h/{place.hall.slug}/service/A01/?q-unmarried=yes")
    assert "Marriage certificate" not in answered


def test_a_number_is_taken_with_the_code_of_a_spot(client: Client, place: World) -> None:
    assert place.at_spot + "service/A01/" in page(client, place.at_spot)
    assert "Take a number" in page(client, place.at_spot + "service/A01/")
    answer = client.post(place.at_spot + "service/A01/take/", {"_once": "touch"}, follow=True)
    ticket = Ticket.objects.get()
    assert ticket.number in answer.content.decode()
    assert ticket.visit.channel == Channel.PHONE


def test_a_phone_that_holds_a_number_adds_to_it(client: Client, place: World) -> None:
    client.post(place.at_spot + "service/A01/take/")
    visit = Visit.objects.get()
    assert f"Add to my number {visit.number}" in page(client, place.at_spot + "service/G01/")
    client.post(place.at_spot + "service/G01/take/")
    assert (Visit.objects.count(), visit.tickets.count()) == (1, 2)


@pytest.mark.parametrize("code", ["nowhere", "' OR 1=1", "%00", "😀"])
def test_without_a_spot_there_is_no_number(client: Client, place: World, code: str) -> None:
    address = f"/h/{place.hall.slug}/q/{code}/"
    assert client.get(address).status_code == 404
    assert client.post(address + "service/A01/take/").status_code == 404
    assert not Visit.objects.exists()


def test_another_halls_spot_opens_nothing(client: Client, place: World, other_hall: Hall) -> None:
    theirs = world(other_hall)
    address = f"/h/{place.hall.slug}/q/{theirs.spot.code}/service/A01/take/"
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("address", ["/h/nowhere/", "/h/east-lake/service/ZZ/"])
def test_what_is_not_there_has_a_page_that_says_so(
    client: Client, place: World, address: str
) -> None:
    assert client.get(address).status_code == 404
