"""二 Scope: departments, windows of several kinds, halls that know nothing of each other."""

from collections.abc import Callable

import pytest

from onewindow.accounts.models import User
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
