"""Signing in and out, the lockout, the password and the PIN."""

import re
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from onewindow.accounts.actions import create_user, give_role, set_pin
from onewindow.accounts.actions.people import REMEMBERED
from onewindow.accounts.lockout import FAILURES_OF_AN_ADDRESS
from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests.conftest import QuickArgon2
from onewindow.base.halls.models import Hall
from onewindow.base.trail import job
from onewindow.base.trail.models import Entry

ONCE = "Lantern-Harbour-7"
OWN = "Paper-Bridge-29"
DEVICES = "/s/east-lake/accounts/devices/"


@pytest.fixture
def newcomer(hall: Hall) -> User:
    """A hall manager on the first day, with a one-time password."""
    user = create_user(staff_number="0312", name="Newcomer", password=ONCE, by=job("init"))
    give_role(user=user, role=Role.HALL_MANAGER, hall=hall, by=job("init"))
    return user


@pytest.fixture
def settled(newcomer: User) -> User:
    """The same with a password of their own."""
    newcomer.must_change_password = False
    newcomer.save()
    return newcomer


def sign_in(
    browser: Client, password: str = ONCE, number: str = "0312", back: str = DEVICES
) -> Any:
    given = {"staff_number": number, "password": password, "next": back}
    return browser.post("/sign-in", given)


def fail(browser: Client, times: int, number: str = "0312") -> Any:
    return [sign_in(browser, "Wrong-password-1", number) for _ in range(times)][-1]


def without_tokens(page: str, number: str) -> str:
    """Return a page without what differs each time it is sent, and without the staff number."""
    return re.sub(r'(value|nonce)="[^"]{20,}"', "", page).replace(number, "")


def test_signing_in_leads_back_to_where_one_was(client: Client, settled: User) -> None:
    asked = client.get(DEVICES)
    assert asked["Location"] == f"/sign-in?next={DEVICES}"

    assert sign_in(client)["Location"] == DEVICES
    assert client.get(DEVICES).status_code == 200
    assert "user.signed-in" in Entry.objects.values_list("kind", flat=True)


def test_signing_in_never_leads_to_another_site(client: Client, settled: User) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert sign_in(client, back=elsewhere)["Location"] == "/first-page"


def test_a_wrong_password_says_so_and_keeps_the_number(client: Client, settled: User) -> None:
    no = fail(client, 1)

    assert no.status_code == 422
    assert "Staff number or password is not right." in no.text
    assert 'value="0312"' in no.text


def test_an_unknown_number_is_answered_like_a_wrong_password(client: Client, db: None) -> None:
    no = sign_in(client, number="9999")

    assert no.status_code == 422
    assert "Staff number or password is not right." in no.text


def test_an_unknown_number_takes_the_time_of_a_known_one_and_says_the_same(
    client: Client, settled: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    before = QuickArgon2.encode

    def counting(self: QuickArgon2, password: str, salt: str) -> str:
        hashed.append(password)
        return before(self, password, salt)

    monkeypatch.setattr(QuickArgon2, "encode", counting)

    unknown = sign_in(client, "Wrong-password-1", "9999")
    known = fail(client, 1)

    assert hashed[:1] == ["Wrong-password-1"]
    assert unknown.status_code == known.status_code
    assert without_tokens(unknown.text, "9999") == without_tokens(known.text, "0312")


def test_who_has_left_cannot_sign_in(client: Client, settled: User) -> None:
    settled.is_active = False
    settled.save()

    assert sign_in(client).status_code == 422


@pytest.mark.parametrize("number", ["", " ", "x" * 500, "0312\0", "🙂", "‮0312"])
def test_odd_numbers_are_refused_calmly(client: Client, db: None, number: str) -> None:
    assert sign_in(client, number=number).status_code == 422


def test_five_failures_lock_the_number_and_say_until_when(client: Client, settled: User) -> None:
    assert fail(client, 4).status_code == 422

    no = fail(client, 1)

    assert no.status_code == 429
    assert "After 5 failed sign-ins this staff number is locked." in no.text
    assert "Try again in 15 minutes, at 10:" in no.text
    assert sign_in(client).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9")).status_code == 429


def test_trying_while_locked_does_not_make_it_longer(client: Client, settled: User) -> None:
    fail(client, 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=10))

    assert "Try again in 5 minutes" in fail(client, 1).text


def test_after_fifteen_minutes_one_may_try_again(client: Client, settled: User) -> None:
    fail(client, 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))

    assert sign_in(client).status_code == 302


def test_a_right_password_forgets_the_failures_before(client: Client, settled: User) -> None:
    for _ in range(2):
        fail(client, 4)
        assert sign_in(client).status_code == 302
        client.logout()


def test_a_stranger_elsewhere_cannot_lock_one_out_of_the_own_window(settled: User) -> None:
    own = Client(REMOTE_ADDR="10.0.0.5")
    sign_in(own)
    own.logout()

    assert fail(Client(REMOTE_ADDR="203.0.113.7"), 6).status_code == 429

    assert sign_in(own).status_code == 302
    own.logout()
    assert fail(own, 5).status_code == 429


def test_one_persons_mistakes_do_not_lock_the_others_at_the_address(
    client: Client, settled: User
) -> None:
    fail(client, 6, number="1777")

    assert sign_in(client).status_code == 302


def test_an_address_that_tries_everybody_is_refused(client: Client, settled: User) -> None:
    fail(client, 1, number="1000")
    AccessAttempt.objects.update(failures_since_start=FAILURES_OF_AN_ADDRESS)

    no = sign_in(client)

    assert no.status_code == 429
    assert "Too many failed sign-ins from this network." in no.text


def test_a_typed_password_is_kept_nowhere(client: Client, settled: User) -> None:
    fail(client, 2)

    assert "Wrong-password-1" not in repr(list(AccessAttempt.objects.values()))


def test_signing_out_takes_a_post(client: Client, settled: User) -> None:
    sign_in(client)
    assert client.get("/sign-out").status_code == 405

    assert client.post("/sign-out")["Location"] == "/sign-in"

    assert client.get(DEVICES).status_code == 302
    assert "user.signed-out" in Entry.objects.values_list("kind", flat=True)


@pytest.mark.parametrize(("language", "rule"), [("en", "at least three of"), ("zh-hans", "至少")])
def test_the_rules_of_a_password_stand_below_its_field(
    client: Client, newcomer: User, language: str, rule: str
) -> None:
    sign_in(client)
    client.cookies["ow_language"] = language

    assert rule in client.get("/password").text


def test_a_one_time_password_must_be_changed_first(client: Client, newcomer: User) -> None:
    sign_in(client)
    assert client.get(DEVICES)["Location"] == "/password"
    assert client.get("/pin")["Location"] == "/password"

    done = client.post("/password", {"present": ONCE, "password": OWN, "again": OWN})

    assert done["Location"] == "/pin"
    assert client.get(DEVICES).status_code == 200
    newcomer.refresh_from_db()
    assert newcomer.check_password(OWN)
    assert newcomer.password.startswith("argon2")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Sh0rt!", "at least 10 characters"),
        ("onlysmallletters", "at least three of"),
        ("alllower123456", "at least three of"),
        ("Password123", "too common"),
        ("Sunshine@2026!", "too common"),
        ("OneWindow-2026", "too common"),
        ("Zhengwu-Dating-1", "too common"),
        ("East-Lake-2026", "too common"),
        ("Zebra-0312-Cloud", "staff number or the name"),
        ("Newcomer-Cloud-5", "staff number or the name"),
        (ONCE, "This is your present password"),
    ],
)
def test_a_weak_password_is_refused_beside_its_field(
    client: Client, newcomer: User, password: str, sentence: str
) -> None:
    sign_in(client)

    no = client.post("/password", {"present": ONCE, "password": password, "again": password})

    assert no.status_code == 422
    assert sentence in no.text
    newcomer.refresh_from_db()
    assert newcomer.check_password(ONCE)


@pytest.mark.parametrize(
    ("number", "password", "sentence"),
    [
        ("0312", "Sh0rt!", "不得少于 10 个字符"),
        ("Li-2026-0312", "Li-2026-0312x", "不得与工号或姓名相近"),
        ("0312", "Password123", "太常见"),
    ],
)
def test_a_weak_password_is_refused_in_chinese_too(
    client: Client, newcomer: User, number: str, password: str, sentence: str
) -> None:
    newcomer.staff_number = number
    newcomer.save()
    sign_in(client, number=number)
    client.cookies["ow_language"] = "zh-hans"

    no = client.post("/password", {"present": ONCE, "password": password, "again": password})

    assert no.status_code == 422
    assert sentence in no.text.split('id="id_password"')[1].split("id_again")[0]


def test_none_of_the_last_five_passwords_counts_again(client: Client, settled: User) -> None:
    had = [ONCE, *(f"Paper-Bridge-{n}" for n in range(20, 25))]
    for present, password in pairwise(had):
        sign_in(client, present)
        changed = {"present": present, "password": password, "again": password}
        assert client.post("/password", changed).status_code == 302

    def try_again(password: str) -> Any:
        given = {"present": had[-1], "password": password, "again": password}
        return client.post("/password", given)

    for password in had[1:-1]:
        assert "You have used this password before" in try_again(password).text
    assert try_again(ONCE).status_code == 302
    settled.refresh_from_db()
    assert settled.past_passwords.count() == REMEMBERED
    assert "Paper" not in repr(list(settled.past_passwords.values()))


def test_changing_the_password_needs_the_present_one_and_the_new_one_twice(
    client: Client, newcomer: User
) -> None:
    sign_in(client)

    no = client.post("/password", {"present": "Wrong-1-wrong", "password": OWN, "again": ONCE})

    assert "This is not your present password." in no.text
    assert "This is not the same as above." in no.text


def test_a_pin_is_kept_as_a_hash(client: Client, settled: User) -> None:
    sign_in(client)

    done = client.post("/pin", {"present": ONCE, "pin": "470913", "again": "470913"})

    assert done["Location"] == "/first-page"
    settled.refresh_from_db()
    assert settled.pin.startswith("argon2")


@pytest.mark.parametrize("pin", ["123", "1234567", "12a4", "1111", "1234", "98765", "٤٧١١"])
def test_a_pin_that_anybody_would_guess_is_refused(client: Client, settled: User, pin: str) -> None:
    sign_in(client)

    assert client.post("/pin", {"present": ONCE, "pin": pin, "again": pin}).status_code == 422


def test_who_has_a_pin_goes_on_after_the_password(client: Client, newcomer: User) -> None:
    set_pin(user=newcomer, pin="4709", by=job("test"))
    sign_in(client)

    done = client.post("/password", {"present": ONCE, "password": OWN, "again": OWN})

    assert done["Location"] == "/first-page"


def test_who_is_signed_in_needs_no_sign_in_page(client: Client, settled: User) -> None:
    sign_in(client)

    assert client.get(f"/sign-in?next={DEVICES}")["Location"] == DEVICES


def test_a_language_is_kept_and_leads_back(client: Client, db: None) -> None:
    done = client.post("/language", {"language": "zh-hans", "next": "/sign-in"})

    assert done["Location"] == "/sign-in"
    assert "登录" in client.get("/sign-in").text


def test_an_unknown_language_changes_nothing(client: Client, db: None) -> None:
    done = client.post("/language", {"language": "tlh", "next": "//evil.example/"})

    assert done["Location"] == "/first-page"
    assert not done.cookies


def test_a_persons_language_comes_with_them(client: Client, settled: User) -> None:
    sign_in(client)
    client.post("/language", {"language": "zh-hans", "next": "/sign-in"})

    elsewhere = Client()

    assert sign_in(elsewhere).cookies["ow_language"].value == "zh-hans"
