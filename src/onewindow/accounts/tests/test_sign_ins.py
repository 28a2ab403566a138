"""Where somebody is signed in: listed, ended from elsewhere, out at the next request."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.accounts.actions import create_user, give_role, reset_second_factor, set_password
from onewindow.accounts.actions.sign_ins import purge
from onewindow.accounts.browsers import in_words
from onewindow.accounts.models import SignIn, User
from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.halls.tests.make import HallFactory
from onewindow.base.trail import job
from onewindow.base.trail.models import Entry

Browser = Callable[..., Client]
PASSWORD, OWN = "Lantern-Harbour-7", "Paper-Bridge-29"
DEVICES = "/s/east-lake/accounts/devices/"
GUARDED = "/s/east-lake/accounts/security/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0"


@pytest.fixture
def lin(hall: Hall) -> User:
    """A hall manager with a password."""
    user = create_user(staff_number="0312", name="Lin", password=PASSWORD, by=job("test"))
    give_role(user=user, role=Role.HALL_MANAGER, hall=hall, by=job("test"))
    user.must_change_password = False
    user.save()
    return user


def signed_in(agent: str = DESK, address: str = "10.0.0.5") -> Client:
    browser = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    done = browser.post("/sign-in", {"staff_number": "0312", "password": PASSWORD})
    assert done.status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return browser.get(DEVICES).status_code == 200


def test_my_account_says_where_i_am_signed_in(lin: User) -> None:
    signed_in(PHONE, "10.0.0.9")
    page = signed_in().get("/account/").text

    assert "Edge · Windows" in page
    assert "Safari · iPhone" in page
    assert "10.0.0.9" in page
    assert page.count(">here<") == 1


def test_one_of_them_is_ended_and_out_at_its_next_request(lin: User) -> None:
    phone, desk = signed_in(PHONE), signed_in()
    of_phone = SignIn.objects.get(agent=PHONE)

    desk.post(f"/account/sign-ins/{of_phone.pk}/end")

    assert not is_in(phone)
    assert is_in(desk)
    assert Entry.objects.filter(kind="user.sign-ins-ended").exists()


def test_all_others_are_ended_with_one_click(lin: User) -> None:
    others, desk = [signed_in(PHONE), signed_in()], signed_in()

    desk.post("/account/sign-ins/end")

    assert [is_in(one) for one in (*others, desk)] == [False, False, True]


def test_nobody_ends_the_sign_in_of_another(lin: User, clerk: User, browser_for: Browser) -> None:
    desk = signed_in()

    browser_for(clerk).post(f"/account/sign-ins/{SignIn.objects.get().pk}/end")

    assert is_in(desk)


def test_a_new_password_ends_all_others_and_keeps_this_one_listed(lin: User) -> None:
    phone, desk = signed_in(PHONE), signed_in()

    desk.post("/password", {"present": PASSWORD, "password": OWN, "again": OWN})

    assert not is_in(phone)
    page = desk.get("/account/").text
    assert "Edge · Windows" in page
    assert "Safari · iPhone" not in page


def test_a_password_given_by_others_ends_every_sign_in(lin: User) -> None:
    desk = signed_in()

    set_password(user=lin, password=OWN, by=job("test"), for_once=True)

    assert not is_in(desk)


def test_a_reset_second_factor_ends_every_sign_in(lin: User, clock: Any) -> None:
    desk = signed_in()
    lin.second_factor_since = clock.now
    lin.save()

    reset_second_factor(user=lin, by=job("test"))

    assert not is_in(desk)


def test_signing_in_changes_the_key_of_the_session(client: Client, lin: User) -> None:
    planted = client.session
    planted["anything"] = 1
    planted.save()
    client.cookies["ow_session"] = planted.session_key or ""

    client.post("/sign-in", {"staff_number": "0312", "password": PASSWORD})

    assert client.session.session_key != planted.session_key
    thief = Client()
    thief.cookies["ow_session"] = planted.session_key or ""
    assert not is_in(thief)


def test_who_signs_out_is_listed_no_more(lin: User) -> None:
    signed_in(PHONE).post("/sign-out")

    assert "iPhone" not in signed_in().get("/account/").text
    assert purge() == 1


def test_the_security_administrator_ends_those_of_a_person_and_resets(
    lin: User, browser_for: Browser, clock: Any
) -> None:
    guard = browser_for(make.person(None, Role.SECURITY_ADMINISTRATOR))
    desk = signed_in()
    page = f"{GUARDED}{lin.pk}/"
    assert "Lin" in guard.get(GUARDED).text
    assert "Edge · Windows" in guard.get(page).text

    assert guard.post(f"{page}end")["Location"] == page
    assert not is_in(desk)

    lin.second_factor_since = clock.now
    lin.save()
    guard.post(f"{page}reset")
    lin.refresh_from_db()
    assert lin.second_factor_since is None
    assert Entry.objects.filter(kind="second-factor.reset", by_kind="user").exists()


def test_the_people_of_another_hall_are_not_there(
    stranger: User, hall: Hall, browser_for: Browser
) -> None:
    guard = browser_for(make.person(hall, Role.SECURITY_ADMINISTRATOR))

    for verb in ("", "end", "reset"):
        assert guard.post(f"{GUARDED}{stranger.pk}/{verb}").status_code in (404, 405)
    assert guard.get(f"{GUARDED}{stranger.pk}/").status_code == 404


def test_a_halls_own_security_administrator_leaves_alone_who_works_elsewhere_too(
    lin: User, hall: Hall, browser_for: Browser, clock: Any
) -> None:
    lin.second_factor_since = clock.now
    lin.save()
    give_role(user=lin, role=Role.CLERK, hall=HallFactory.create(), by=job("test"))
    desk = SignIn.objects.create(user=lin, session="desk", address="10.0.0.5", since=clock.now)
    guard = browser_for(make.person(hall, Role.SECURITY_ADMINISTRATOR))
    page = f"{GUARDED}{lin.pk}/"
    shown = guard.get(page).text
    assert "works in other halls too" in shown
    assert f'action="{page}' not in shown

    for verb in ("end", "reset"):
        assert guard.post(f"{page}{verb}").status_code == 403

    lin.refresh_from_db()
    assert lin.second_factor_since is not None
    assert SignIn.objects.filter(pk=desk.pk).exists()


def test_nobody_resets_their_own_second_factor_without_the_password(
    hall: Hall, browser_for: Browser
) -> None:
    me = make.person(hall, Role.SECURITY_ADMINISTRATOR)
    guard, page = browser_for(me), f"{GUARDED}{me.pk}/"
    assert f"{page}reset" not in guard.get(page).text

    assert guard.post(f"{page}reset").status_code == 403

    me.refresh_from_db()
    assert me.second_factor_since is not None


def test_the_page_of_a_person_leads_there_for_those_who_may(
    lin: User, hall: Hall, browser_for: Browser
) -> None:
    page, there = f"/s/east-lake/people/{lin.pk}/", f'href="{GUARDED}{lin.pk}/"'

    assert there in browser_for(make.person(hall, Role.SECURITY_ADMINISTRATOR)).get(page).text
    assert there not in browser_for(make.person(hall, Role.SYSTEM_ADMINISTRATOR)).get(page).text


def test_the_list_asks_the_database_no_more_often_for_more_people(
    hall: Hall, lin: User, browser_for: Browser
) -> None:
    guard = browser_for(make.person(hall, Role.SECURITY_ADMINISTRATOR))
    guard.get(GUARDED)  # begins the idle time

    asked = []
    for more in (0, 12):
        for _ in range(more):
            make.person(hall, Role.CLERK)
        with CaptureQueriesContext(connection) as statements:
            guard.get(GUARDED)
        asked.append(len(statements))

    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (DESK, "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0", "Firefox · Linux"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120 MicroMessenger/8.0", "微信 WeChat · Android"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(agent: str, words: str) -> None:
    assert in_words(agent) == words
