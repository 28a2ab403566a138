"""Another hall of the organisation is made like this one, by who sets up all of them."""

from collections.abc import Callable

import pytest
from django.test import Client

from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.desks.tests.sheets import SETUP, administrator

__all__ = ["administrator"]

Browser = Callable[..., Client]
HALLS = f"{SETUP}halls/"
HARBOUR = {"name-zh-Hans": "港区大厅", "name-en": "Harbour hall", "slug": "harbour"}


@pytest.fixture
def everywhere(browser_for: Browser, hall: Hall) -> Client:
    """The browser of the system administrator of all halls."""
    return browser_for(make.person(None, Role.SYSTEM_ADMINISTRATOR))


@pytest.mark.clause("二", screen="set-up")
def test_another_hall_offers_the_same_and_is_set_up_next(everywhere: Client, hall: Hall) -> None:
    ServiceFactory.create(hall=hall, code="HK-01")
    answer = everywhere.post(HALLS, HARBOUR)
    assert answer.headers["Location"] == "/s/harbour/setup/"
    made = Hall.objects.get(slug="harbour")
    assert Service.objects.filter(hall=made, code="HK-01").exists()
    assert made.organisation == hall.organisation
    assert Entry.objects.get(kind="hall.added").data["like"] == hall.slug
    page = everywhere.get(HALLS).text
    assert 'href="/s/harbour/setup/"' in page


@pytest.mark.parametrize("slug", ["east-lake", "two words", ""])
def test_a_short_name_that_is_taken_or_none_is_said_beside_it_and_nothing_is_lost(
    everywhere: Client, slug: str
) -> None:
    answer = everywhere.post(HALLS, HARBOUR | {"slug": slug})
    assert answer.status_code == 422
    assert answer.context["form"].errors["slug"]
    assert "Harbour hall" in answer.text
    assert Hall.objects.count() == 1


def test_who_sets_up_one_hall_sees_it_alone_and_makes_no_other(
    administrator: Client, hall: Hall, other_hall: Hall
) -> None:
    page = administrator.get(HALLS).text
    assert "A system administrator of all halls makes another one." in page
    assert other_hall.slug not in page
    assert administrator.post(HALLS, HARBOUR).status_code == 403
    assert not Hall.objects.filter(slug="harbour").exists()
