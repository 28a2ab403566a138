"""Staff come in by a list: people by those who may make them, roles by those who may give them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from onewindow.accounts.models import Membership, User
from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Department, Hall
from onewindow.base.trail.models import Entry
from onewindow.lists import tasks
from onewindow.lists.actions import staff
from onewindow.lists.models import File, Import
from onewindow.lists.tests.conftest import AT, Rows, csv, said, undone, worked, written
from tests.fixtures.world import Clock

HEAD = ["Staff number", "Badge name", "Language of the pages", "May sign in", "Roles"]
NEW: Rows = [HEAD, ["0301", "窗口三", "English", "", ""], ["0302", "窗口四", "", "", ""]]
Browser = Callable[..., Client]


def brought(browser: Client, rows: Rows) -> Import:
    """Bring a list of staff; the worker has checked it when this returns."""
    raw = csv(rows, "\t")
    answer = browser.post(f"{AT}staff/bring", {"file": SimpleUploadedFile("staff.csv", raw)})
    assert answer.status_code == 302, answer.text
    return worked(Import.objects.latest("pk"))


@pytest.fixture
def system(hall: Hall, browser_for: Browser) -> Client:
    """The system administrator of all halls: makes people, gives no roles."""
    return browser_for(make.person(None, Role.SYSTEM_ADMINISTRATOR, name="System"))


@pytest.fixture
def security(hall: Hall, browser_for: Browser) -> Client:
    """The security administrator of all halls: gives roles, makes nobody."""
    return browser_for(make.person(None, Role.SECURITY_ADMINISTRATOR, name="Security"))


@pytest.fixture
def both(hall: Hall, browser_for: Browser) -> Client:
    """Who administers both in a small organisation."""
    roles = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
    return browser_for(make.person(None, *roles, name="Both", staff_number="0001"))


@pytest.fixture
def police(hall: Hall) -> Department:
    """A department that serves in the hall."""
    name = {"zh-Hans": "公安", "en": "Police"}
    made = Department.objects.create(organisation=hall.organisation, code="POL", name=name)
    made.halls.add(hall)
    return made


def held(number: str) -> set[tuple[str, str, str]]:
    """Return the roles of a person."""
    rows = Membership.objects.filter(user__staff_number=number)
    return {
        (
            one.role,
            one.hall.slug if one.hall else "*",
            one.department.code if one.department else "",
        )
        for one in rows.select_related("hall", "department")
    }


def test_new_people_get_passwords_that_whoever_brought_them_fetches_once(
    system: Client, client: Client
) -> None:
    one = brought(system, NEW)
    assert not User.objects.filter(staff_number="0301").exists()
    one = written(system, one)
    assert one.state == "done", said(one)

    person = User.objects.get(staff_number="0301")
    assert (person.language, person.must_change_password, person.is_active) == ("en", True, True)
    assert "Fetch the passwords" in system.get(f"{AT}import/{one.pk}/").text
    answer = system.post(f"{AT}import/{one.pk}/passwords")
    fetched = dict(row.split(",") for row in answer.text.lstrip("\ufeff").splitlines()[1:])
    assert set(fetched) == {"0301", "0302"}
    assert person.check_password(fetched["0301"])
    assert "no-store" in answer["Cache-Control"]
    assert system.post(f"{AT}import/{one.pk}/passwords").status_code == 409
    assert "Fetch the passwords" not in system.get(f"{AT}import/{one.pk}/").text
    signed_in = client.post("/sign-in", {"staff_number": "0301", "password": fetched["0301"]})
    assert signed_in.status_code == 302
    assert client.get("/s/east-lake/people/")["Location"] == "/password"


def test_a_password_is_nowhere_in_clear_and_gone_after_a_day(
    system: Client, clock: Clock, browser_for: Browser
) -> None:
    one = written(system, brought(system, NEW))
    secrets = [*json.loads(one.passwords).values()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT passwords FROM lists_import WHERE id = %s", [one.pk])
        kept = cursor.fetchone()[0]
    everything = f"{kept} {[*Entry.objects.values()]} {[*one.lines.values()]}"
    assert kept
    assert not any(secret in everything for secret in secrets)

    clock.forward(hours=25)
    system = browser_for(User.objects.get(name="System"))
    assert system.post(f"{AT}import/{one.pk}/passwords").status_code == 409
    assert staff.purge() == 1
    one.refresh_from_db()
    assert one.passwords == ""


def test_roles_are_understood_in_both_languages_and_names(
    both: Client, hall: Hall, police: Department, other_hall: Hall
) -> None:
    rows = [HEAD, ["0301", "A", "", "", "窗口工作人员（公安）；Guide (all halls)"]]
    rows += [["0302", "B", "", "yes", f"clerk ({hall}, POL); duty manager (west-gate)"]]
    one = written(both, brought(both, rows))
    assert one.state == "done", said(one)
    assert held("0301") == {("clerk", "east-lake", "POL"), ("guide", "*", "")}
    assert held("0302") == {("clerk", "east-lake", "POL"), ("duty_manager", "west-gate", "")}


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        ("king", "2 Roles: “king” is none of these"),
        ("clerk (nowhere)", "“nowhere” is neither a hall nor a department"),
        ("clerk; clerk (POL)", "stands here twice for the same hall"),
        ("clerk (west-gate, POL)", "does not serve in that hall"),
        ("audit administrator; system administrator", "2 Roles: The audit administrator is never"),
    ],
)
def test_roles_that_cannot_be_are_said_before_anything_is_written(
    both: Client, police: Department, other_hall: Hall, roles: str, sentence: str
) -> None:
    one = brought(both, [HEAD, ["0301", "A", "", "", roles]])
    assert (one.state, User.objects.filter(staff_number="0301").count()) == ("faulty", 0)
    assert sentence in said(one)


def test_who_gives_no_roles_brings_people_and_who_makes_nobody_brings_their_roles(
    system: Client, security: Client, hall: Hall
) -> None:
    rows = [HEAD, ["0301", "窗口三", "", "", "clerk"]]
    refused = brought(system, rows)
    assert "2 Roles: Only a security administrator gives" in said(refused)
    assert "2 Staff number: Only a system administrator makes" in said(brought(security, rows))

    written(system, brought(system, [HEAD[:2], ["0301", "窗口三"]]))
    one = written(security, brought(security, rows))
    assert one.state == "done", said(one)
    assert held("0301") == {("clerk", "east-lake", "")}
    given = Membership.objects.get(user__staff_number="0301").given_by
    assert given == User.objects.get(name="Security").staff_number


def test_nobody_changes_their_own_roles_or_switches_themselves_off(both: Client) -> None:
    one = brought(both, [HEAD, ["0001", "Both", "", "", "clerk"]])
    assert "2 Roles: Nobody gives roles to themselves" in said(one)
    one = brought(both, [[*HEAD[:2], "May sign in"], ["0001", "Both", "no"]])
    assert "Nobody switches themselves off" in said(one)


def test_the_last_security_administrator_stays(both: Client, security: Client, hall: Hall) -> None:
    last = make.person(hall, Role.SECURITY_ADMINISTRATOR, staff_number="0009", name="Last")
    Membership.objects.filter(role="security_administrator").exclude(user=last).delete()
    one = brought(both, [["Staff number", "May sign in"], ["0009", "no"]])
    assert "Last is the last security administrator" in said(one)


def test_people_who_are_missing_are_left_and_old_and_new_stand_beside_each_other(
    both: Client, hall: Hall, clerk: User
) -> None:
    make.person(hall, Role.GUIDE, staff_number="0301", name="Old")
    one = brought(both, [HEAD, ["0301", "New", "", "", "guide; clerk"]])
    page = both.get(f"{AT}import/{one.pk}/").text
    assert "<del>Old</del>" in page
    assert f"<ins>clerk ({hall}); guide ({hall})</ins>" in page
    written(both, one)
    clerk.refresh_from_db()
    assert clerk.is_active
    assert held(clerk.staff_number)


def test_undo_switches_new_people_off_and_puts_changes_back(both: Client, hall: Hall) -> None:
    make.person(hall, Role.GUIDE, staff_number="0400", name="Old")
    away = make.person(hall, Role.CLERK, staff_number="0401", is_active=False)
    leaves = make.person(hall, Role.CLERK, staff_number="0402")
    rows = [HEAD, ["0301", "A", "", "", "clerk"], ["0400", "New", "English", "", "clerk"]]
    rows += [["0401", away.name, "", "yes", "clerk"], ["0402", leaves.name, "", "no", "clerk"]]
    one = written(both, brought(both, rows))
    assert one.state == "done", said(one)
    assert held("0400") == {("clerk", "east-lake", "")}
    assert User.objects.filter(staff_number__in=["0301", "0401"], is_active=True).count() == 2

    one = undone(both, one)

    assert (one.state, one.passwords) == ("undone", ""), said(one)
    new, old = User.objects.get(staff_number="0301"), User.objects.get(staff_number="0400")
    assert (new.is_active, old.name, old.language) == (False, "Old", "")
    assert held("0400") == {("guide", "east-lake", "")}
    assert [*User.objects.filter(pk__in=[away.pk, leaves.pk], is_active=True)] == [leaves]
    history = both.get(f"/s/east-lake/people/{new.pk}/history").text
    assert "switched off" in history
    assert "role given" in history
    assert "Both (0001)" in history


def test_undo_leaves_all_when_somebody_was_changed_by_hand(both: Client, hall: Hall) -> None:
    one = written(both, brought(both, NEW))
    User.objects.filter(staff_number="0302").update(name="By hand")
    one = undone(both, one)
    assert (one.state, [p["row"] for p in one.problems]) == ("done", [3])
    assert User.objects.get(staff_number="0301").is_active


def test_a_list_that_went_out_comes_in_again_and_changes_nothing(
    both: Client, hall: Hall, clerk: User, police: Department
) -> None:
    Membership.objects.filter(user=clerk).update(department=police)
    make.person(hall, Role.CLERK, Role.GUIDE)
    both.post(f"{AT}staff/ask", {"as": "xlsx"}, headers={"accept-language": "zh-hans"})
    tasks.make.call(File.objects.get().pk)
    for raw in (File.objects.get().path.read_bytes(), both.get(f"{AT}staff/csv").content):
        answer = both.post(f"{AT}staff/bring", {"file": SimpleUploadedFile("again", raw)})
        assert answer.status_code == 302
        again = worked(Import.objects.latest("pk"))
        assert (again.state, again.lines.count()) == ("checked", 0), said(again)
        assert again.counts["sheets"]["staff"] == {"same": 3, "left": 0}


def test_what_was_changed_meanwhile_is_shown_anew(both: Client, hall: Hall) -> None:
    person = make.person(hall, Role.GUIDE, staff_number="0301", name="Old")
    one = brought(both, [HEAD[:2], ["0301", "New"]])
    User.objects.filter(pk=person.pk).update(name="Quicker")
    one = written(both, one)
    assert one.state == "checked"
    assert one.lines.get().changes["name"] == ["Quicker", "New"]


def test_all_or_nothing_when_a_verb_refuses_at_the_end(
    both: Client, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(**_given: Any) -> None:
        raise staff.PasswordsGone

    one = brought(both, [HEAD, ["0301", "A", "", "", ""], ["0302", "B", "", "", "clerk"]])
    monkeypatch.setattr("onewindow.accounts.actions.give_role", refuses)
    one = written(both, one)
    assert one.state == "faulty"
    assert "Row 3:" in said(one)
    assert not User.objects.filter(staff_number__in=["0301", "0302"]).exists()


def test_a_halls_own_administrator_reaches_nobody_elsewhere(
    hall: Hall, other_hall: Hall, browser_for: Browser
) -> None:
    roles = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)
    own = browser_for(make.person(hall, *roles))
    make.person(other_hall, Role.CLERK, staff_number="0500")
    shared = make.person(hall, Role.CLERK, staff_number="0501")
    make.MembershipFactory.create(user=shared, hall=other_hall, role=Role.CLERK)
    assert "0500" not in own.get(f"{AT}staff/csv").text
    assert own.get(f"{AT}staff/csv").text.count("0501") == 1
    rows = [HEAD[:2], ["0500", "Mine"], ["0501", "Mine"]]
    one = brought(own, rows)
    assert "Somebody in another hall has this staff number" in said(one)
    assert "works in other halls too" in said(one)
    one = brought(own, [HEAD, ["0301", "A", "", "", "clerk (all halls)"]])
    assert "2 Roles: A role in all halls is given by" in said(one)


def test_nobody_else_sees_what_was_brought_nor_its_passwords(
    both: Client, system: Client, clerk: User, administrator: Client, browser_for: Browser
) -> None:
    one = written(both, brought(both, NEW))
    for other in (system, administrator):
        assert other.get(f"{AT}import/{one.pk}/").status_code == 404
        assert other.post(f"{AT}import/{one.pk}/passwords").status_code == 404
        assert other.post(f"{AT}import/{one.pk}/undo").status_code == 404
        assert "staff.csv" not in other.get(f"{AT}staff/").text
    assert browser_for(clerk).get(f"{AT}staff/").status_code == 403


def test_the_list_of_people_leads_to_import_and_export(system: Client, security: Client) -> None:
    for browser in (system, security):
        page = browser.get("/s/east-lake/people/").text
        assert f"{AT}staff/#import" in page
        assert browser.get(f"{AT}staff/").status_code == 200
        assert browser.get(f"{AT}services/").status_code == (200 if browser is system else 403)
