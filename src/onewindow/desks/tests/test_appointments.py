"""Guide and clerk find who has booked, and check them in."""

from collections.abc import Callable

import pytest

from onewindow.accounts.models import User
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.tickets.actions.appointments import book
from onewindow.tickets.models import Appointment, Ticket
from onewindow.tickets.tests.make import at
from tests.fixtures.guards import GuardedClient

Browsers = Callable[..., GuardedClient]


@pytest.fixture
def made(hall: Hall, service: Service, by: By) -> Appointment:
    """Somebody has booked two o'clock."""
    set_policy(hall, HoursPolicy(always_open=True))
    given = {"starts_at": at("14:00"), "phone": "13800001234"}
    return book(hall=hall, service=service, by=by, **given)  # type: ignore[arg-type]


def listed(browser: GuardedClient, hall: Hall, typed: str = "") -> str:
    """What the list says."""
    return browser.get(f"/s/{hall.slug}/appointments/", {"typed": typed}).content.decode()


def test_the_day_s_appointments_are_listed_without_who_they_are(
    made: Appointment, hall: Hall, guide: User, browser_for: Browsers
) -> None:
    html = listed(browser_for(guide), hall)
    assert (made.code in html, "14:00" in html, "13800001234" in html) == (True, True, False)


def test_one_is_found_by_code_or_phone(
    made: Appointment, hall: Hall, guide: User, browser_for: Browsers
) -> None:
    browser = browser_for(guide)
    assert made.code in listed(browser, hall, made.code.lower())
    assert made.code in listed(browser, hall, "138 0000 1234")
    assert "Nobody with this code" in listed(browser, hall, "13900000000")


def test_a_guide_checks_in_and_prints(
    made: Appointment, hall: Hall, guide: User, browser_for: Browsers
) -> None:
    browser = browser_for(guide)
    answer = browser.post(f"/s/{hall.slug}/appointments/{made.code}/check-in")
    ticket = Ticket.objects.get()
    assert answer.headers["Location"] == f"/s/{hall.slug}/tickets/{ticket.pk}/print/"
    assert ticket.number in listed(browser, hall)
    again = browser.post(f"/s/{hall.slug}/appointments/{made.code}/check-in")
    assert again.status_code == 409


def test_an_empty_day_says_so(hall: Hall, clerk: User, browser_for: Browsers) -> None:
    assert "Nobody has booked for today" in listed(browser_for(clerk), hall)
