"""People on the command line: added, given roles, helped when a password is forgotten."""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from onewindow.accounts import totp
from onewindow.accounts.actions import set_up_second_factor
from onewindow.accounts.models import User
from onewindow.accounts.queries import roles
from onewindow.accounts.states import Role
from onewindow.base.halls.models import Hall
from onewindow.base.trail import job
from onewindow.base.trail.models import Entry
from onewindow.config import cli
from onewindow.config.commands import user as people

GOOD, POOR = "Plum-and-Rain-7", "password12"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(db: None, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("create", "0301")``: what came of it, what stands on the outputs."""

    def onewindow_user(*words: str) -> tuple[int, str, str]:
        code = cli.main(["user", *words])
        return code, *capsys.readouterr()

    return onewindow_user


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``types("a", "b")``: somebody sits at a terminal and answers so."""

    def answers(*typed: str) -> None:
        waiting = iter(typed)
        monkeypatch.setattr(sys, "stdin", Terminal())
        monkeypatch.setattr(people, "getpass", lambda _asked: next(waiting))

    return answers


class Terminal:
    """Where a person sits."""

    def isatty(self) -> bool:
        return True


def signs_in(number: str, password: str) -> Any:
    sent = {"staff_number": number, "password": password}
    return Client().post(reverse("accounts:sign_in"), sent)


def test_a_person_is_added_with_a_password_that_stands_alone(run: Run, hall: Hall) -> None:
    words = ("--name", "窗口三", "--role", "clerk", "guide", "--hall", hall.slug)
    code, out, err = run("create", "0301", *words)
    person = User.objects.get(staff_number="0301")
    assert (code, len(out.split()), person.name) == (0, 1, "窗口三")
    assert person.check_password(out.strip())
    assert person.must_change_password
    assert {one.role for one in roles(person, hall)} == {Role.CLERK, Role.GUIDE}
    assert "as clerk, guide in east-lake" in err
    assert out.strip() not in err
    kinds = Entry.objects.filter(by_label="onewindow user").values_list("kind", flat=True)
    assert sorted(kinds) == ["role.given", "role.given", "user.made"]


def test_a_person_without_name_and_role_may_be_added(run: Run) -> None:
    assert run("create", "0301")[0] == 0
    assert User.objects.get().name == "0301"
    assert not User.objects.get().memberships.exists()


def test_a_password_may_be_typed_and_is_not_printed(run: Run, types: Any) -> None:
    types(GOOD, GOOD)
    code, out, err = run("create", "0301", "--ask")
    assert (code, out) == (0, "")
    assert GOOD not in err
    assert User.objects.get().check_password(GOOD)


def test_a_password_that_differs_the_second_time_changes_nothing(run: Run, types: Any) -> None:
    types(GOOD, GOOD + "8")
    assert "not the same" in run("create", "0301", "--ask")[2]
    assert not User.objects.exists()


def test_a_password_that_is_too_easy_is_refused(run: Run, types: Any) -> None:
    types(POOR)
    code, _out, err = run("create", "0301", "--ask")
    assert (code, "three of" in err) == (1, True)


def test_nobody_is_asked_where_nobody_sits(run: Run) -> None:
    assert "Without --ask" in run("create", "0301", "--ask")[2]


def test_a_staff_number_is_given_once_and_has_no_blanks(run: Run) -> None:
    run("create", "0301")
    code, _out, err = run("create", "0301")
    assert (code, "already exists" in err) == (1, True)
    assert run("create", "03 01")[0] == 1
    assert User.objects.count() == 1


def test_a_role_is_given_in_a_hall_or_in_all(run: Run, hall: Hall, other_hall: Hall) -> None:
    run("create", "0301")
    code, out, _err = run("role", "0301", "clerk", "--hall", hall.slug)
    assert (code, out) == (0, "0301 now works as clerk in east-lake.\n")
    run("role", "0301", "audit_administrator", "--all-halls")
    person = User.objects.get()
    assert {one.role for one in roles(person, hall)} == {Role.CLERK, Role.AUDIT_ADMINISTRATOR}
    assert {one.role for one in roles(person, other_hall)} == {Role.AUDIT_ADMINISTRATOR}


def test_what_does_not_exist_is_named_with_what_does(run: Run, hall: Hall) -> None:
    assert "nobody has the staff number '0999'" in run("password", "0999")[2]
    assert "There is: east-lake" in run("create", "0301", "--role", "clerk", "--hall", "west")[2]
    code, _out, err = run("create", "0301", "--role", "king", "--hall", hall.slug)
    assert (code, "no role king" in err, "duty_manager" in err) == (2, True, True)
    assert not User.objects.exists()


def test_a_role_needs_its_place_and_a_place_a_role(run: Run, hall: Hall) -> None:
    assert run("create", "0301", "--role", "clerk")[0] == 2
    assert run("create", "0301", "--hall", hall.slug)[0] == 2
    assert not User.objects.exists()


def test_a_new_password_ends_the_old_one_and_opens_a_locked_number(run: Run) -> None:
    first = run("create", "0301")[1].strip()
    for _ in range(5):
        signs_in("0301", "wrong")
    assert signs_in("0301", first).status_code != 302
    code, second, _err = run("password", "0301")
    assert (code, AccessAttempt.objects.count()) == (0, 0)
    assert signs_in("0301", first).status_code != 302
    assert signs_in("0301", second.strip()).status_code in (302, 303)
    assert User.objects.get().must_change_password
    assert Entry.objects.filter(kind="user.password-set").exists()


def test_who_lost_the_phone_gets_in_with_the_password_again(run: Run, hall: Hall) -> None:
    _code, said, _beside = run(
        "create", "0901", "--role", "audit_administrator", "--hall", "east-lake"
    )
    person, secret = User.objects.get(), totp.new_secret()
    assert run("reset-second-factor", "0901")[0] == 1
    code = totp.code_now(secret)
    set_up_second_factor(user=person, secret=secret, code=code, by=job("test"))
    assert signs_in("0901", said.strip())["Location"] == reverse("accounts:code")

    done, _said, _beside = run("reset-second-factor", "0901")

    assert done == 0
    assert signs_in("0901", said.strip())["Location"] != reverse("accounts:code")
    assert Entry.objects.filter(kind="second-factor.reset", by_label="onewindow user").exists()


def test_audit_stands_alone_here_too(run: Run, hall: Hall) -> None:
    run("create", "0301", "--role", "system_administrator", "--all-halls")
    code, _out, err = run("role", "0301", "audit_administrator", "--all-halls")
    assert (code, "watch over themselves" in err) == (1, True)
