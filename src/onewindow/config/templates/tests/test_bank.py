"""A branch of a bank begins with what its manager would recognise, and with its own words."""

from datetime import datetime

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from onewindow.base.deadlines.queries import is_open
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.halls.words import Words
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue.policy import RuleSet, guide_parts
from onewindow.config.templates import load
from onewindow.floor import queries as floor
from onewindow.tickets.rules import TicketPolicy
from tests.fixtures.world import SHANGHAI


@pytest.fixture
def branch(hall: Hall) -> Hall:
    """A hall that began as a branch of a bank."""
    load("bank", hall)
    return hall


def test_a_branch_has_what_its_manager_would_recognise(branch: Hall) -> None:
    assert len(catalogue.groups(branch)) >= 5
    assert len(catalogue.services(branch)) >= 20
    assert len(floor.windows(branch)) >= 8
    assert len({window.kind for window in floor.windows(branch)}) >= 4
    assert len(floor.zones(branch)) == 5
    assert len(floor.announcements(branch)) == 2


def test_a_bank_has_no_statutory_limits_and_says_all_else_in_both_languages(branch: Hall) -> None:
    rules = policy(branch, RuleSet)
    assert not rules.statutory_limits
    for service in catalogue.services(branch):
        texts = [service.name, service.summary, *service.guide.values()]
        texts += [material.name for material in service.materials.all()]
        assert all(set(text) == {"zh-Hans", "en"} for text in texts), service.code
        assert set(service.guide) == set(guide_parts(rules))


def test_every_service_has_two_windows_but_those_of_the_lobby(branch: Hall) -> None:
    for service in catalogue.services(branch):
        assert len(floor.windows_serving(service)) >= 2, service.code


def test_every_icon_exists_and_every_series_is_its_own(branch: Hall) -> None:
    page = Template("{% load lucide %}{% lucide name size=20 %}")
    groups = catalogue.groups(branch)
    for group in groups:
        assert "<svg" in page.render(Context({"name": group.icon})), group.icon
    assert len({group.series for group in groups} - {"W", "Z"}) == len(groups)


@pytest.mark.parametrize(
    ("moment", "opens", "companies"),
    [
        ("2026-06-08 12:30", True, False),
        ("2026-06-13 10:00", True, False),
        ("2026-06-14 10:00", False, False),
        ("2026-06-08 10:00", True, True),
    ],
)
def test_it_opens_from_monday_to_saturday(
    branch: Hall, moment: str, opens: bool, companies: bool
) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
    assert is_open(branch, at) is opens
    assert is_open(branch, at, "service.E01") is companies


def test_whom_the_branch_honours_never_comes_before_the_first_class(branch: Hall) -> None:
    rules = policy(branch, TicketPolicy)
    assert 0 < rules.credit_p3_min < rules.credit_p1_min


def test_the_public_pages_of_a_branch_name_no_office(branch: Hall) -> None:
    words = policy(branch, Words)
    assert words.visitor["zh-Hans"] == "客户"
    visitor = Client(headers={"accept-language": "zh-CN"})
    pages = [f"/h/{branch.slug}/", f"/h/{branch.slug}/service/B07/"]
    with translation.override("zh-hans"):
        said = "".join(visitor.get(page).content.decode() for page in pages)
    assert "银行" in said
    for word in ("群众", "导办", "政务", "法定时限"):
        assert word not in said
