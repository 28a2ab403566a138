"""二 Scope: departments, windows of several kinds, halls that know nothing of each other."""

from collections.abc import Callable

import pytest

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests.make import person
from onewindow.floor.models import Window
from onewindow.floor.queries import windows
from onewindow.floor.tests.make import ZoneFactory
from tests.acceptance.conftest import People
from tests.fixtures.guards import GuardedClient


@pytest.mark.clause("二", screen="desk")
def test_nobody_works_in_a_hall_that_is_not_theirs(
    people: People, stranger: User, browser_for: Callable[..., GuardedClient]
) -> None:
    ticket = people.take()
    elsewhere = browser_for(stranger)
    assert elsewhere.get(people.desk).status_code == 404
    panel = f"/s/{people.place.hall.slug}/tickets/window/5/"
    assert elsewhere.get(panel).status_code == 404
    assert elsewhere.post(panel + "next").status_code == 404
    ticket.refresh_from_db()
    assert ticket.state == "waiting"


@pytest.mark.clause("二", screen="set-up")
@pytest.mark.parametrize(
    "kind", ["business", "customer_service", "information", "one_stop", "mobile"]
)
def test_windows_of_every_kind_are_set_up_by_hand_and_opened(
    people: People, browser_for: Callable[..., GuardedClient], kind: str
) -> None:
    hall = people.place.hall
    sets_up = browser_for(person(hall, Role.SYSTEM_ADMINISTRATOR))
    zone = ZoneFactory.create(hall=hall)
    pages = f"/s/{hall.slug}/setup/"
    given = {"code": "tax", "name-en": "Tax", "name-zh-Hans": "税务局"}
    assert sets_up.post(pages + "departments/new", given).status_code == 302
    tax = hall.departments.get(code="tax")
    typed = {"label": "31", "kind": kind, "zone": zone.pk, "department": tax.pk, "position": 0}
    assert sets_up.post(pages + "windows/new", typed).status_code == 302
    hall.refresh_from_db()
    made = next(one for one in windows(hall) if one.label == "31")
    assert (made.kind, made.department, made.zone) == (kind, tax, zone)
    assert people.clerk.post(people.desk + "open", {"window": "31"}).status_code == 302
    assert "31" in people.see_desk()
    assert Window.objects.get(label="31").sessions.filter(closed_at=None).exists()
