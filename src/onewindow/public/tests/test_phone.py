"""The phone page: one truth for each state of a ticket, and a way on from each."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from onewindow.accounts.models import User
from onewindow.alerts.models import Alert
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.floor import actions as floor
from onewindow.public.tests.make import World
from onewindow.tickets import actions
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import HelpKind, OutOfOrder, Priority, State
from tests.fixtures.world import Clock


@pytest.fixture
def open_window(place: World, clerk: User, by: By) -> World:
    floor.open_window(window=place.window, user=clerk, by=by)
    return place


def shown(client: Client, ticket: Ticket, part: str = "") -> str:
    return client.get(f"/t/{ticket.visit.token}/{part}").content.decode()


def act(client: Client, ticket: Ticket, verb: str, **more: Any) -> str:
    address = f"/t/{ticket.visit.token}/{ticket.pk}/{verb}/"
    return client.post(address, follow=True, **more).content.decode()


def test_it_says_where_one_stands(client: Client, place: World, clock: Clock) -> None:
    place.take()
    clock.forward(seconds=5)
    mine = place.take()
    page = shown(client, mine)
    assert mine.number in page
    assert "person ahead of you" in page
    assert re.search(r"about [\d–]+ min</b><span class=\"muted\">to wait", page)
    assert "Certificate of birth" in page
    assert f"sse:{mine.visit.topic} from:body" in page


def test_its_panel_is_a_part_of_the_page(client: Client, place: World) -> None:
    panel = shown(client, place.take(), "now/")
    assert "<html" not in panel
    assert "ahead of you" in panel


def test_more_time_keeps_the_place(client: Client, place: World) -> None:
    mine = place.take()
    page = act(client, mine, "later")
    assert "Your place is kept" in page
    assert "Certificate of birth" in page  # what the time was asked for
    mine.refresh_from_db()
    assert mine.state == State.PARKED


def test_giving_up_is_possible_from_the_page(client: Client, place: World) -> None:
    mine = place.take()
    assert "You gave up your place." in act(client, mine, "leave", headers={"HX-Request": "true"})
    mine.refresh_from_db()
    assert mine.state == State.LEFT


def test_when_called_it_names_the_window(client: Client, open_window: World, by: By) -> None:
    mine = open_window.take()
    actions.call_next(window=open_window.window, by=by)
    page = shown(client, mine)
    assert "Please come to window 5" in page
    assert f'data-called="{mine.pk}-0"' in page


@pytest.mark.parametrize(
    ("verb", "told"),
    [("nobody", "The duty manager knows."), ("walking", "A guide is coming to fetch you.")],
)
def test_who_is_called_can_ask_for_help(
    client: Client, open_window: World, by: By, verb: str, told: str
) -> None:
    mine = open_window.take()
    assert "cannot be done" in act(client, mine, verb)  # not called yet
    actions.call_next(window=open_window.window, by=by)
    assert told in act(client, mine, verb)
    assert mine.number in Alert.objects.get().sentence


def test_who_missed_the_call_says_that_they_are_back(
    client: Client, open_window: World, by: By, clock: Clock
) -> None:
    mine = open_window.take()
    actions.call_next(window=open_window.window, by=by)
    mine.refresh_from_db()
    for _ in range(2):
        clock.forward(minutes=2)
        actions.recall(ticket=mine, by=by)
    actions.miss(ticket=mine, by=by)
    assert "I am back" in shown(client, mine)
    act(client, mine, "back")
    mine.refresh_from_db()
    assert mine.state == State.WAITING


def test_who_was_passed_is_told_why(
    client: Client, open_window: World, by: By, clock: Clock
) -> None:
    mine = open_window.take()
    clock.forward(minutes=1)
    urgent = open_window.take()
    actions.call(window=open_window.window, ticket=urgent, reason=OutOfOrder.MEDICAL, by=by)
    assert "One urgent case was taken first." in shown(client, mine)


def test_afterwards_it_is_a_receipt(client: Client, open_window: World, by: By) -> None:
    mine = open_window.take()
    actions.call_next(window=open_window.window, by=by)
    assert "Please come to window 5" in shown(client, mine)
    mine.refresh_from_db()
    actions.start(ticket=mine, by=by)
    assert "You are being served at window 5" in shown(client, mine)
    actions.finish(ticket=mine, by=by)
    assert "Thank you for coming." in shown(client, mine)


def test_yesterdays_number_says_so(client: Client, place: World, clock: Clock) -> None:
    mine = place.take()
    clock.forward(days=1)
    page = shown(client, mine)
    assert "of another day" in page
    assert "hx-get" not in page


def test_strangers_find_nothing(client: Client, place: World) -> None:
    mine, other = place.take(), place.take()
    for token in ("0" * 32, "%00", "😀", "١٢"):
        answer = client.get(f"/t/{token}/")
        assert answer.status_code == 404
        assert "This number does not exist or is over." in answer.content.decode()
    for verb in ("leave", "dance"):
        number = other.pk if verb == "leave" else mine.pk
        assert client.post(f"/t/{mine.visit.token}/{number}/{verb}/").status_code == 404
    other.refresh_from_db()
    assert other.state == State.WAITING


def test_a_phone_asks_little(
    client: Client, place: World, django_assert_num_queries: DjangoAssertNumQueries, clock: Clock
) -> None:
    mine = place.take()
    shown(client, mine, "now/")
    for many in (0, 30):
        for _ in range(many):
            place.take()
        clock.forward(seconds=10)
        with django_assert_num_queries(6):
            shown(client, mine, "now/")


def test_who_waits_is_told_who_goes_before(client: Client, place: World, clock: Clock) -> None:
    for _turn in range(2):
        place.take()
        clock.forward(minutes=1)
    mine = place.take()
    clock.forward(seconds=10)
    assert "The 2 people ahead of you took their numbers before you." in shown(client, mine)
    place.take(priority=Priority.P1)
    clock.forward(seconds=10)
    page = shown(client, mine)
    assert "1 person with priority came after you but will be called first" in page
    assert "the other 2 came before you." in page


def test_who_is_next_is_told_so(client: Client, place: World, clock: Clock) -> None:
    mine = place.take(priority=Priority.P1)
    page = shown(client, mine)
    assert "You are next: the first window that is free calls you." in page
    assert "as if you had come 120 minutes earlier" in page


def test_who_missed_a_call_is_told_that_others_go_first(
    client: Client, open_window: World, by: By, clock: Clock
) -> None:
    mine = open_window.take()
    actions.call_next(window=open_window.window, by=by)
    for _turn in range(2):
        clock.forward(minutes=2)
        open_window.take()
        actions.recall(ticket=mine, by=by)
    actions.miss(ticket=mine, by=by)
    act(client, mine, "back")
    clock.forward(seconds=10)
    assert "You were called and came later: 2 people go first." in shown(client, mine)


def test_who_is_called_is_told_why_now(
    client: Client, open_window: World, by: By, clock: Clock
) -> None:
    first = open_window.take()
    clock.forward(minutes=1)
    urgent = open_window.take(priority=Priority.P1)
    actions.call_next(window=open_window.window, by=by)
    assert "Your priority counts as if you had come 120 minutes earlier." in shown(client, urgent)
    actions.finish(ticket=urgent, by=by)
    actions.call_next(window=open_window.window, by=by)
    assert "of all who wait for this window you came first" in shown(client, first)


def test_a_call_before_the_turn_says_its_reason(
    client: Client, open_window: World, by: By, clock: Clock
) -> None:
    open_window.take()
    clock.forward(minutes=1)
    urgent = open_window.take()
    actions.call(window=open_window.window, ticket=urgent, reason=OutOfOrder.MEDICAL, by=by)
    assert "You are called before your turn: medical." in shown(client, urgent)


def test_who_is_at_a_window_hears_about_the_other_service_later(
    client: Client, open_window: World, by: By
) -> None:
    mine = open_window.take()
    open_window.take(open_window.advice, visit=mine.visit)
    actions.call_next(window=open_window.window, by=by)
    assert "You are at a window now; after that you are called for this." in shown(client, mine)


def test_who_still_waited_at_closing_reads_what_was_offered(
    client: Client, place: World, by: By
) -> None:
    mine = place.take()
    actions.close_hall(hall=place.hall, by=by, offered="Come tomorrow at 9: you are first.")
    page = shown(client, mine, "now/")
    assert "Come tomorrow at 9: you are first." in page
    assert "Please ask the hall" not in page


def test_who_was_helped_says_so_and_then_it_counts(
    client: Client, open_window: World, by: By
) -> None:
    mine, other = open_window.take(), open_window.take()
    given = actions.give_help(hall=mine.hall, kind=HelpKind.FORM, ticket=mine, by=by)
    assert "that you were helped:" in shown(client, mine)
    assert "that you were helped:" not in shown(client, other)
    assert client.post(f"/t/{other.visit.token}/help/{given.pk}/").status_code == 404
    for _twice in range(2):
        page = client.post(f"/t/{mine.visit.token}/help/{given.pk}/", follow=True).content.decode()
        assert "Thank you. It counts for" in page
    given.refresh_from_db()
    assert given.confirmed_at
    assert given.confirmed_by is None
    assert Entry.objects.filter(kind="help.confirmed", by_kind="visitor").count() == 1


def test_help_of_many_costs_the_phone_no_more_queries(
    client: Client, open_window: World, by: By, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mine = open_window.take()
    actions.give_help(hall=mine.hall, ticket=mine, kind=HelpKind.FORM, by=by)
    shown(client, mine)
    with CaptureQueriesContext(connection) as one:
        shown(client, mine)
    for kind in (HelpKind.WITH, HelpKind.READING, HelpKind.ON_SITE):
        actions.give_help(hall=mine.hall, ticket=mine, kind=kind, by=by)
    with django_assert_num_queries(len(one)):
        shown(client, mine)
