"""What the stories of set-up share: the sheets, and what is typed into each."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from onewindow.accounts.models import User
from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.trail.models import Entry
from onewindow.catalogue.tests.make import GroupFactory, ServiceFactory
from onewindow.desks.setup.tables import parts
from onewindow.floor.tests.make import ZoneFactory

Browser = Callable[..., Client]
SETUP = "/s/east-lake/setup/"
SHEETS = [sheet for part in parts() for sheet in part.sheets]
MANY = [one for one in SHEETS if one.columns and one.name not in ("hours", "messages")]
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
    "checks": {"name-zh-Hans": "灯光已开启", "moment": "before", "position": "0"},
    "spots": {"name-zh-Hans": "入口", "zone": "ZONE"},
    "topics": {"name-zh-Hans": "停车", "position": "0"},
    "exceptions": {"kind": "information", "park_min": "15"},
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
    "checks": {"moment": "after"},
    "spots": {"name-zh-Hans": "入口左侧"},
    "topics": {"sent_to-zh-Hans": "东门"},
    "exceptions": {"park_min": "20"},
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
