"""A template fills a hall; a mistake in one is said with file and entry."""

import shutil
from datetime import datetime
from pathlib import Path
from time import perf_counter

import pytest
from django.db import transaction
from django.template import Context, Template

from onewindow.base.deadlines.queries import is_open
from onewindow.base.halls.models import Hall
from onewindow.base.trail.models import Entry
from onewindow.catalogue import queries as catalogue
from onewindow.catalogue.states import GUIDE
from onewindow.config import templates
from onewindow.config.templates import TemplateError, load
from onewindow.floor import queries as floor
from tests.fixtures.world import SHANGHAI

RESERVED = {"W", "Z"}  # walk-ins, and the numbers of a paper day


@pytest.fixture
def filled(hall: Hall) -> Hall:
    """A hall that began as a government hall."""
    load("government", hall)
    return hall


def test_a_government_hall_has_what_a_city_offers(filled: Hall) -> None:
    assert len(catalogue.groups(filled)) >= 6
    assert len(catalogue.services(filled)) >= 28
    assert len(floor.windows(filled)) >= 14
    assert len(floor.zones(filled)) == 4
    assert filled.departments.count() == 10
    assert filled.spots.count() == 2
    assert filled.phone
    assert len(floor.announcements(filled)) == 2


def test_loading_takes_less_than_two_seconds(hall: Hall) -> None:
    began = perf_counter()

    load("government", hall)

    assert perf_counter() - began < 2


def test_every_text_stands_in_both_languages(filled: Hall) -> None:
    both = {"zh-Hans", "en"}
    for service in catalogue.services(filled):
        texts = [service.name, service.summary, *service.guide.values()]
        texts += [material.name for material in service.materials.all()]
        assert all(set(text) == both for text in texts), service.code
        assert set(service.guide) == set(GUIDE)
        assert service.spelling, service.code


def test_every_service_has_two_windows_and_a_way_there(filled: Hall) -> None:
    for service in catalogue.services(filled):
        assert len(floor.windows_serving(service)) >= 2, service.code
    assert all(zone.direction and zone.walking_s for zone in floor.zones(filled))
    assert any(window.accessible for window in floor.windows(filled))


def test_no_group_draws_reserved_numbers_or_shares_a_series(filled: Hall) -> None:
    series = [group.series for group in catalogue.groups(filled)]

    assert len(set(series)) == len(series)
    assert not RESERVED & set(series)


def test_every_icon_exists(filled: Hall) -> None:
    page = Template("{% load lucide %}{% lucide name size=20 %}")
    for group in catalogue.groups(filled):
        assert "<svg" in page.render(Context({"name": group.icon})), group.icon


@pytest.mark.parametrize(
    ("moment", "hall_opens", "open_windows"),
    [
        ("2026-06-08 10:00", True, {"1", "2", "14"}),
        ("2026-06-08 12:30", False, {"1", "3", "5", "13"}),
        ("2026-06-13 10:00", True, {"1", "2", "3", "5", "7"}),
        ("2026-06-14 10:00", False, set()),
    ],
)
def test_it_opens_as_it_says(
    filled: Hall, moment: str, hall_opens: bool, open_windows: set[str]
) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
    windows = [window.label for window in floor.windows(filled)]

    assert is_open(filled, at) is hall_opens
    now_open = {label for label in windows if is_open(filled, at, f"window.{label}")}
    assert open_windows <= now_open
    assert bool(now_open) is bool(open_windows)


def test_a_load_leaves_few_rows_on_the_trail(filled: Hall) -> None:
    kinds = Entry.objects.filter(by_label="template government").values_list("kind", flat=True)

    assert sorted(set(kinds)) == [
        "catalogue.filled",
        "floor.filled",
        "hall.announced",
        "hall.described",
        "hall.joined",
        "topics.named",
    ]
    assert len(kinds) <= 7


def test_two_halls_share_the_departments(filled: Hall, other_hall: Hall) -> None:
    load("government", other_hall)

    assert set(filled.departments.all()) == set(other_hall.departments.all())


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("services/A.toml", 'code = "A02"', 'code = "A01"', "services/A.toml: service A01"),
        ("services/A.toml", "minutes = 8", "minuets = 8", "service A02: minutes is missing"),
        ("services/A.toml", 'keywords = "身', 'keyword = "身', "keyword is not known here"),
        ("services/A.toml", 'paper = "hukou"', 'paper = "huko"', "A01 paper no. 2: paper"),
        ("services/A.toml", 'if = "first"', 'if = "fist"', "there is no 'fist'"),
        ("services/C.toml", 'depth = "case"', 'depth = "deep"', "service C01: "),
        ("services/G.toml", "guide.result", "guide.results", "there is no 'results'"),
        ("services/H.toml", '["税务", "Tax"]', '["税务"]', "name needs a text in each of"),
        ("floor.toml", 'first = ["G02"]', 'first = ["G99"]', "window 15: first: there is no"),
        ("floor.toml", 'label = "16"', 'label = "十六"', "floor.toml: window 十六"),
        ("hall.toml", "09:00-17:00", "nine to five", "hours no. 3: spans"),
        ("hall.toml", "phone =", "phone = =", "hall.toml: "),
        ("papers.toml", "[paper.id]", "[papers.id]", "papers is not known here"),
    ],
)
def test_a_mistake_is_said_with_file_and_entry(
    hall: Hall, tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    folder = tmp_path / "government"
    shutil.copytree(Path(templates.__file__).parent / "government", folder)
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))

    with pytest.raises(TemplateError) as no, transaction.atomic():
        load("government", hall, folder=folder)

    assert said in str(no.value)
    assert file in str(no.value)


def test_a_template_that_does_not_exist_is_said(hall: Hall) -> None:
    with pytest.raises(TemplateError, match="no such template"):
        load("circus", hall)
