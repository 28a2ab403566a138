"""The second factor: asked after the password, each code once, required of administrators."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from onewindow.accounts import totp
from onewindow.accounts.actions import (
    create_user,
    give_role,
    reset_second_factor,
    set_up_second_factor,
)
from onewindow.accounts.models import SecondFactor, User
from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.trail import job
from onewindow.base.trail.models import Entry
from tests.fixtures.world import Clock

PASSWORD = "Lantern-Harbour-7"
DEVICES = "/s/east-lake/accounts/devices/"
SET_UP = "/account/second-factor"
Browser = Callable[..., Client]


def newcomer(hall: Hall, role: Role) -> User:
    """Somebody with a password of their own."""
    user = create_user(staff_number="0312", name="Lin", password=PASSWORD, by=job("test"))
    give_role(user=user, role=role, hall=hall, by=job("test"))
    user.must_change_password = False
    user.save()
    return user


@pytest.fixture
def manager(hall: Hall) -> User:
    """A hall manager, who need not have a second factor."""
    return newcomer(hall, Role.HALL_MANAGER)


@pytest.fixture
def administrator(hall: Hall) -> User:
    """A system administrator before the first sign-in."""
    return newcomer(hall, Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def secret(manager: User, clock: Clock) -> str:
    """What the manager's phone knows; the code that confirmed it is half a minute old."""
    secret = totp.new_secret()
    code = totp.code_now(secret)
    assert set_up_second_factor(user=manager, secret=secret, code=code, by=job("test"))
    clock.forward(seconds=totp.STEP_S)
    return secret


def first_step(browser: Client, password: str = PASSWORD) -> Any:
    return browser.post("/sign-in", {"staff_number": "0312", "password": password, "next": DEVICES})


def second_step(browser: Client, code: str) -> Any:
    return browser.post("/sign-in/code", {"code": code})


def offered(browser: Client) -> tuple[str, dict[str, str]]:
    """Open the page that sets it up: the key it shows, and what its form sends back."""
    page = browser.get(SET_UP).text
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    offer = re.search(r'name="offer" value="([^"]+)"', page)
    assert key
    assert offer
    return key[1].replace(" ", ""), {"offer": offer[1]}


def test_the_code_is_asked_after_the_password_and_leads_on(client: Client, secret: str) -> None:
    assert first_step(client)["Location"] == "/sign-in/code"
    assert client.get(DEVICES).status_code == 302

    assert second_step(client, totp.code_now(secret))["Location"] == DEVICES

    assert client.get(DEVICES).status_code == 200


def test_without_the_password_nobody_is_asked_for_a_code(client: Client, secret: str) -> None:
    assert first_step(client, "Wrong-password-1").status_code == 422

    assert second_step(client, totp.code_now(secret))["Location"] == "/sign-in"
    assert client.get(DEVICES).status_code == 302


def test_a_code_counts_once(secret: str) -> None:
    code = totp.code_now(secret)
    for browser, status in ((Client(), 302), (Client(), 422)):
        first_step(browser)
        assert second_step(browser, code).status_code == status


def test_a_phone_may_be_half_a_minute_off_and_no_more(client: Client, secret: str) -> None:
    first_step(client)
    for ahead in (-2, 2):
        assert second_step(client, totp.code_now(secret, ahead)).status_code == 422

    assert second_step(client, totp.code_now(secret, 1)).status_code == 302


def test_a_code_older_than_the_last_one_counts_no_more(secret: str, clock: Clock) -> None:
    clock.forward(seconds=totp.STEP_S)
    early, late = totp.code_now(secret, -1), totp.code_now(secret)
    for code, status in ((late, 302), (early, 422)):
        browser = Client()
        first_step(browser)
        assert second_step(browser, code).status_code == status


def test_five_wrong_codes_lock_the_number_for_the_password_too(client: Client, secret: str) -> None:
    first_step(client)
    for _ in range(4):
        assert second_step(client, "000000").status_code == 422

    assert second_step(client, "000000").status_code == 429

    assert second_step(client, totp.code_now(secret)).status_code == 429
    assert first_step(Client(REMOTE_ADDR="10.0.0.9")).status_code == 429


def test_the_password_again_does_not_give_five_more_codes(client: Client, secret: str) -> None:
    for _ in range(4):
        first_step(client)
        second_step(client, "000000")

    assert first_step(client).status_code == 302
    assert second_step(client, "000000").status_code == 429


def test_the_second_step_waits_five_minutes(client: Client, secret: str, clock: Clock) -> None:
    first_step(client)
    clock.forward(minutes=6)

    assert client.get("/sign-in/code")["Location"] == "/sign-in"


def test_a_password_changed_in_between_asks_for_the_first_step_again(
    client: Client, manager: User, secret: str
) -> None:
    first_step(client)
    manager.set_password("Paper-Bridge-29")
    manager.save()

    assert second_step(client, totp.code_now(secret))["Location"] == "/sign-in"


def test_nothing_of_a_code_is_kept_where_attempts_are_counted(client: Client, secret: str) -> None:
    first_step(client)
    second_step(client, "k7mqa-w2xdq")

    with connection.cursor() as cursor:
        cursor.execute("SELECT post_data FROM axes_accessattempt")
        assert "k7mqa" not in repr(cursor.fetchall())


def test_an_administrator_reaches_no_page_before_the_second_factor(
    client: Client, administrator: User, hall: Hall, other_hall: Hall
) -> None:
    give_role(user=administrator, role=Role.CLERK, hall=other_hall, by=job("test"))
    first_step(client)

    for page in (DEVICES, "/s/west-gate/accounts/devices/", "/account/", "/pin"):
        assert client.get(page)["Location"] == SET_UP, page

    secret, given = offered(client)
    done = client.post(SET_UP, given | {"code": totp.code_now(secret)})
    assert done["Location"] == "/account/recovery-codes"
    assert client.get(DEVICES).status_code == 200


def test_the_first_sign_in_leads_from_the_password_through_the_second_factor_to_the_pin(
    client: Client, administrator: User
) -> None:
    administrator.must_change_password = True
    administrator.save()
    own = "Paper-Bridge-29"

    first_step(client)
    assert client.get(SET_UP)["Location"] == "/password"
    client.post("/password", {"present": PASSWORD, "password": own, "again": own})
    assert client.get("/pin")["Location"] == SET_UP
    secret, given = offered(client)
    client.post(SET_UP, given | {"code": totp.code_now(secret)})

    assert 'href="/pin"' in client.get("/account/recovery-codes").text


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "１２３４５６"])
def test_a_wrong_code_confirms_nothing_and_the_key_stays(
    browser_for: Browser, manager: User, code: str
) -> None:
    browser = browser_for(manager)
    secret, given = offered(browser)

    no = browser.post(SET_UP, given | {"present": PASSWORD, "code": code})

    assert no.status_code == 422
    assert totp.to_type(secret) in no.text
    assert not SecondFactor.objects.exists()


def test_a_key_that_was_offered_to_another_is_not_taken(
    browser_for: Browser, manager: User, clerk: User
) -> None:
    theirs, given = offered(browser_for(clerk))

    no = browser_for(manager).post(
        SET_UP, given | {"present": PASSWORD, "code": totp.code_now(theirs)}
    )

    assert no.status_code == 422
    assert theirs not in no.text.replace(" ", "")


def test_another_phone_needs_the_password_and_ends_the_first(
    browser_for: Browser, manager: User, secret: str
) -> None:
    browser = browser_for(manager)
    new, given = offered(browser)
    code = {"code": totp.code_now(new)}
    assert browser.post(SET_UP, given | code | {"present": "Wrong-1-wrong"}).status_code == 422

    assert browser.post(SET_UP, given | code | {"present": PASSWORD}).status_code == 302

    first_step(elsewhere := Client())
    assert second_step(elsewhere, totp.code_now(secret)).status_code == 422


def test_the_database_cannot_read_the_key(manager: User, secret: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_secondfactor")
        assert secret not in repr(cursor.fetchall())


def codes_of(browser: Client) -> list[str]:
    """Make new recovery codes and read them from the page that shows them once."""
    made = browser.post("/account/recovery-codes/new", {"present": PASSWORD})
    return re.findall(r"<li><code>([^<]+)</code>", browser.get(made["Location"]).text)


def test_recovery_codes_are_shown_once_and_each_counts_once(
    browser_for: Browser, manager: User, secret: str
) -> None:
    browser = browser_for(manager)
    codes = codes_of(browser)
    assert len(set(codes)) == totp.SPARE
    assert codes[0] not in browser.get("/account/recovery-codes").text

    for status in (302, 422):
        first_step(elsewhere := Client())
        assert second_step(elsewhere, f" {codes[3].upper()} ").status_code == status

    assert manager.recovery_codes.count() == totp.SPARE - 1


def test_who_comes_with_a_recovery_code_is_told_how_many_are_left(
    browser_for: Browser, client: Client, manager: User, secret: str
) -> None:
    code = codes_of(browser_for(manager))[0]
    first_step(client)
    second_step(client, code)

    assert "That recovery code counts no more. 9 are left." in client.get(DEVICES).text


def test_new_recovery_codes_end_the_old_ones(
    browser_for: Browser, manager: User, secret: str
) -> None:
    browser = browser_for(manager)
    old, _new = codes_of(browser), codes_of(browser)

    first_step(elsewhere := Client())
    assert second_step(elsewhere, old[0]).status_code == 422


def test_recovery_codes_are_of_one_person(
    browser_for: Browser, client: Client, hall: Hall, manager: User, secret: str
) -> None:
    other = make.person(hall, Role.CLERK)
    codes = set_up_second_factor(
        user=other, secret=(key := totp.new_secret()), code=totp.code_now(key), by=job("test")
    )
    assert codes

    first_step(client)
    assert second_step(client, codes[0]).status_code == 422


def test_who_need_not_have_it_may_turn_it_off_and_an_administrator_may_not(
    browser_for: Browser, client: Client, manager: User, secret: str
) -> None:
    browser, confirmed = browser_for(manager), {"present": PASSWORD}
    assert "My account" in browser.get("/account/").text
    give_role(user=manager, role=Role.AUDIT_ADMINISTRATOR, by=job("test"))
    no = browser.post(f"{SET_UP}/off", confirmed)
    assert no.status_code == 409
    assert "An administrator keeps the second factor." in no.text

    manager.memberships.filter(role=Role.AUDIT_ADMINISTRATOR).delete()
    assert browser.post(f"{SET_UP}/off", confirmed)["Location"] == "/account/"

    assert first_step(client)["Location"] == DEVICES


def test_after_a_reset_the_password_is_enough_and_an_administrator_sets_up_another(
    client: Client, manager: User, secret: str
) -> None:
    give_role(user=manager, role=Role.SYSTEM_ADMINISTRATOR, by=job("test"))

    reset_second_factor(user=manager, by=job("test"))

    assert first_step(client)["Location"] == DEVICES
    assert client.get(DEVICES)["Location"] == SET_UP
    assert not manager.recovery_codes.exists()


def test_a_hall_for_trying_may_do_without(
    client: Client, administrator: User, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    first_step(client)

    assert client.get(DEVICES).status_code == 200


def test_all_of_it_stands_on_the_trail_and_no_code_does(
    browser_for: Browser, client: Client, manager: User, secret: str
) -> None:
    code = codes_of(browser_for(manager))[0]
    first_step(client)
    second_step(client, code)
    reset_second_factor(user=manager, by=job("test"))

    kinds = Entry.objects.filter(kind__startswith="second-factor.").values_list("kind", flat=True)
    assert set(kinds) == {
        "second-factor.set-up",
        "second-factor.codes-renewed",
        "second-factor.recovery-code-used",
        "second-factor.reset",
    }
    assert totp.plain(code) not in repr(list(Entry.objects.values()))
