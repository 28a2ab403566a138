"""A number from afar: its place is kept, nobody is called who is not here, one for one phone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from onewindow.accounts.models import User
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.base.vault.keys import blind_index
from onewindow.catalogue.models import Service
from onewindow.floor import actions as floor
from onewindow.public.tests.make import World, world
from onewindow.tickets import actions
from onewindow.tickets.actions import sweep
from onewindow.tickets.figures import figures
from onewindow.tickets.models import Ticket
from onewindow.tickets.remote_rules import RemotePolicy, code_of
from onewindow.tickets.states import State
from tests.fixtures.api import Program
from tests.fixtures.guards import GuardedClient
from tests.fixtures.world import Clock

PHONE = "138 0000 1234"


@pytest.fixture
def afar(place: World) -> World:
    """The hall gives numbers from afar."""
    set_policy(place.hall, RemotePolicy(on=True))
    return place


@pytest.fixture
def elsewhere(other_hall: Hall) -> World:
    """Another hall, which gives them too."""
    set_policy(other_hall, RemotePolicy(on=True))
    return world(other_hall)


@pytest.fixture
def open_window(afar: World, clerk: User, by: By) -> World:
    floor.open_window(window=afar.window, user=clerk, by=by)
    return afar


def address(place: World, service: Service | None = None) -> str:
    return f"/h/{place.hall.slug}/service/{(service or place.births).code}/"


def take(client: Client, place: World, phone: str = PHONE, **more: Any) -> Ticket:
    """Somebody at home takes a number."""
    given = {"phone": phone} | more
    assert client.post(f"{address(place)}from-afar/", given).status_code == 302
    return Ticket.objects.select_related("visit").latest("pk")


def state(ticket: Ticket) -> str:
    ticket.refresh_from_db()
    return ticket.state


def test_a_hall_gives_none_unless_it_wishes(client: Client, place: World) -> None:
    assert "before you set out" not in client.get(address(place)).text
    answer = client.post(f"{address(place)}from-afar/", {"phone": PHONE})
    assert answer.status_code == 409
    assert not Ticket.objects.exists()


def test_none_are_given_outside_the_hours_that_the_hall_says(
    client: Client, afar: World, clock: Clock
) -> None:
    set_policy(afar.hall, RemotePolicy(on=True, first_at="10:30", last_at="11:00"))
    assert "before you set out" not in client.get(address(afar)).text
    clock.forward(minutes=30)
    assert "before you set out" in client.get(address(afar)).text
    clock.forward(minutes=30)
    assert client.post(f"{address(afar)}from-afar/", {"phone": PHONE}).status_code == 409


def test_who_is_on_the_way_keeps_the_place_and_is_called_only_once_here(
    client: Client, open_window: World, by: By, clock: Clock
) -> None:
    page = client.get(address(open_window)).text
    assert "Your place in the queue is kept until 10:45." in page
    mine = take(client, open_window)
    assert (mine.state, mine.visit.channel) == (State.COMING, "remote")
    phone = client.get(f"/t/{mine.visit.token}/").text
    assert "Your place is kept until 10:45" in phone
    assert code_of(mine.visit.token) in phone

    clock.forward(minutes=5)
    other = open_window.take()
    assert actions.call_next(window=open_window.window, by=by) == other
    actions.finish(ticket=actions.start(ticket=other, by=by), by=by)
    assert actions.call_next(window=open_window.window, by=by) is None
    later = open_window.take()

    client.post(f"{open_window.at_spot}here/")
    assert state(mine) == State.WAITING
    assert actions.call_next(window=open_window.window, by=by) == mine
    assert state(later) == State.WAITING


def test_the_wait_on_the_way_is_no_wait_in_the_hall(
    client: Client, open_window: World, by: By, clock: Clock
) -> None:
    mine = take(client, open_window)
    clock.forward(minutes=20)
    client.post(f"{open_window.at_spot}here/")
    clock.forward(minutes=2)
    actions.call_next(window=open_window.window, by=by)
    mine.refresh_from_db()
    assert mine.waiting_s == 120
    assert mine.told_p80_s is not None
    assert mine.late_s == 120 - mine.told_p80_s


def test_who_does_not_come_in_time_is_a_no_show_that_a_guide_may_bring_back(
    client: Client, afar: World, by: By, clock: Clock
) -> None:
    mine = take(client, afar)
    clock.forward(minutes=44)
    sweep.run()
    assert state(mine) == State.COMING
    clock.forward(minutes=2)
    sweep.run()
    assert state(mine) == State.NO_SHOW
    assert client.post(f"{afar.at_spot}here/").status_code == 404
    actions.bring_back(ticket=mine, by=by, reason="The bus was late")
    assert state(mine) == State.WAITING


def test_one_phone_has_one_open_number_in_a_hall(
    client: Client, afar: World, elsewhere: World
) -> None:
    mine = take(client, afar)
    again = Client().post(f"{address(afar)}from-afar/", {"phone": "+86 138-0000-1234"})
    assert again.status_code == 409
    assert take(Client(), elsewhere).hall == elsewhere.hall
    client.post(f"/t/{mine.visit.token}/{mine.pk}/leave/")
    assert take(Client(), afar).number != mine.number


def test_a_number_that_is_over_frees_the_phone_and_may_still_be_brought_back(
    client: Client, afar: World, by: By, clock: Clock
) -> None:
    first = take(client, afar)
    clock.forward(minutes=46)
    sweep.run()
    first.refresh_from_db()
    assert first.phone_index == ""
    second = take(Client(), afar)
    actions.bring_back(ticket=first, by=by, reason="The bus was late")
    assert (state(first), state(second)) == (State.WAITING, State.COMING)


def test_who_never_came_is_no_visitor_of_the_day(client: Client, afar: World, clock: Clock) -> None:
    mine = take(client, afar)
    clock.forward(minutes=46)
    sweep.run()
    afar.take()
    assert state(mine) == State.NO_SHOW
    assert figures(afar.hall, afar.hall.today()).visitors == 1
    take(client, afar)
    client.post(f"{afar.at_spot}here/")
    assert figures(afar.hall, afar.hall.today()).visitors == 2


def test_the_database_counts_them_once_more(client: Client, afar: World) -> None:
    mine = take(client, afar)
    assert mine.phone_index == blind_index("13800001234")
    other = take(Client(), afar, phone="13900001234")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=other.pk).update(phone_index=mine.phone_index)


def test_a_wrong_phone_number_is_said_beside_its_field_and_nothing_is_lost(
    client: Client, afar: World
) -> None:
    given = {"phone": "13x", "q-unmarried": "yes", "needs": ["hearing"]}
    answer = client.post(f"{address(afar)}from-afar/", given)
    assert answer.status_code == 422
    assert "This is no phone number." in answer.text
    assert 'value="13x"' in answer.text
    assert answer.context["answered"] == {"unmarried": True}
    assert not Ticket.objects.exists()


def test_a_repeated_request_takes_one_number(client: Client, afar: World) -> None:
    given = {"phone": PHONE, "_once": "4f1c1de2-5f0e-4a9b-a8b6-0c6b9e4c7a11"}
    places = {
        client.post(f"{address(afar)}from-afar/", given).headers["Location"] for _twice in range(2)
    }
    assert len(places) == 1
    assert Ticket.objects.count() == 1


def test_an_address_that_takes_number_after_number_is_told_to_wait(
    client: Client, afar: World
) -> None:
    set_policy(afar.hall, RemotePolicy(on=True, numbers=2))
    for last in "12":
        take(Client(), afar, phone=f"1380000123{last}")
    answer = client.post(f"{address(afar)}from-afar/", {"phone": "13800001239"})
    assert answer.status_code == 429
    assert Ticket.objects.count() == 2


def test_no_more_are_on_the_way_than_the_hall_keeps_places_for(client: Client, afar: World) -> None:
    set_policy(afar.hall, RemotePolicy(on=True, at_once=1))
    take(Client(), afar)
    answer = client.post(f"{address(afar)}from-afar/", {"phone": "13800001239"})
    assert answer.status_code == 409
    assert "on the way already" in answer.text


def test_the_code_of_the_phone_checks_in_at_the_kiosk_and_shows_the_number_again(
    client: Client, afar: World
) -> None:
    mine = take(client, afar)
    code = code_of(mine.visit.token).lower()
    for _twice in range(2):
        page = client.post(f"{afar.kiosk}appointment/check-in/", {"code": code}, follow=True).text
        assert mine.number in page
        assert state(mine) == State.WAITING
    assert Entry.objects.filter(kind="ticket.arrived").count() == 1


def test_the_code_counts_at_a_spot_too_and_in_no_other_hall(
    client: Client, afar: World, elsewhere: World
) -> None:
    mine = take(client, afar)
    given = {"code": code_of(mine.visit.token)}
    theirs = Client().post(f"{elsewhere.at_spot}appointment/check-in/", given)
    assert theirs.status_code == 404
    assert state(mine) == State.COMING
    Client().post(f"{afar.at_spot}appointment/check-in/", given)
    assert state(mine) == State.WAITING


def test_the_guide_sees_who_is_on_the_way_and_lets_them_wait(
    client: Client, afar: World, browser_for: Callable[..., GuardedClient], guide: User, clerk: User
) -> None:
    mine, at = take(client, afar), f"/s/{afar.hall.slug}/guide/"
    assert browser_for(clerk).post(f"{at}back/{mine.pk}").status_code == 403
    tablet = browser_for(guide)
    assert "On the way" in tablet.get(at).text
    tablet.post(f"{at}back/{mine.pk}")
    assert state(mine) == State.WAITING
    assert "On the way" not in tablet.get(at).text


def test_closing_the_hall_says_to_who_is_on_the_way_what_is_offered(
    client: Client, afar: World, by: By
) -> None:
    mine = take(client, afar)
    actions.close_hall(hall=afar.hall, by=by, offered="First tomorrow morning")
    assert state(mine) == State.CLOSED
    assert "First tomorrow morning" in client.get(f"/t/{mine.visit.token}/").text


def test_a_program_takes_numbers_from_afar_by_the_same_rules(afar: World, program: Program) -> None:
    given = {"service": "A01", "channel": "remote"}
    assert program.post("/tickets", given).status_code == 422
    taken = program.post("/tickets", given | {"phone": PHONE})
    assert (taken.status_code, taken.json()["state"]) == (201, "coming")
    assert program.post("/tickets", given | {"phone": PHONE}).status_code == 409
