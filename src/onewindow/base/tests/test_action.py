"""A verb is whole; a request that was refused leaves nothing of its verbs."""

from contextlib import ExitStack

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from onewindow.base import action as actions
from onewindow.base.action import action, whole
from onewindow.base.halls.models import Organisation
from onewindow.base.web.refused import NotFound


@action
def found(name: str) -> None:
    """Make an organisation."""
    Organisation.objects.create(name={"en": name})


@action
def found_and_refuse(name: str) -> None:
    """Make an organisation, and then think better of it."""
    found(name)
    raise NotFound


def names() -> list[str]:
    return [one.name["en"] for one in Organisation.objects.all()]


def marks(queries: CaptureQueriesContext) -> list[str]:
    """The statements that only mark where a part begins and ends."""
    return [q["sql"] for q in queries.captured_queries if "SAVEPOINT" in q["sql"]]


@pytest.mark.django_db
def test_what_a_verb_refused_is_undone_and_what_was_done_before_it_stays() -> None:
    found("Harbour")
    with pytest.raises(NotFound):
        found_and_refuse("Market")
    assert names() == ["Harbour"]


@pytest.mark.django_db(transaction=True)
def test_what_one_verb_of_a_request_refuses_the_request_refuses() -> None:
    def ask() -> None:
        with whole():
            found("Harbour")
            found_and_refuse("Market")

    with pytest.raises(NotFound):
        ask()
    assert names() == []


@pytest.mark.django_db(transaction=True)
def test_a_verb_costs_a_request_no_statement_of_its_own() -> None:
    with CaptureQueriesContext(connection) as queries, whole():
        found("Harbour")
    assert marks(queries) == []
    with CaptureQueriesContext(connection) as queries, whole():
        found("Market")
    assert names() == ["Harbour", "Market"]


@pytest.mark.django_db(transaction=True)
def test_after_a_request_a_verb_can_again_be_taken_back_by_itself() -> None:
    with whole():
        found("Harbour")

    @action
    def tries() -> None:
        with pytest.raises(NotFound):
            found_and_refuse("Market")
        found("Station")

    tries()
    assert names() == ["Harbour", "Station"]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's own line lets one in")
@pytest.mark.django_db(transaction=True)
def test_one_request_too_many_waits_and_is_told_when_no_turn_came(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actions, "WAITS_SECONDS", 0.01)
    with ExitStack() as open_requests:
        for _ in range(actions.AT_ONCE):
            open_requests.enter_context(whole())
        with pytest.raises(OperationalError), whole():
            pass
    with whole():
        found("Harbour")
    assert names() == ["Harbour"]
