"""The kiosk: a number in three touches, and honest in every other case."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from onewindow.accounts.devices import device_token
from onewindow.accounts.models import User
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.alerts.actions import declare_emergency
from onewindow.alerts.models import Alert
from onewindow.alerts.states import EmergencyKind
from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By, job
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.floor.models import Profile
from onewindow.floor.states import Choice
from onewindow.public.queries import groups_now
from onewindow.public.tests.make import World, world
from onewindow.tickets.actions import close_hall, open_window
from onewindow.tickets.models import Ticket, Visit
from onewindow.tickets.states import Channel, Priority
from tests.fixtures.world import SHANGHAI, Clock

CHINESE = {"accept-language": "zh-CN"}


def page(client: Client, address: str, status: int = 200, **more: Any) -> str:
    answer = client.get(address, **more)
    assert answer.status_code == status
    return answer.content.decode()


def test_three_touches_make_a_number(client: Client, place: World) -> None:
    assert place.kiosk + "service/A01/" in page(client, place.kiosk)
    assert place.kiosk + "service/A01/take/" in page(client, place.kiosk + "service/A01/")
    answer = client.post(place.kiosk + "service/A01/take/", {"_once": "touch"}, follow=True)
    ticket = Ticket.objects.get()
    shown = answer.content.decode()
    assert ticket.number in shown
    assert "People ahead of you" in shown
    assert 'data-countdown="20"' in shown
    assert (ticket.visit.channel, ticket.service) == (Channel.KIOSK, place.births)


def test_a_second_touch_draws_no_second_number(client: Client, place: World) -> None:
    for _ in range(2):
        client.post(place.kiosk + "service/A01/take/", {"_once": "the same"})
    assert Visit.objects.count() == 1


def test_a_touch_before_any_script_has_loaded_counts_once_too(place: World) -> None:
    """The browser sends the form by itself, with the key and the token that came in it."""
    plain = Client(enforce_csrf_checks=True)
    form = page(plain, place.kiosk + "service/A01/")
    sent = dict(re.findall(r'name="(csrfmiddlewaretoken|_once)" value="([^"]+)"', form))
    answers = [plain.post(place.kiosk + "service/A01/take/", sent) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Visit.objects.count() == 1


def test_papers_stand_beside_the_button_and_follow_the_answers(
    client: Client, place: World
) -> None:
    shown = page(client, place.kiosk + "service/A01/")
    assert "Certificate of birth" in shown
    assert "Are the parents unmarried?" in shown
    papers = f"/h/{place.hall.slug}/service/A01/papers/"
    assert "Marriage certificate" in page(client, papers + "?q-unmarried=no")
    assert "Marriage certificate" not in page(client, papers + "?q-unmarried=yes")


def test_class_needs_and_answers_go_with_the_number(client: Client, place: World) -> None:
    client.post(
        place.kiosk + "service/A01/take/",
        {"priority": "p1", "needs": ["hearing", "walking"], "q-unmarried": "yes"},
    )
    ticket = Ticket.objects.get()
    assert ticket.visit.priority == Priority.P1
    assert ticket.visit.needs == ["hearing", "walking"]
    assert ticket.answers == {"unmarried": True}


@pytest.mark.parametrize(
    "sent", [{"priority": "p0"}, {"needs": ["gold"]}, {"priority": "p2"}], ids=str
)
def test_what_cannot_be_declared_is_left_out(
    client: Client, place: World, sent: dict[str, str]
) -> None:
    client.post(place.kiosk + "service/A01/take/", sent)
    assert (Visit.objects.get().priority, Visit.objects.get().needs) == (Priority.P4, [])


def test_who_is_not_sure_goes_to_the_information_desk(client: Client, place: World) -> None:
    client.post(place.kiosk + "unsure/")
    assert Ticket.objects.get().service == place.advice


def test_there_is_no_door_to_a_desk_that_does_not_exist(client: Client, place: World) -> None:
    place.hall.windows.filter(label="1").delete()
    assert "I am not sure" not in page(client, place.kiosk)
    assert client.post(place.kiosk + "unsure/").status_code == 404


@pytest.mark.parametrize("typed", ["出生", "birth", "A01", "csdj"])
def test_search_finds_by_words_code_and_initials(client: Client, place: World, typed: str) -> None:
    assert "Birth registration" in page(client, place.kiosk + f"find/?typed={typed}")


def test_a_search_without_result_says_what_to_do(client: Client, place: World) -> None:
    shown = page(client, place.kiosk + "find/?typed=<b>xyz", headers={"HX-Target": "found"})
    assert "&lt;b&gt;xyz" in shown
    assert "call a guide" in shown
    assert "<html" not in shown


def test_a_group_shows_its_services(client: Client, place: World) -> None:
    shown = page(client, f"{place.kiosk}group/{place.births.group.code}/")
    assert "Birth registration" in shown
    page(client, f"{place.kiosk}group/nothing/", 404)


@pytest.mark.parametrize("typed", ["%00", "😀", "שלום", "a" * 500])
def test_whatever_is_typed_is_answered(client: Client, place: World, typed: str) -> None:
    page(client, f"{place.kiosk}find/?typed={typed}")
    page(client, f"{place.kiosk}number/{typed}/", 404)
    answer = client.post(place.kiosk + "service/A01/take/", {"with": typed, "priority": typed})
    assert answer.status_code == 404


def test_one_more_service_keeps_the_number(client: Client, place: World) -> None:
    visit = place.take().visit
    assert f"?with={visit.token}" in page(client, f"{place.kiosk}number/{visit.token}/")
    assert visit.token in page(client, f"{place.kiosk}service/G01/?with={visit.token}")
    client.post(place.kiosk + "service/G01/take/", {"with": visit.token})
    assert visit.tickets.count() == 2


def test_a_closed_hall_says_when_it_opens_and_gives_no_number(
    client: Client, hall: Hall, clock: Clock
) -> None:
    place = world(hall, open_now=False)
    clock.set(datetime(2026, 6, 8, 23, 0, tzinfo=SHANGHAI))
    assert "Take a number</button>" not in page(client, place.kiosk + "service/A01/")
    answer = client.post(place.kiosk + "service/A01/take/")
    assert answer.status_code == 409
    assert "Please come during opening hours." in answer.content.decode()
    assert not Visit.objects.exists()


def test_calling_a_guide_rings_once(client: Client, place: World) -> None:
    for _ in range(2):
        answer = client.post(place.kiosk + "guide/call/", follow=True)
    assert "A guide is coming" in answer.content.decode()
    assert "Entrance" in Alert.objects.get().sentence
    assert client.post(place.kiosk + "guide/here/").status_code == 302
    assert not Alert.objects.filter(closed_at=None).exists()


def test_the_kiosk_hears_that_the_server_lives(client: Client, place: World) -> None:
    assert client.get(place.kiosk + "alive/").status_code == 204


def test_a_number_of_another_hall_or_day_is_not_shown(
    client: Client, place: World, other_hall: Hall, clock: Clock
) -> None:
    elsewhere = world(other_hall).take()
    page(client, f"{place.kiosk}number/{elsewhere.visit.token}/", 404)
    mine = place.take()
    clock.forward(days=1)
    page(client, f"{place.kiosk}number/{mine.visit.token}/", 404)


@pytest.mark.parametrize("address", ["number/none/", "service/none/", "group/none/", "what/ever"])
def test_what_is_not_there_keeps_the_kiosk_in_its_frame(
    client: Client, place: World, address: str
) -> None:
    shown = page(client, place.kiosk + address, 404)
    assert "Nothing was changed." in shown
    assert f'btn primary" href="{place.kiosk}"' in shown
    assert 'data-then="#again"' in shown
    assert 'href="/"' not in shown


def test_only_a_kiosk_opens_the_kiosk(client: Client, place: World) -> None:
    display = DeviceFactory.create(hall=place.hall, kind=DeviceKind.HALL_DISPLAY)
    page(client, f"/k/{device_token(display)}/", 404)
    page(client, "/k/1-0000/", 404)


def test_an_emergency_takes_the_screen(client: Client, place: World) -> None:
    declare_emergency(hall=place.hall, kind=EmergencyKind.EVACUATE, by=job("test"))
    for address in ("", "service/A01/"):
        assert "Please leave the hall now" in page(client, place.kiosk + address)


def test_the_code_shows_only_where_a_phone_reaches_us(client: Client, place: World) -> None:
    address = f"{place.kiosk}number/{place.take().visit.token}/"
    assert 'class="qr"' not in page(client, address)
    with override_settings(PUBLIC_URL="https://hall.example"):
        assert 'class="qr"' in page(client, address)


def test_it_speaks_chinese_and_forgets_the_last_visitors_wishes(
    client: Client, place: World
) -> None:
    assert "您要办理什么？" in page(client, place.kiosk, headers=CHINESE)
    assert "language=&amp;type=" in page(client, place.kiosk + "service/A01/")


def test_the_pages_ask_little_however_many_wait(
    client: Client, place: World, django_assert_num_queries: DjangoAssertNumQueries, clock: Clock
) -> None:
    token = place.take().visit.token
    for address in ("", "service/A01/", f"number/{token}/"):
        page(client, place.kiosk + address)
    for many in (0, 30):
        for _ in range(many):
            place.take()
        clock.forward(seconds=10)
        with django_assert_num_queries(4):  # the device, a look at the queue
            page(client, place.kiosk)
        with django_assert_num_queries(1):
            page(client, place.kiosk + "service/A01/")
        with django_assert_num_queries(4):
            page(client, f"{place.kiosk}number/{token}/")


def test_a_kiosk_of_a_hall_that_was_closed_says_when_it_opens(client: Client, place: World) -> None:
    close_hall(hall=place.hall, by=job("test"))
    shown = page(client, place.kiosk + "service/A01/")
    assert "Closed now. Opens" in shown
    assert "btn primary take" not in shown
    for address in ("", "find/", "service/A01/"):
        shown = page(client, place.kiosk + address)
        assert 'class="waits' not in shown
        assert "People ahead of you" not in shown


def test_a_group_leads_to_the_other_groups(client: Client, place: World) -> None:
    shown = page(client, f"{place.kiosk}group/{place.births.group.code}/")
    here = f'group/{place.births.group.code}/" aria-current="page"'
    assert shown.count('class="group"') == 2
    assert here in shown


def test_a_search_begins_with_what_is_taken_most_often(client: Client, place: World) -> None:
    assert "Birth registration" in page(client, f"{place.kiosk}find/")
    assert "Birth registration" not in page(client, f"{place.kiosk}find/?typed=zzz")


def test_a_group_for_which_nobody_waits_tells_who_is_ahead_at_its_windows(
    client: Client, place: World, clerk: User, by: By, clock: Clock
) -> None:
    licences = ServiceFactory.create(hall=place.hall, code="L01")
    Profile.objects.create(window=place.window, service=licences, choice=Choice.FIRST)
    memory.changed(place.hall)
    open_window(window=place.window, user=clerk, by=by)
    for _ in range(3):
        place.take()
    clock.forward(seconds=5)
    line = next(one for one in groups_now(place.hall) if one.group == licences.group)
    assert (line.waiting, line.wait.ahead) == (0, 3)
    assert "3 ahead" in page(client, place.kiosk)
