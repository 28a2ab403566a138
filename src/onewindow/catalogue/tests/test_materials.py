"""Each visitor sees only their own list of papers."""

import pytest

from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.catalogue import actions, queries
from onewindow.catalogue.models import Condition, Service
from onewindow.catalogue.tests.make import MaterialFactory, ServiceFactory


@pytest.fixture
def card(hall: Hall, service: Service) -> Service:
    """A service with papers for everybody, for agents, and for who still has the old card."""
    agent = Condition.objects.create(hall=hall, code="agent", question={"en": "For another?"})
    lost = Condition.objects.create(hall=hall, code="lost", question={"en": "Is it lost?"})
    MaterialFactory.create(service=service, name={"en": "Identity card"})
    MaterialFactory.create(service=service, name={"en": "Letter"}, condition=agent)
    MaterialFactory.create(service=service, name={"en": "Agent's card"}, condition=agent)
    MaterialFactory.create(service=service, name={"en": "Old card"}, condition=lost, asked_if=False)
    return queries.service_by_code(hall, service.code)


def names(service: Service, **answers: bool) -> list[str]:
    return [material.name["en"] for material in queries.materials_for(service, answers)]


def test_answers_shorten_the_list(card: Service) -> None:
    assert names(card, agent=False, lost=True) == ["Identity card"]
    assert names(card, agent=True, lost=True) == ["Identity card", "Letter", "Agent's card"]
    assert names(card, agent=False, lost=False) == ["Identity card", "Old card"]


def test_who_has_not_answered_sees_everything(card: Service) -> None:
    assert len(names(card)) == 4
    assert names(card, lost=True, stranger=True) == ["Identity card", "Letter", "Agent's card"]


def test_each_question_is_asked_once(card: Service) -> None:
    assert [question.code for question in queries.questions_for(card)] == ["agent", "lost"]


def test_papers_are_known_without_a_query(card: Service, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's fixture
        assert names(card, agent=True)
        assert queries.questions_for(card)


def test_groups_without_a_service_are_not_shown(hall: Hall, service: Service) -> None:
    ServiceFactory.create(hall=hall, group=service.group)
    empty = ServiceFactory.create(hall=hall)
    Service.objects.filter(pk=empty.pk).delete()

    ((group, offered),) = queries.services_by_group(hall)

    assert group == service.group
    assert len(offered) == 2


def test_a_full_catalogue_is_not_filled_again(hall: Hall, service: Service, by: By) -> None:
    with pytest.raises(actions.CatalogueNotEmpty):
        actions.fill_catalogue(
            hall=hall, groups=[], conditions=[], services=[], materials=[], by=by
        )
