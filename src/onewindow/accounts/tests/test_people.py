"""People are made, helped and switched off by the system administrator, who gives no roles."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.trail.models import Entry

PEOPLE = "/s/east-lake/people/"
SECRET = re.compile(r"<code>([\w-]{19})</code>")
Browser = Callable[..., Client]


@pytest.fixture
def administrator(hall: Hall) -> User:
    """The system administrator of all halls."""
    return make.person(None, Role.SYSTEM_ADMINISTRATOR, name="System")


@pytest.fixture
def browser(administrator: User, browser_for: Browser) -> Client:
    """Their browser."""
    return browser_for(administrator)


def at(user: User, verb: str = "") -> str:
    return f"{PEOPLE}{user.pk}/{verb}"


def test_a_new_person_gets_a_password_that_is_shown_once(browser: Client, client: Client) -> None:
    made = browser.post(f"{PEOPLE}new", {"staff_number": "0301", "name": "窗口三"})

    shown = SECRET.search(browser.get(made["Location"]).text)

    person = User.objects.get(staff_number="0301")
    assert shown
    assert person.check_password(shown[1])
    assert person.must_change_password
    assert not person.memberships.exists()
    assert not SECRET.search(browser.get(made["Location"]).text)


def test_a_staff_number_that_is_taken_is_said_beside_the_field(
    browser: Client, clerk: User
) -> None:
    no = browser.post(f"{PEOPLE}new", {"staff_number": clerk.staff_number, "name": "Typed"})

    assert no.status_code == 422
    assert 'value="Typed"' in no.text
    assert "already exists" in no.text


def test_people_are_found_by_number_name_role_and_state(
    browser: Client, clerk: User, guide: User, stranger: User
) -> None:
    def found(**asked: str) -> set[str]:
        text = browser.get(PEOPLE, asked).text
        return {one.name for one in (clerk, guide, stranger) if f">{one.name}<" in text}

    assert found() == {"Clerk", "Guide", "Stranger"}  # who administers all halls sees everybody
    assert found(q=clerk.staff_number) == {"Clerk"}
    assert found(q="guid") == {"Guide"}
    assert found(role="guide") == {"Guide"}
    assert found(state="off") == set()
    assert found(role="none") == set()


def test_the_list_asks_the_database_no_more_for_more_people(browser: Client, hall: Hall) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            browser.get(PEOPLE)
        return len(seen)

    asked()
    few = asked()
    for _ in range(12):
        make.person(hall, Role.CLERK, Role.GUIDE)
    assert asked() == few


def test_a_reset_password_counts_for_once_and_opens_the_number(
    browser: Client, clerk: User
) -> None:
    shown = SECRET.search(browser.get(browser.post(at(clerk, "password"))["Location"]).text)

    clerk.refresh_from_db()
    assert shown
    assert clerk.check_password(shown[1])
    assert clerk.must_change_password


def test_the_badge_name_is_changed_and_its_history_names_who(
    browser: Client, clerk: User, administrator: User
) -> None:
    browser.post(at(clerk), {"name": "Li Na", "language": "en"})

    clerk.refresh_from_db()
    page = browser.get(at(clerk, "history")).text
    assert (clerk.name, clerk.language) == ("Li Na", "en")
    assert f"System ({administrator.staff_number})" in page
    assert "another badge name" in page
    assert "Li Na" not in str(Entry.objects.get(kind="user.changed").data)


def test_who_is_switched_off_is_signed_out_at_once_and_may_come_back(
    browser: Client, clerk: User, browser_for: Browser
) -> None:
    at_work = browser_for(clerk)
    browser.post(at(clerk, "activity"), {"on": "0"})

    assert "/sign-in" in at_work.get("/s/east-lake/desk/")["Location"]
    browser.post(at(clerk, "activity"), {"on": "1"})
    clerk.refresh_from_db()
    assert clerk.is_active


def test_nobody_switches_off_themselves_or_the_last_system_administrator(
    browser: Client, administrator: User, hall: Hall
) -> None:
    second = make.person(hall, Role.SYSTEM_ADMINISTRATOR)

    assert browser.post(at(administrator, "activity"), {"on": "0"}).status_code == 403
    assert browser.post(at(administrator, "password")).status_code == 403
    assert browser.post(at(second, "activity"), {"on": "0"}).status_code == 302
    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_pin_is_taken_away_and_a_locked_number_opened(
    browser: Client, clerk: User, client: Client
) -> None:
    User.objects.filter(pk=clerk.pk).update(pin="hashed")
    for _ in range(5):
        client.post("/sign-in", {"staff_number": clerk.staff_number, "password": "wrong"})
    assert ">locked<" in browser.get(at(clerk)).text

    browser.post(at(clerk, "unlock"))
    browser.post(at(clerk, "pin"))

    clerk.refresh_from_db()
    assert clerk.pin == ""
    assert ">locked<" not in browser.get(at(clerk)).text


def test_a_halls_own_administrator_changes_nobody_who_works_elsewhere_too(
    hall: Hall, other_hall: Hall, stranger: User, clerk: User, browser_for: Browser
) -> None:
    own = browser_for(make.person(hall, Role.SYSTEM_ADMINISTRATOR))
    make.MembershipFactory.create(user=clerk, hall=other_hall)
    newcomer = make.UserFactory.create()

    assert own.get(at(stranger)).status_code == 404
    assert own.post(at(stranger, "password")).status_code == 404
    assert own.post(at(clerk, "password")).status_code == 403
    assert own.post(at(newcomer, "password")).status_code == 302


@pytest.mark.parametrize("verb", ["", "password", "pin", "unlock", "activity"])
def test_the_security_administrator_changes_no_people(
    hall: Hall, clerk: User, browser_for: Browser, verb: str
) -> None:
    security = browser_for(make.person(None, Role.SECURITY_ADMINISTRATOR))

    no = security.post(at(clerk, verb), {"on": "0", "name": "Other"})

    clerk.refresh_from_db()
    assert no.status_code == 403
    assert (clerk.name, clerk.is_active) == ("Clerk", True)
