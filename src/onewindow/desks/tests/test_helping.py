"""What guides and clerks do beside the queue: groups, questions by topic, help, papers."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.accounts.models import User
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.desks.tests.conftest import Desk, Take
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.models import Help, Question, Ticket, Topic
from onewindow.tickets.states import HelpKind, State
from onewindow.tickets.tests.conftest import offer
from tests.fixtures.guards import GuardedClient

Browser = Callable[..., GuardedClient]


@pytest.fixture
def tablet(browser_for: Browser, guide: User) -> GuardedClient:
    """The guide's tablet."""
    return browser_for(guide)


@pytest.fixture
def at(hall: Hall) -> str:
    """The address of the guide desk."""
    return f"/s/{hall.slug}/guide/"


@pytest.fixture
def topic(hall: Hall) -> Topic:
    """What people ask."""
    return Topic.objects.create(hall=hall, name={"en": "Parking"}, sent_to={"en": "the gate"})


def test_a_group_gets_a_number_each_with_all_its_services(
    tablet: GuardedClient, hall: Hall, window: Window, at: str
) -> None:
    offer(hall, code="ID-02")
    given = {"service": "ID-01", "more": ["ID-02"], "people": "3", "how_many": "2"}
    answer = tablet.post(at + "take", given, follow=True)
    found = Ticket.objects.order_by("pk")
    assert [one.number for one in found] == ["A001", "A001", "A002", "A002", "A003", "A003"]
    assert {one.files for one in found} == {2}
    page = answer.content.decode()
    assert "3 numbers" in page
    assert page.count('class="paper"') == 3


def test_of_a_group_that_finds_no_place_nobody_gets_a_number(
    tablet: GuardedClient, hall: Hall, service: Service, window: Window, at: str
) -> None:
    Service.objects.filter(pk=service.pk).update(day_cap=2)
    assert tablet.post(at + "take", {"service": "ID-01", "people": "3"}).status_code == 409
    assert tablet.post(at + "take", {"service": "ID-01", "people": "31"}).status_code == 422
    assert not Ticket.objects.exists()


def test_files_announced_are_the_files_of_the_service(
    tablet: GuardedClient, open_window: Window, at: str, by: By
) -> None:
    tablet.post(at + "take", {"service": "ID-01", "how_many": "4"})
    called = actions.call_next(window=open_window, by=by)
    assert called
    assert actions.finish(ticket=actions.start(ticket=called, by=by), by=by).files == 4


@pytest.mark.clause("二", screen="guide desk")
def test_a_question_is_one_tap_and_the_last_one_is_taken_back(
    tablet: GuardedClient, topic: Topic, at: str
) -> None:
    tablet.post(f"{at}questions/{topic.pk}/answered")
    page = tablet.post(f"{at}questions/{topic.pk}/sent-on", follow=True).content.decode()
    assert "today: 1 answered, 1 sent on" in page
    assert "Take back: Parking, sent on at 10:00" in page
    tablet.post(at + "questions/back")
    assert list(Question.objects.values_list("sent_on", flat=True)) == [False]
    assert tablet.post(f"{at}questions/{topic.pk}/shouted").status_code == 404


def test_nobody_takes_back_what_another_counted(
    tablet: GuardedClient, browser_for: Browser, duty_manager: User, topic: Topic, at: str
) -> None:
    tablet.post(f"{at}questions/{topic.pk}/answered")
    browser_for(duty_manager).post(at + "questions/back")
    assert Question.objects.count() == 1


def test_topics_of_another_hall_are_not_counted_here(
    tablet: GuardedClient, other_hall: Hall, at: str
) -> None:
    theirs = Topic.objects.create(hall=other_hall, name={"en": "Theirs"})
    assert tablet.post(f"{at}questions/{theirs.pk}/answered").status_code == 404


def test_the_page_of_questions_asks_no_more_for_more_topics(
    tablet: GuardedClient, hall: Hall, topic: Topic, at: str
) -> None:
    tablet.get(at + "questions/")
    with CaptureQueriesContext(connection) as few:
        tablet.get(at + "questions/")
    Topic.objects.bulk_create([Topic(hall=hall, name={"en": str(n)}) for n in range(12)])
    with CaptureQueriesContext(connection) as many:
        tablet.get(at + "questions/")
    assert len(many) == len(few)


@pytest.mark.clause("三(三)3", screen="guide desk")
def test_help_given_at_the_guide_desk_counts_once_the_duty_manager_confirms(
    tablet: GuardedClient, browser_for: Browser, hall: Hall, duty_manager: User, take: Take, at: str
) -> None:
    number = take().number
    tablet.post(at + "help/given", {"kind": "form", "number": number.lower()})
    given = Help.objects.get()
    assert given.ticket
    assert given.ticket.number == number
    page = f"/s/{hall.slug}/board/help/"
    assert tablet.post(f"{page}{given.pk}/confirm").status_code == 403
    board = browser_for(duty_manager)
    assert "filling in a form" in board.get(page).content.decode()
    board.post(f"{page}{given.pk}/confirm")
    given.refresh_from_db()
    assert given.confirmed_by == duty_manager
    assert "confirmed by Duty manager" in tablet.get(at + "help/").content.decode()


def test_help_without_a_kind_is_put_into_words(tablet: GuardedClient, at: str) -> None:
    assert tablet.post(at + "help/given", {"kind": "other"}).status_code == 422
    tablet.post(at + "help/given", {"kind": "other", "words": "called a taxi"})
    assert Help.objects.get().words == "called a taxi"
    assert tablet.post(at + "help/given", {"kind": "form", "number": "Z999"}).status_code == 404


def test_nobody_confirms_their_own_help(
    browser_for: Browser, hall: Hall, duty_manager: User
) -> None:
    mine = By("user", duty_manager.pk, duty_manager.staff_number)
    given = actions.give_help(hall=hall, kind=HelpKind.WITH, by=mine)
    board = browser_for(duty_manager)
    assert board.post(f"/s/{hall.slug}/board/help/{given.pk}/confirm").status_code == 403
    assert "not confirmed yet" in board.get(f"/s/{hall.slug}/board/help/").content.decode()


@pytest.mark.clause("三(三)3", screen="phone")
def test_help_counts_as_well_once_the_visitor_says_on_the_phone_that_it_helped(
    tablet: GuardedClient, browser_for: Browser, hall: Hall, duty_manager: User, take: Take, at: str
) -> None:
    ticket = take()
    tablet.post(at + "help/given", {"kind": "form", "number": ticket.number})
    given = Help.objects.get()
    visitor = GuardedClient()
    visitor.post(f"/t/{ticket.visit.token}/help/{given.pk}/")
    assert "confirmed by the visitor" in tablet.get(at + "help/").content.decode()
    board = browser_for(duty_manager).get(f"/s/{hall.slug}/board/help/").content.decode()
    assert "not confirmed yet" not in board


@pytest.mark.clause("三(三)3", screen="desk")
def test_a_clerk_notes_help_with_two_clicks(
    desk: Desk, open_window: Window, take: Take, by: By
) -> None:
    ticket = take()
    actions.call_next(window=open_window, by=by)
    actions.start(ticket=ticket, by=by)
    assert "Help given" in desk.page()
    desk.press("help", kind="reading")
    given = Help.objects.get()
    assert (given.kind, given.ticket, given.window) == ("reading", ticket, open_window)


def test_a_guide_fetches_who_was_set_aside(
    tablet: GuardedClient, open_window: Window, take: Take, by: By, at: str
) -> None:
    ready, other = take(), take()
    actions.call_next(window=open_window, by=by)
    actions.park(ticket=actions.start(ticket=ready, by=by), by=by)
    page = tablet.post(f"{at}fetch/{ready.pk}", follow=True).content.decode()
    assert f"Bring {ready.number} to window 5 now." in page
    ready.refresh_from_db()
    assert ready.state == State.CALLED
    actions.park(ticket=actions.start(ticket=ready, by=by), by=by)
    actions.call_next(window=open_window, by=by)
    tablet.post(f"{at}fetch/{ready.pk}")
    ready.refresh_from_db()
    other.refresh_from_db()
    assert (ready.state, other.state) == (State.WAITING, State.CALLED)
    assert tablet.post(f"{at}fetch/{ready.pk}").status_code == 409


def test_a_scanned_ticket_is_found_and_one_of_another_hall_is_not(
    tablet: GuardedClient, take: Take, at: str, other_hall: Hall
) -> None:
    ticket = take()
    scan = f"https://hall.example/t/{ticket.visit.token}/"
    assert ticket.number in tablet.get(at, {"number": scan}).content.decode()
    ticket.visit.hall = other_hall
    ticket.visit.save(update_fields=["hall"])
    assert "Nothing of today was found" in tablet.get(at, {"number": scan}).content.decode()


@pytest.mark.clause("四(一)2", screen="guide desk")
def test_the_papers_are_looked_through_before_a_number_is_taken(
    tablet: GuardedClient, hall: Hall, window: Window, service: Service, at: str
) -> None:
    agent = hall.conditions.create(code="agent", question={"en": "For somebody else?"})
    service.materials.create(name={"en": "Identity card"})
    service.materials.create(name={"en": "Letter of authority"}, condition=agent)
    shown = tablet.get(at + "papers/", {"service": "ID-01", "q-agent": "no"}).content.decode()
    assert "Identity card" in shown
    assert "Letter of authority" not in shown
    tablet.post(at + "take", {"service": "ID-01", "q-agent": "no"})
    assert Ticket.objects.get().answers == {"agent": False}
