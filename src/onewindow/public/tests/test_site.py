"""A hall's public pages, and a number by the phone of who stands in the hall."""

import pytest
from django.test import Client

from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.floor.tests.make import SpotFactory
from onewindow.public.rules import PhonePolicy
from onewindow.public.tests.make import World, world
from onewindow.tickets.models import Ticket, Visit
from onewindow.tickets.states import Channel
from tests.fixtures.world import Clock

CHINESE = {"accept-language": "zh-CN"}


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


def test_a_spot_gives_an_address_so_many_numbers_and_then_says_when_again(
    client: Client, place: World, clock: Clock
) -> None:
    set_policy(place.hall, PhonePolicy(numbers=2, within_min=10))
    address = place.at_spot + "service/A01/take/"
    for _turn in range(2):
        assert Client(headers={"accept-language": "en"}).post(address).status_code == 302
        clock.forward(minutes=1)
    refused = client.post(address)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "480"
    assert "Please try again in 8 min, or take a number at a kiosk" in refused.content.decode()
    assert "请8分钟后再试" in client.post(address, headers=CHINESE).content.decode()
    assert Visit.objects.count() == 2
    clock.forward(minutes=9)
    assert client.post(address).status_code == 302


def test_another_spot_address_and_who_holds_a_number_are_not_refused(
    client: Client, place: World
) -> None:
    set_policy(place.hall, PhonePolicy(numbers=1))
    take = place.at_spot + "service/{}/take/"
    elsewhere = SpotFactory.create(hall=place.hall)
    assert client.post(take.format("A01")).status_code == 302
    assert client.post(take.format("G01")).status_code == 302
    assert Client(REMOTE_ADDR="10.0.0.9").post(take.format("A01")).status_code == 302
    other = f"/h/{place.hall.slug}/q/{elsewhere.code}/service/A01/take/"
    assert Client().post(other).status_code == 302
    assert Client().post(take.format("A01")).status_code == 429
