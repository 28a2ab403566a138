"""Who may: the table, and its doors."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onewindow.accounts import queries
from onewindow.accounts.access import GRANTS, WHOLE_HALL, Can, granted, reached
from onewindow.accounts.context import my_halls
from onewindow.accounts.models import User
from onewindow.accounts.scope import Held
from onewindow.accounts.states import ADMINISTRATORS, Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall

DEVICES = "/s/east-lake/accounts/devices/"
KEYS = "/s/east-lake/accounts/keys/"
Browser = Callable[..., Client]


def test_every_role_has_its_line_in_the_table_and_may_see_its_hall() -> None:
    assert set(GRANTS) == set(Role)
    assert all(Can.SEE_HALL in can for can in GRANTS.values())


def test_the_administrators_serve_nobody_and_only_one_reads_the_trail() -> None:
    for role in ADMINISTRATORS:
        assert not GRANTS[role] & {Can.TAKE, Can.SERVE, Can.RUN_WINDOWS}
    assert [role for role in Role if Can.SEE_TRAIL in GRANTS[role]] == [Role.AUDIT_ADMINISTRATOR]


def test_two_roles_allow_what_each_allows() -> None:
    both = granted([Held(Role.CLERK), Held(Role.GUIDE)])

    assert {Can.SERVE, Can.BRING_BACK} <= both
    assert granted([]) == frozenset()


def test_a_role_for_a_department_allows_nothing_that_concerns_the_whole_hall() -> None:
    lead = granted([Held(Role.HALL_MANAGER, department=3)])

    assert Can.RUN_WINDOWS in lead
    assert not lead & WHOLE_HALL
    assert granted([Held(Role.HALL_MANAGER)]) >= WHOLE_HALL
    administers = granted([Held(Role.SYSTEM_ADMINISTRATOR, department=3)])
    assert administers == GRANTS[Role.SYSTEM_ADMINISTRATOR]


def test_a_permission_reaches_as_far_as_the_roles_that_give_it() -> None:
    held = [Held(Role.CLERK), Held(Role.DUTY_MANAGER, 3), Held(Role.DEPARTMENT_LEAD, 4)]

    assert reached(held, [Can.SERVE]).is_whole
    board = reached(held, [Can.SEE_BOARD])
    assert board.departments == frozenset({3, 4})
    assert board.covers(3)
    assert board.covers(None)
    assert not board.covers(5)
    assert reached(held, [Can.RUN_WINDOWS]).departments == frozenset({3})


def test_a_stranger_does_not_learn_that_a_hall_exists(stranger: User, browser_for: Browser) -> None:
    page = browser_for(stranger).get("/s/no-such-hall/accounts/devices/")
    assert browser_for(stranger).get(DEVICES).status_code == page.status_code == 404


def test_the_wrong_role_is_told_so(clerk: User, browser_for: Browser) -> None:
    no = browser_for(clerk).get(DEVICES)

    assert no.status_code == 403
    assert "Your role does not allow this." in no.text


def test_a_panel_gets_its_refusal_as_a_flash(clerk: User, browser_for: Browser) -> None:
    no = browser_for(clerk).get(DEVICES, headers={"HX-Request": "true"})

    assert no.status_code == 403
    assert no["HX-Retarget"] == "#flash"


def test_a_role_for_all_halls_counts_in_each(
    hall: Hall, other_hall: Hall, browser_for: Browser
) -> None:
    browser = browser_for(make.person(None, Role.SECURITY_ADMINISTRATOR))

    assert browser.get(KEYS).status_code == 200
    assert browser.get("/s/west-gate/accounts/keys/").status_code == 200


def test_roles_are_one_statement(hall: Hall, django_assert_num_queries: Any) -> None:
    person = make.person(hall, Role.CLERK, Role.GUIDE)

    with django_assert_num_queries(1):
        held = queries.roles(person, hall)
    assert {one.role for one in held} == {Role.CLERK, Role.GUIDE}


def test_an_archived_hall_is_not_there(
    hall: Hall, hall_manager: User, browser_for: Browser
) -> None:
    hall.archived_at = timezone.now()
    hall.save()

    assert browser_for(hall_manager).get(DEVICES).status_code == 404


def test_who_is_not_signed_in_is_sent_to_the_sign_in_and_back(client: Client, hall: Hall) -> None:
    assert client.get(DEVICES)["Location"] == f"/sign-in?next={DEVICES}"
    assert client.get("/pin")["Location"] == "/sign-in?next=/pin"


def test_a_panel_of_an_ended_sign_in_sends_its_whole_page_there(client: Client, hall: Hall) -> None:
    here = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{DEVICES}?x=1"}

    no = client.get(DEVICES, headers=here)

    assert no.status_code == 401
    assert no["HX-Redirect"] == f"/sign-in?next={DEVICES}"


def test_a_staff_page_speaks_the_halls_language_when_nobody_asked(
    hall_manager: User, browser_for: Browser
) -> None:
    page = browser_for(hall_manager, language="").get(DEVICES)

    assert page["Content-Language"] == "zh-hans"


def test_somebody_sees_the_halls_they_may_enter(
    hall: Hall, other_hall: Hall, clerk: User, stranger: User
) -> None:
    everywhere = make.person(None, Role.AUDIT_ADMINISTRATOR)

    assert list(queries.halls_of(clerk)) == [hall]
    assert list(queries.halls_of(stranger)) == [other_hall]
    assert set(queries.halls_of(everywhere)) == {hall, other_hall}


def test_a_page_knows_the_halls_of_who_is_signed_in(
    hall: Hall, clerk: User, rf: RequestFactory
) -> None:
    request = rf.get("/")
    assert list(my_halls(request)["my_halls"]) == []

    request.user = clerk

    assert list(my_halls(request)["my_halls"]) == [hall]


def test_the_members_of_a_hall_are_those_of_all_halls_too(
    hall: Hall, clerk: User, stranger: User
) -> None:
    everywhere = make.person(None, Role.AUDIT_ADMINISTRATOR)

    assert set(queries.members(hall)) == {clerk, everywhere}
    assert list(queries.members(hall, Role.CLERK)) == [clerk]


def test_a_door_costs_four_small_statements(hall_manager: User, browser_for: Browser) -> None:
    browser = browser_for(hall_manager)
    browser.get(DEVICES)

    with CaptureQueriesContext(connection) as asked:
        browser.get(DEVICES)

    tables = [query["sql"].split(" FROM ")[1].split()[0].strip('"') for query in asked]
    assert tables[:4] == ["django_session", "accounts_user", "halls_hall", "accounts_membership"]
    assert len(tables) <= 6


@pytest.mark.parametrize("path", [DEVICES, KEYS])
def test_the_pages_of_another_hall_are_not_there(
    stranger: User, browser_for: Browser, hall: Hall, path: str
) -> None:
    assert browser_for(stranger).post(path, {}).status_code == 404
