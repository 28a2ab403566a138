"""Set-up by hand, table-driven over all sheets: works, refuses, who may, history, archive."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.accounts.access import GRANTS
from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.trail.models import Entry
from onewindow.desks.tests.sheets import (
    CHANGE,
    MANY,
    SETUP,
    SHEETS,
    Browser,
    administrator,
    ids,
    last,
    made,
    manager,
    seen,
)
from onewindow.floor.states import WindowKind

__all__ = ["administrator", "manager"]


def test_the_first_page_leads_to_every_sheet(administrator: Client) -> None:
    page = administrator.get(SETUP).text

    assert all(f"{SETUP}{sheet.name}/" in page for sheet in SHEETS)


@pytest.mark.parametrize("sheet", MANY, ids=ids(MANY))
def test_a_row_is_made_listed_and_changed(administrator: Client, hall: Hall, sheet: Any) -> None:
    address, given = made(administrator, sheet.name, hall)
    assert address in administrator.get(f"{SETUP}{sheet.name}/").text

    change = given | CHANGE[sheet.name] | {"_seen": seen(administrator, address)}
    answer = administrator.post(address, change)

    assert answer.status_code == 302, answer.text
    assert last(".changed").data["changes"]


@pytest.mark.parametrize("sheet", MANY, ids=ids(MANY))
def test_the_history_says_who_changed_what(administrator: Client, hall: Hall, sheet: Any) -> None:
    address, given = made(administrator, sheet.name, hall)
    administrator.post(address, given | CHANGE[sheet.name])

    page = administrator.get(f"{address}history").text

    assert "Ad Min" in page
    assert page.count("<li>") >= 2
    words = next(iter(CHANGE[sheet.name].values()))
    assert words[:10].replace("T", " ") in page


@pytest.mark.parametrize("sheet", MANY, ids=ids(MANY))
def test_saving_without_a_change_writes_no_history(
    administrator: Client, hall: Hall, sheet: Any
) -> None:
    address, given = made(administrator, sheet.name, hall)
    before = Entry.objects.count()

    administrator.post(address, given)

    assert Entry.objects.count() == before


@pytest.mark.parametrize("sheet", MANY, ids=ids(MANY))
def test_the_second_of_two_people_is_told_and_loses_nothing(
    administrator: Client, hall: Hall, sheet: Any
) -> None:
    address, given = made(administrator, sheet.name, hall)
    opened = seen(administrator, address)
    administrator.post(address, given | CHANGE[sheet.name] | {"_seen": opened})
    field = next(iter(CHANGE[sheet.name]))

    answer = administrator.post(address, given | {"_seen": opened})

    assert answer.status_code == 409
    assert "Somebody else changed this" in answer.text
    assert "Holds now" in answer.text
    again = administrator.post(address, given | {"_seen": answer.context["seen"]})
    assert again.status_code == 302, field


@pytest.mark.parametrize("sheet", MANY, ids=ids(MANY))
def test_an_archived_row_leaves_the_list_and_comes_back(
    administrator: Client, hall: Hall, sheet: Any
) -> None:
    address, _given = made(administrator, sheet.name, hall)
    rows = f"{SETUP}{sheet.name}/"

    administrator.post(f"{address}archive")
    assert address not in administrator.get(rows).text
    assert address in administrator.get(f"{rows}?state=archived").text
    assert "archived" in administrator.get(f"{address}history").text

    administrator.post(f"{address}restore")
    assert address in administrator.get(rows).text


@pytest.mark.parametrize("sheet", MANY, ids=ids(MANY))
def test_a_row_of_another_hall_is_not_found(
    administrator: Client, hall: Hall, other_hall: Hall, browser_for: Browser, sheet: Any
) -> None:
    address, given = made(administrator, sheet.name, hall)
    theirs = address.replace("east-lake", "west-gate")
    neighbour = browser_for(make.person(other_hall, Role.SYSTEM_ADMINISTRATOR))

    assert neighbour.get(theirs).status_code == 404
    assert neighbour.post(theirs, given).status_code == 404
    assert neighbour.post(f"{theirs}archive").status_code == 404
    assert neighbour.get(address).status_code == 404


@pytest.mark.parametrize("sheet", SHEETS, ids=ids(SHEETS))
def test_only_who_may_gets_to_a_sheet(hall: Hall, browser_for: Browser, sheet: Any) -> None:
    for role in Role:
        answer = browser_for(make.person(hall, role)).get(f"{SETUP}{sheet.name}/")
        may = sheet.can in GRANTS[role]
        assert (answer.status_code in (200, 302)) == may, f"{role} at {sheet.name}"
        assert may or answer.status_code == 403


@pytest.mark.parametrize("sheet", MANY, ids=ids(MANY))
def test_a_list_asks_the_same_number_of_questions_however_long_it_is(
    administrator: Client, hall: Hall, sheet: Any
) -> None:
    made(administrator, sheet.name, hall)
    rows = f"{SETUP}{sheet.name}/"
    administrator.get(rows)
    with CaptureQueriesContext(connection) as few:
        administrator.get(rows)
    more(sheet.name, hall)
    with CaptureQueriesContext(connection) as many:
        assert administrator.get(rows).text.count('<th scope="row">') >= 6

    assert len(many) == len(few)


def more(name: str, hall: Hall) -> None:
    """Put five more rows into a sheet."""
    sheet = next(one for one in MANY if one.name == name)
    for number in range(5):
        row: Any = sheet.rows(hall).first()
        for field in ("code", "label"):
            if hasattr(row, field):
                setattr(row, field, f"n{number}")
        if name == "exceptions":
            row.kind = [kind for kind in WindowKind if kind != "information"][number]
        if hasattr(row, "day"):
            row.day = row.day.replace(day=10 + number)
        halls = list(row.halls.all()) if name == "departments" else []
        row.pk, row._state.adding = None, True
        row.save()
        if halls:
            row.halls.set(halls)
