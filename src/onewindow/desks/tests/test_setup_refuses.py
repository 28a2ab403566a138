"""Set-up by hand: what is refused and why, what changes in the hall, hours and rules."""

from dataclasses import asdict, fields
from typing import Any

import pytest
from django.test import Client

from onewindow.accounts.models import User
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.halls.tests.make import DepartmentFactory
from onewindow.base.halls.words import Words
from onewindow.base.trail import By
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue.models import Condition, Service
from onewindow.catalogue.tests.make import MaterialFactory
from onewindow.desks.tests.sheets import (
    NEW,
    RULES,
    SETUP,
    administrator,
    ids,
    made,
    manager,
    seen,
    typed,
)
from onewindow.floor import actions as floor
from onewindow.floor import queries as plan
from onewindow.floor.models import Window
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.slots import AppointmentPolicy
from tests.fixtures.queue import Take, take

__all__ = ["administrator", "manager", "take"]


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


def test_single_services_may_take_other_numbers_of_appointments(
    administrator: Client, hall: Hall
) -> None:
    address = f"{SETUP}appointment-rules/it/"
    given = asdict(AppointmentPolicy()) | {
        "of_services": "HK-01 = 4，SB-02=0",
        "remind_at": "17:30",
    }

    assert administrator.post(address, given).status_code == 302

    hall.refresh_from_db()
    held = policy(hall, AppointmentPolicy)
    assert (held.of_services, held.remind_at) == ({"HK-01": 4, "SB-02": 0}, "17:30")
    assert "HK-01 = 4, SB-02 = 0" in administrator.get(address).text
    for name, wrong in (("of_services", "HK-01 four"), ("remind_at", "late")):
        answer = administrator.post(address, given | {name: wrong})
        assert list(answer.context["form"].errors) == [name]


def test_people_are_called_as_the_hall_says(administrator: Client, hall: Hall) -> None:
    address = f"{SETUP}word-rules/it/"
    given = {"guide_desk-zh-Hans": "大堂经理台", "guide_desk-en": "lobby desk"}

    assert administrator.post(address, given).status_code == 302

    hall.refresh_from_db()
    assert policy(hall, Words) == Words(guide_desk={"zh-Hans": "大堂经理台", "en": "lobby desk"})
    assert "大堂经理台" in administrator.get(f"{address}history").text


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
