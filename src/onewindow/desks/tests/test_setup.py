"""Set-up by hand, table-driven over all sheets: works, refuses, who may, history, archive."""

from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onewindow.accounts.access import GRANTS
from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.halls.tests.make import DepartmentFactory
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue.models import Condition, Service
from onewindow.catalogue.tests.make import GroupFactory, MaterialFactory, ServiceFactory
from onewindow.desks.setup.tables import parts
from onewindow.floor import actions as floor
from onewindow.floor import queries as plan
from onewindow.floor.models import Window
from onewindow.floor.tests.make import ZoneFactory
from onewindow.tickets.rules import TicketPolicy
from tests.fixtures.queue import Take, take

__all__ = ["take"]

Browser = Callable[..., Client]
SETUP = "/s/east-lake/setup/"
SHEETS = [sheet for part in parts() for sheet in part.sheets]
MANY = [sheet for sheet in SHEETS if sheet.columns and sheet.name != "hours"]
ONE = [sheet for sheet in SHEETS if not sheet.columns]
RULES = [sheet for sheet in ONE if sheet.name.endswith("-rules")]

NEW: dict[str, dict[str, Any]] = {  # what is typed to make one of each, and what then changes
    "departments": {"name-zh-Hans": "公安局", "name-en": "Police", "code": "GA"},
    "zones": {"name-zh-Hans": "东区", "code": "east", "walking_s": "30", "position": "0"},
    "windows": {"label": "12", "kind": "business", "zone": "ZONE", "position": "0"},
    "services": {
        "name-zh-Hans": "户口登记",
        "code": "HK-01",
        "group": "GROUP",
        "target_minutes": "10",
        "often": "0",
        "position": "0",
        "depth": "ticket",
    },
    "groups": {"name-zh-Hans": "户籍", "code": "huji", "series": "b", "position": "0"},
    "materials": {
        "name-zh-Hans": "身份证",
        "service": "SERVICE",
        "original": "original",
        "copies": "0",
        "position": "0",
        "asked_if": "True",
    },
    "questions": {"question-zh-Hans": "是否替他人办理?", "code": "for-other"},
    "special-days": {"day": "2026-10-01", "is_open": "False", "counts": "unknown"},
    "announcements": {"text-zh-Hans": "今天提前闭厅", "since": "2026-06-08T09:00"},
}
CHANGE: dict[str, dict[str, str]] = {
    "departments": {"name-en": "Police bureau"},
    "zones": {"walking_s": "45"},
    "windows": {"name-zh-Hans": "综合窗口"},
    "services": {"target_minutes": "12"},
    "groups": {"position": "3"},
    "materials": {"copies": "2"},
    "questions": {"question-en": "Is somebody else applying?"},
    "special-days": {"note-zh-Hans": "国庆节"},
    "announcements": {"until": "2026-06-09T09:00"},
}


@pytest.fixture
def administrator(hall: Hall, browser_for: Browser) -> Client:
    """The system administrator's browser."""
    return browser_for(make.person(hall, Role.SYSTEM_ADMINISTRATOR, name="Ad Min"))


@pytest.fixture
def manager(hall_manager: User, browser_for: Browser) -> Client:
    """The hall manager's browser."""
    return browser_for(hall_manager)


def typed(name: str, hall: Hall) -> dict[str, Any]:
    """What is typed into the form of a new row, with real choices."""
    given = dict(NEW[name])
    for field, factory in (("zone", ZoneFactory), ("group", GroupFactory)):
        if given.get(field):
            given[field] = factory.create(hall=hall).pk
    if given.get("service"):
        given["service"] = ServiceFactory.create(hall=hall).pk
    return given


def made(browser: Client, name: str, hall: Hall) -> tuple[str, dict[str, Any]]:
    """Make a row by its page; return its address and what was typed."""
    given = typed(name, hall)
    answer = browser.post(f"{SETUP}{name}/new", given)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"], given


def seen(browser: Client, address: str) -> str:
    """Return the stamp that the form of a row carries."""
    return str(browser.get(address).context["seen"])


def last(kind: str) -> Entry:
    """Return the newest entry of a kind."""
    found = Entry.objects.filter(kind__endswith=kind).last()
    assert found
    return found


def ids(sheets: list[Any]) -> list[str]:
    """Name the cases of a table by their sheets."""
    return [sheet.name for sheet in sheets]


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
        if hasattr(row, "day"):
            row.day = row.day.replace(day=10 + number)
        halls = list(row.halls.all()) if name == "departments" else []
        row.pk, row._state.adding = None, True
        row.save()
        if halls:
            row.halls.set(halls)


# What each may not do


def test_a_service_with_waiting_numbers_says_how_many_and_stays(
    administrator: Client, hall: Hall, take: Take, service: Service
) -> None:
    take()
    take()

    answer = administrator.post(f"{SETUP}services/{service.pk}/archive")

    assert answer.status_code == 409
    assert "2 visitors hold a number" in answer.text
    service.refresh_from_db()
    assert service.archived_at is None


def test_a_window_with_somebody_at_it_is_not_archived(
    administrator: Client, hall: Hall, window: Window, clerk: User, by: By
) -> None:
    floor.open_window(window=window, user=clerk, by=by)

    answer = administrator.post(f"{SETUP}windows/{window.pk}/archive")

    assert answer.status_code == 409
    assert "Window 5 is open" in answer.text


@pytest.mark.parametrize(
    ("sheet", "find", "sentence"),
    [
        ("zones", lambda window, service: window.zone, "1 windows stand in this zone"),
        ("groups", lambda window, service: service.group, "1 services stand in this group"),
    ],
)
def test_what_is_in_use_is_not_archived(
    administrator: Client, window: Window, service: Service, sheet: str, find: Any, sentence: str
) -> None:
    answer = administrator.post(f"{SETUP}{sheet}/{find(window, service).pk}/archive")

    assert answer.status_code == 409
    assert sentence in answer.text


def test_a_question_that_papers_depend_on_is_not_archived(
    administrator: Client, hall: Hall, service: Service
) -> None:
    question = Condition.objects.create(hall=hall, code="other", question={"en": "For another?"})
    MaterialFactory.create(service=service, condition=question)

    assert administrator.post(f"{SETUP}questions/{question.pk}/archive").status_code == 409


def test_a_department_that_has_windows_is_not_archived(
    administrator: Client, hall: Hall, window: Window
) -> None:
    department = DepartmentFactory.create(organisation=hall.organisation)
    department.halls.add(hall)
    window.department = department
    window.save()

    assert administrator.post(f"{SETUP}departments/{department.pk}/archive").status_code == 409


def test_a_window_of_an_archived_zone_comes_back_after_its_zone(
    administrator: Client, hall: Hall, window: Window
) -> None:
    administrator.post(f"{SETUP}windows/{window.pk}/archive")
    administrator.post(f"{SETUP}zones/{window.zone.pk}/archive")

    answer = administrator.post(f"{SETUP}windows/{window.pk}/restore")

    assert answer.status_code == 409
    assert "Bring that back first" in answer.text


@pytest.mark.parametrize("archived", [False, True])
def test_a_label_is_there_once_in_a_hall(
    administrator: Client, hall: Hall, window: Window, archived: bool
) -> None:
    if archived:
        administrator.post(f"{SETUP}windows/{window.pk}/archive")
    given = NEW["windows"] | {"label": "5", "zone": window.zone.pk}

    answer = administrator.post(f"{SETUP}windows/new", given)

    assert answer.status_code == 422
    assert "label" in answer.context["form"].errors
    assert ("archived one has this" in answer.text) is archived


def test_a_label_of_other_signs_is_refused_beside_the_field(
    administrator: Client, hall: Hall
) -> None:
    answer = administrator.post(f"{SETUP}windows/new", typed("windows", hall) | {"label": "5 a"})

    assert answer.status_code == 422
    assert "label" in answer.context["form"].errors


def test_the_first_language_of_the_hall_is_needed(administrator: Client, hall: Hall) -> None:
    given = NEW["zones"] | {"name-zh-Hans": "", "name-en": "East"}

    answer = administrator.post(f"{SETUP}zones/new", given)

    assert answer.status_code == 422
    assert "简体中文" in str(answer.context["form"].errors["name"])


def test_a_text_lacking_a_language_falls_back_visibly(administrator: Client, hall: Hall) -> None:
    made(administrator, "zones", hall)

    page = administrator.get(f"{SETUP}zones/").text

    assert "东区" in page
    assert "Not said in this language" in page


# What happens in the hall


def test_an_archived_service_disappears_from_what_is_offered(
    administrator: Client, hall: Hall, window: Window, service: Service
) -> None:
    administrator.post(f"{SETUP}services/{service.pk}/archive")
    hall.refresh_from_db()

    assert catalogue.services(hall) == ()
    assert plan.profile_of(plan.windows(hall)[0]).all == ()


def test_a_profile_is_chosen_service_by_service(
    administrator: Client, hall: Hall, window: Window, service: Service
) -> None:
    given = NEW["windows"] | {"label": "5", "zone": window.zone.pk}

    administrator.post(f"{SETUP}windows/{window.pk}/", given | {f"serves-{service.code}": "2"})

    assert window.serves == {service.code: 2}
    page = administrator.get(f"{SETUP}windows/{window.pk}/history").text
    assert "second choice" in page


def test_a_new_service_is_found_by_its_sound(administrator: Client, hall: Hall) -> None:
    made(administrator, "services", hall)
    hall.refresh_from_db()

    assert [one.code for one in catalogue.search(hall, "hukou")] == ["HK-01"]


# Opening hours


def week(**spans: str) -> dict[str, str]:
    """Return what is typed of a week: ``mon="09:00-12:00 13:00-17:00"``."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    given: dict[str, str] = {}
    for name, text in spans.items():
        for number, span in enumerate(text.split()):
            ends = zip(("opens", "closes"), span.split("-"), strict=True)
            given |= {f"{end}-{days.index(name)}-{number}": at for end, at in ends}
    return given


def test_a_week_is_set_for_the_hall_and_told_in_the_history(manager: Client, hall: Hall) -> None:
    typed_week = week(mon="09:00-12:00 13:00-17:00", sat="09:00-12:00") | {"as_monday": "on"}

    answer = manager.post(f"{SETUP}hours/hall/", typed_week)

    assert answer.status_code == 302
    assert hall.hours.filter(weekday=4).count() == 2
    assert (
        "Monday to Friday 09:00–12:00, 13:00–17:00"
        in manager.get(f"{SETUP}hours/hall/history").text
    )


@pytest.mark.parametrize(
    ("spans", "field"),
    [
        ("09:00-12:00 11:00-17:00", "opens-0-1"),
        ("12:00-09:00", "closes-0-0"),
        ("22:00-02:00 01:00-03:00", "opens-0-1"),
        ("09:00-", "closes-0-0"),
    ],
)
def test_hours_that_do_not_fit_are_refused_beside_the_field(
    manager: Client, hall: Hall, spans: str, field: str
) -> None:
    answer = manager.post(f"{SETUP}hours/hall/", week(mon=spans))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_hall_may_close_after_midnight(manager: Client, hall: Hall) -> None:
    assert manager.post(f"{SETUP}hours/hall/", week(fri="18:00-02:00")).status_code == 302


def test_a_window_keeps_hours_of_its_own(manager: Client, hall: Hall, window: Window) -> None:
    typed_week = week(sat="09:00-12:00") | {"scope": "window.5"}

    answer = manager.post(f"{SETUP}hours/new", typed_week)

    assert answer.headers["Location"] == f"{SETUP}hours/window.5/"
    assert "Window 5" in manager.get(f"{SETUP}hours/").text


# Rules


@pytest.mark.parametrize("sheet", RULES, ids=ids(RULES))
def test_rules_are_shown_with_words_and_defaults(
    administrator: Client, hall: Hall, sheet: Any
) -> None:
    page = administrator.get(f"{SETUP}{sheet.name}/it/").text

    assert page.count("Usually:") == len(fields(sheet.kind))


def test_rules_hold_from_now_on_and_the_history_keeps_what_they_were(
    administrator: Client, hall: Hall
) -> None:
    address = f"{SETUP}ticket-rules/it/"
    given = asdict(TicketPolicy(come_back_min=45)) | {"_seen": seen(administrator, address)}
    given.pop("first_choice_first")

    assert administrator.post(address, given).status_code == 302

    hall.refresh_from_db()
    assert policy(hall, TicketPolicy).come_back_min == 45
    page = administrator.get(f"{address}history").text
    assert "<del>30</del>" in page
    assert administrator.post(address, given).status_code == 409


def test_a_figure_out_of_its_bounds_is_refused(administrator: Client, hall: Hall) -> None:
    given = asdict(TicketPolicy(p1_in_a_row=9))

    answer = administrator.post(f"{SETUP}ticket-rules/it/", given)

    assert list(answer.context["form"].errors) == ["p1_in_a_row"]


def test_the_hall_itself_is_described(administrator: Client, hall: Hall) -> None:
    given = {
        "name-zh-Hans": "新大厅",
        "languages": ["en", "zh-Hans"],
        "first": "zh-Hans",
        "accent": "30",
        "timezone": "Asia/Shanghai",
        "day_starts": "04:00",
    }

    assert administrator.post(f"{SETUP}hall/it/", given).status_code == 302

    hall.refresh_from_db()
    assert (hall.name["zh-Hans"], hall.accent) == ("新大厅", 30)
    assert hall.languages == ["zh-Hans", "en"]


def test_the_organisation_is_named(administrator: Client, hall: Hall) -> None:
    administrator.post(f"{SETUP}organisation/it/", {"name-zh-Hans": "新机构"})

    hall.organisation.refresh_from_db()
    assert hall.organisation.name == {"zh-Hans": "新机构"}
