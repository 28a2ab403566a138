"""The three administrators are kept apart (decision 0016)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from onewindow.accounts.actions import deactivate, give_role, take_role
from onewindow.accounts.actions.roles import AuditStandsAlone, LastOfThem, OneEach, OwnRole
from onewindow.accounts.models import Membership, User
from onewindow.accounts.rules import Apart, apart
from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By, job

SYSTEM, SECURITY = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR
AUDIT = Role.AUDIT_ADMINISTRATOR
BY = job("test")
Browser = Callable[..., Client]


@pytest.fixture
def security(hall: Hall) -> User:
    """The security administrator of all halls."""
    return make.person(None, SECURITY, name="Security")


@pytest.fixture
def browser(security: User, browser_for: Browser) -> Client:
    """Their browser."""
    return browser_for(security)


def gives(browser: Client, user: User, role: Role, where: str = "here", **more: Any) -> Any:
    address = f"/s/east-lake/people/{user.pk}/roles"
    return browser.post(address, {"role": role.value, "where": where, **more})


def test_the_security_administrator_gives_and_takes_a_role(
    browser: Client, clerk: User, security: User, hall: Hall
) -> None:
    assert gives(browser, clerk, Role.GUIDE).status_code == 302

    given = Membership.objects.get(user=clerk, role=Role.GUIDE)
    assert (given.hall, given.given_by) == (hall, security.staff_number)
    assert given.given_at
    page = browser.get(f"/s/east-lake/people/{clerk.pk}/history").text
    assert "role given" in page

    browser.post(f"/s/east-lake/people/{clerk.pk}/roles/{given.pk}/take")
    assert not Membership.objects.filter(pk=given.pk).exists()
    assert "role taken" in browser.get(f"/s/east-lake/people/{clerk.pk}/history").text


def test_nobody_gives_a_role_to_themselves(browser: Client, security: User) -> None:
    assert gives(browser, security, Role.CLERK).status_code == 403
    assert security.memberships.count() == 1
    with pytest.raises(OwnRole):
        give_role(user=security, role=Role.CLERK, by=By("user", security.pk))


def test_the_system_administrator_gives_no_roles(
    hall: Hall, clerk: User, browser_for: Browser
) -> None:
    system = browser_for(make.person(None, SYSTEM))

    assert gives(system, clerk, Role.HALL_MANAGER).status_code == 403
    assert "A security administrator gives" in system.get(f"/s/east-lake/people/{clerk.pk}/").text


def test_a_halls_own_security_administrator_gives_roles_there_alone(
    hall: Hall, other_hall: Hall, clerk: User, stranger: User, browser_for: Browser
) -> None:
    own = browser_for(make.person(hall, SECURITY))
    everywhere = make.MembershipFactory.create(user=clerk, hall=None, role=Role.GUIDE)

    assert gives(own, clerk, Role.GUIDE, "all").status_code == 422
    assert gives(own, stranger, Role.GUIDE).status_code == 404
    taken = own.post(f"/s/east-lake/people/{clerk.pk}/roles/{everywhere.pk}/take")
    assert taken.status_code == 403
    assert gives(own, clerk, Role.DUTY_MANAGER).status_code == 302


@pytest.mark.parametrize(("first", "then"), [(AUDIT, SYSTEM), (AUDIT, SECURITY), (SYSTEM, AUDIT)])
def test_audit_is_always_alone_by_action_and_by_database(
    hall: Hall, other_hall: Hall, clerk: User, first: Role, then: Role
) -> None:
    give_role(user=clerk, role=first, hall=hall, by=BY)

    with pytest.raises(AuditStandsAlone):
        give_role(user=clerk, role=then, hall=other_hall, by=BY)
    with pytest.raises(DatabaseError), transaction.atomic():
        Membership.objects.create(user=clerk, role=then, hall=other_hall)
    other = make.MembershipFactory.create(user=clerk, hall=other_hall)
    with pytest.raises(DatabaseError), transaction.atomic():
        Membership.objects.filter(pk=other.pk).update(role=then)


def test_system_and_security_are_one_person_only_in_a_small_organisation(
    clerk: User, guide: User, settings: Any
) -> None:
    for one in (clerk, guide):
        give_role(user=one, role=SYSTEM, by=BY)
    give_role(user=guide, role=SECURITY, by=BY)
    settings.ONE_ADMINISTRATOR_BELOW = 2

    with pytest.raises(OneEach) as no:
        give_role(user=clerk, role=SECURITY, by=BY)
    assert "From 2 people on" in str(no.value)


def test_an_organisation_that_has_grown_is_told_to_part_them(
    hall: Hall, browser_for: Browser, settings: Any
) -> None:
    both = browser_for(make.person(None, SYSTEM, SECURITY))
    assert "are two people" not in both.get("/s/east-lake/people/").text
    settings.ONE_ADMINISTRATOR_BELOW = 1

    assert "are two people" in both.get("/s/east-lake/people/").text
    assert "Nobody reads the history yet" in both.get("/s/east-lake/people/").text


@pytest.mark.parametrize("role", [SYSTEM, SECURITY])
def test_the_last_one_stays(hall: Hall, clerk: User, guide: User, role: Role) -> None:
    only = give_role(user=clerk, role=role, by=BY)

    with pytest.raises(LastOfThem):
        take_role(member=only, by=BY)
    with pytest.raises(LastOfThem):
        deactivate(user=clerk, by=BY)
    give_role(user=guide, role=role, by=BY)
    take_role(member=only, by=BY)
    assert not clerk.memberships.filter(role=role).exists()


def test_another_halls_administrator_is_no_other(
    hall: Hall, other_hall: Hall, clerk: User, stranger: User
) -> None:
    only = give_role(user=clerk, role=SYSTEM, hall=hall, by=BY)
    give_role(user=stranger, role=SYSTEM, hall=other_hall, by=BY)

    with pytest.raises(LastOfThem):
        take_role(member=only, by=BY)


def test_who_may_be_what_together() -> None:
    assert apart(AUDIT, {SYSTEM}, small=True) == Apart.AUDIT
    assert apart(SECURITY, {AUDIT}, small=True) == Apart.AUDIT
    assert apart(SECURITY, {SYSTEM}, small=False) == Apart.SIZE
    assert apart(SECURITY, {SYSTEM}, small=True) is None
    assert apart(AUDIT, {Role.CLERK, AUDIT}, small=False) is None
    assert apart(Role.CLERK, {AUDIT}, small=False) is None


def test_a_lost_phone_is_answered_by_the_security_administrator_alone(
    hall: Hall, browser: Client, browser_for: Browser, security: User
) -> None:
    lost, system = make.person(None, SYSTEM), make.person(None, SYSTEM)
    address = "/s/east-lake/accounts/security/{}/reset"

    assert browser_for(system).post(address.format(lost.pk)).status_code == 403
    assert browser.post(address.format(security.pk)).status_code == 403
    assert browser.post(address.format(lost.pk)).status_code == 302
    lost.refresh_from_db()
    assert lost.second_factor_since is None
