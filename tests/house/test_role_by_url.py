"""The table of role by address: whoever comes to whichever page gets what its door promises.

The walk covers every address that there is, so a new room is covered by existing.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from ninja.operation import Operation

from onewindow.accounts.access import GRANTS, Can
from onewindow.accounts.states import ADMINISTRATORS, Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from tests.house.reading import addresses
from tests.house.test_doors import pages, path_view

SIGN_IN = "accounts:sign_in"
FILLED = {"hall": "east-lake", "token": "1-none", "label": "5", "window": "5"}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>|\{(?:\w+:)?(\w+)\}")


def filled(address: str, hall: str = "east-lake") -> str:
    """Return an address of the table as a browser would ask for it."""

    def value(found: re.Match[str]) -> str:
        converter, name = found[1], found[2] or found[3]
        if name == "hall":
            return hall
        return "1" if converter == "int" else FILLED.get(name, "1")

    return "/" + PARAMETER.sub(value, address)


def staff_pages() -> list[tuple[str, tuple[Any, ...]]]:
    """Return the pages behind a sign-in, with what each needs."""
    return [(a, view.needs) for a, view in pages() if hasattr(view, "needs")]


def operations() -> list[tuple[str, Operation]]:
    """Return the operations of the API."""
    found = [(a, path_view(pattern.callback)) for a, pattern in addresses()]
    return [(a, one) for a, behind in found if behind for one in behind.operations]


IN_A_HALL = [(a, needs) for a, needs in staff_pages() if "<slug:hall>" in a]
OF_NO_HALL = [(a, needs) for a, needs in staff_pages() if "<slug:hall>" not in a]
API = operations()


def test_there_is_something_to_walk() -> None:
    assert IN_A_HALL
    assert OF_NO_HALL
    assert API


@pytest.mark.parametrize("address", [a for a, _ in IN_A_HALL + OF_NO_HALL])
def test_who_is_not_signed_in_is_sent_to_the_sign_in(
    client: Client, hall: Hall, address: str
) -> None:
    answer = client.get(filled(address))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse(SIGN_IN))


@pytest.mark.parametrize(("address", "needs"), IN_A_HALL)
def test_a_role_gets_in_exactly_where_the_table_says(
    hall: Hall, browser_for: Callable[..., Client], address: str, needs: tuple[Can, ...]
) -> None:
    for role in Role:
        answer = browser_for(make.person(hall, role)).get(filled(address))
        let_in = bool(GRANTS[role].intersection(needs))
        assert (answer.status_code != 403) == let_in, f"{role} at {address}"
        assert not answer.headers.get("Location", "").startswith(reverse(SIGN_IN))


@pytest.mark.parametrize("address", [a for a, _ in IN_A_HALL])
def test_a_stranger_does_not_learn_what_is_there(
    hall: Hall, other_hall: Hall, browser_for: Callable[..., Client], address: str
) -> None:
    for role in set(Role) - ADMINISTRATORS:
        browser = browser_for(make.person(other_hall, role))
        assert browser.get(filled(address)).status_code == 404, f"{role} at {address}"
        assert browser.post(filled(address)).status_code == 404, f"{role} at {address}"


@pytest.mark.parametrize("address", [a for a, _ in OF_NO_HALL])
def test_a_page_of_no_hall_is_open_to_everybody_signed_in(
    hall: Hall, browser_for: Callable[..., Client], address: str
) -> None:
    for role in Role:
        answer = browser_for(make.person(hall, role)).get(filled(address))
        assert answer.status_code not in (401, 403), f"{role} at {address}"


def ask(operation: Operation, address: str, key: str = "") -> int:
    """Ask an operation with a key; a body that it wants is empty."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    method = operation.methods[0]
    return (
        Client()
        .generic(method, address, b"{}", content_type="application/json", headers=headers)
        .status_code
    )


def has_body(operation: Operation) -> bool:
    """Say whether an operation reads its body, which is understood before the door is asked."""
    return any(model.__ninja_param_source__ == "body" for model in operation.models)


@pytest.mark.parametrize(("address", "operation"), API)
def test_the_api_takes_a_key_of_its_hall_that_holds_the_permission(
    hall: Hall, other_hall: Hall, address: str, operation: Operation
) -> None:
    needs = set(operation.view_func.needs)  # type: ignore[attr-defined]
    may, may_not = make.key(hall, *needs)[1], make.key(hall, *set(Can) - needs)[1]
    read_first = {422} if has_body(operation) else set()

    assert ask(operation, filled(address)) == 401
    assert ask(operation, filled(address), may_not) in {403} | read_first
    assert ask(operation, filled(address), may) not in (401, 403)
    if "hall>" in address or "{hall}" in address:
        assert ask(operation, filled(address, other_hall.slug), may) in {404} | read_first
