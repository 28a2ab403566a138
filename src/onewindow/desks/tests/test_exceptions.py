"""Exceptions from the queue rules: for a kind of window, for a service."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests.make import person
from onewindow.base import clocks
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.config.actions import add_hall
from onewindow.desks.tests.conftest import Take
from onewindow.floor.models import Session, Window
from onewindow.floor.states import WindowKind
from onewindow.tickets import actions
from onewindow.tickets.actions.call import NoMoreRecalls
from onewindow.tickets.exceptions import rules_at, rules_for, rules_of
from onewindow.tickets.models import RuleException
from onewindow.tickets.states import Outcome
from tests.fixtures.guards import GuardedClient

PAGE = "/s/east-lake/setup/exceptions/"


@pytest.fixture
def browser(hall: Hall, browser_for: Callable[..., GuardedClient]) -> GuardedClient:
    """The system administrator's browser."""
    return browser_for(person(hall, Role.SYSTEM_ADMINISTRATOR, name="Admin"))


def says(browser: GuardedClient, **given: Any) -> Any:
    """Type an exception."""
    return browser.post(PAGE + "new", {"kind": "", "service": "", **given})


@pytest.mark.clause("二", screen="set-up")
def test_a_service_has_its_own_time_for_the_papers(
    browser: GuardedClient, hall: Hall, open_window: Window, take: Take, service: Service, by: By
) -> None:
    page = browser.get(PAGE + "new").content.decode()
    assert "Empty: as in the whole hall, 0." in page
    assert says(browser, service=service.pk, wrap_up_s=45).status_code == 302
    ticket = take()
    actions.call_next(window=open_window, by=by)
    actions.start(ticket=ticket, by=by)
    actions.finish(ticket=ticket, outcome=Outcome.DONE, by=by)
    papers_until = Session.objects.get(window=open_window).wrap_up_until
    assert papers_until == clocks.now() + timedelta(seconds=45)
    listed = browser.get(PAGE).content.decode()
    assert str(service) in listed
    assert "45" in listed


def test_windows_of_a_kind_call_again_less_often(
    browser: GuardedClient, open_window: Window, take: Take, by: By
) -> None:
    assert says(browser, kind=WindowKind.BUSINESS, recalls=0).status_code == 302
    ticket = take()
    actions.call_next(window=open_window, by=by)
    with pytest.raises(NoMoreRecalls):
        actions.recall(ticket=ticket, by=by)


def test_the_board_measures_a_service_by_its_own_promise(
    browser: GuardedClient, hall: Hall, service: Service, window: Window
) -> None:
    other = ServiceFactory.create(hall=hall, code="SLOW")
    says(browser, service=other.pk, wait_target_min=60)
    hall.refresh_from_db()
    assert rules_of(other, hall).wait_target_min == 60
    assert rules_of(service, hall).wait_target_min == 15


def test_what_a_service_says_comes_before_what_a_kind_of_window_says(
    browser: GuardedClient,
    hall: Hall,
    open_window: Window,
    take: Take,
    service: Service,
    by: By,
) -> None:
    says(browser, kind=WindowKind.BUSINESS, park_min=5, auto_call_s=30)
    says(browser, service=service.pk, park_min=90)
    ticket = take()
    actions.call_next(window=open_window, by=by)
    ticket.refresh_from_db()
    rules = rules_for(ticket)
    assert (rules.park_min, rules.auto_call_s) == (90, 30)
    hall.refresh_from_db()
    open_window.hall = hall
    assert rules_at(open_window).park_min == 5


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"wrap_up_s": 10}, "Choose either a kind of window or a service."),
        ({"kind": "business"}, "Say at least one thing that is different there."),
        ({"kind": "business", "wrap_up_s": 9_999}, "120"),
        ({"kind": "castle", "wrap_up_s": 10}, "castle"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    browser: GuardedClient, given: dict[str, Any], said: str
) -> None:
    no = says(browser, **given)
    assert no.status_code == 422
    assert said in no.content.decode()
    assert not RuleException.objects.exists()


def test_one_thing_has_one_exception(browser: GuardedClient, hall: Hall) -> None:
    says(browser, kind="business", wrap_up_s=10)
    again = says(browser, kind="business", wrap_up_s=20)
    assert again.status_code == 422
    assert "There is an exception for this already." in again.content.decode()
    first = RuleException.objects.get()
    browser.post(f"{PAGE}{first.pk}/archive")
    assert says(browser, kind="business", wrap_up_s=20).status_code == 302
    back = browser.post(f"{PAGE}{first.pk}/restore")
    assert back.status_code == 409
    assert RuleException.objects.filter(archived_at=None).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleException.objects.create(hall=hall, kind="business")


def test_an_archived_exception_holds_no_more(
    browser: GuardedClient, hall: Hall, window: Window
) -> None:
    says(browser, kind="business", park_min=5)
    browser.post(f"{PAGE}{RuleException.objects.get().pk}/archive")
    hall.refresh_from_db()
    window.hall = hall
    assert rules_at(window).park_min == 30


def test_a_second_hall_has_the_exceptions_of_the_first(
    browser: GuardedClient, hall: Hall, service: Service, window: Window, by: By
) -> None:
    says(browser, service=service.pk, wrap_up_s=10)
    says(browser, kind="information", park_min=5)
    hall.refresh_from_db()
    made = add_hall(like=hall, slug="north", name={"en": "North"}, by=by)
    copied = made.rule_exceptions.order_by("pk")
    assert [(one.kind, one.service and one.service.code) for one in copied] == [
        ("", service.code),
        ("information", None),
    ]
    assert all(one.service.hall_id == made.pk for one in copied if one.service)


def test_the_rules_cost_no_query_once_they_are_known(
    browser: GuardedClient, hall: Hall, window: Window, django_assert_num_queries: Any
) -> None:
    says(browser, kind="business", park_min=5)
    changed(hall)
    window.hall = hall
    rules_at(window)
    with django_assert_num_queries(0):
        assert rules_at(window).park_min == 5


def test_only_who_sets_up_may_and_a_stranger_finds_nothing(
    clerk: User, stranger: User, browser_for: Callable[..., GuardedClient]
) -> None:
    assert browser_for(clerk).get(PAGE).status_code == 403
    assert browser_for(stranger).get(PAGE).status_code == 404
