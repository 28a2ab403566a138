"""What a hall is, what is remembered of it, and its settings."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from onewindow.base.halls import memory
from onewindow.base.halls.memory import changed, remembered
from onewindow.base.halls.models import Hall, Policy
from onewindow.base.halls.policies import policy, set_policy
from onewindow.base.halls.text import said, tag
from tests.fixtures.world import Clock


@dataclass(frozen=True)
class TeaPolicy:
    """Settings of no room."""

    cups: int = 2
    green: bool = True


def test_settings_have_defaults_and_the_newest_counts(hall: Hall, clock: Clock) -> None:
    assert policy(hall, TeaPolicy) == TeaPolicy()
    set_policy(hall, TeaPolicy(cups=3))
    before = clock.now
    clock.forward(hours=1)
    set_policy(hall, TeaPolicy(cups=4))
    assert policy(hall, TeaPolicy).cups == 4
    assert policy(hall, TeaPolicy, at=before).cups == 3
    assert Policy.objects.filter(hall=hall).count() == 2


def test_another_hall_keeps_its_own_settings(hall: Hall, other_hall: Hall) -> None:
    set_policy(hall, TeaPolicy(cups=3))
    assert policy(other_hall, TeaPolicy) == TeaPolicy()


def test_a_setting_that_is_gone_is_left_out(hall: Hall, clock: Clock) -> None:
    Policy.objects.create(
        hall=hall, key="TeaPolicy", value={"cups": 5, "sugar": True}, since=clock.now
    )
    assert policy(hall, TeaPolicy) == TeaPolicy(cups=5)


def test_settings_cost_no_query_the_second_time(
    hall: Hall, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    policy(hall, TeaPolicy)
    with django_assert_num_queries(0):
        policy(hall, TeaPolicy)


def test_what_is_remembered_stands_until_the_hall_changes(hall: Hall) -> None:
    asked: list[str] = []

    @remembered
    def looked(_hall: Hall, what: str) -> str:
        asked.append(what)
        return what.upper()

    assert [looked(hall, "a"), looked(hall, "a"), looked(hall, "b")] == ["A", "A", "B"]
    assert asked == ["a", "b"]
    changed(hall)
    looked(hall, "a")
    assert asked == ["a", "b", "a"]


def test_a_change_reaches_who_reads_the_hall_anew(hall: Hall) -> None:
    elsewhere = Hall.objects.get(pk=hall.pk)
    changed(hall)
    assert hall.version == elsewhere.version + 1
    elsewhere.refresh_from_db()
    assert elsewhere.version == hall.version


def test_memory_does_not_grow_without_end(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "KEPT_AT_MOST", 3)

    @remembered
    def number(_hall: Hall, n: int) -> int:
        return n

    assert [number(hall, n) for n in range(10)] == list(range(10))
    assert len(memory._kept) <= 3


def test_the_business_date_is_the_halls(hall: Hall) -> None:
    assert hall.today(datetime(2026, 6, 7, 19, 59, tzinfo=UTC)) == date(2026, 6, 7)
    assert hall.today(datetime(2026, 6, 7, 20, 0, tzinfo=UTC)) == date(2026, 6, 8)


BOTH = {"zh-Hans": "户籍", "en": "Household registration"}


def test_a_text_is_said_in_the_language_asked() -> None:
    assert said(BOTH, "en") == "Household registration"
    with translation.override("zh-hans"):
        assert said(BOTH) == "户籍"


@pytest.mark.parametrize(
    ("texts", "then", "heard"),
    [
        (BOTH, (), "户籍"),
        (BOTH, ("en",), "Household registration"),
        ({"en": "Only English"}, (), "Only English"),
        ({"ug": "تىزىملاش"}, (), "تىزىملاش"),
        ({}, (), ""),
        (None, (), ""),
    ],
)
def test_a_missing_language_falls_back(
    texts: dict[str, str] | None, then: tuple[str, ...], heard: str
) -> None:
    assert said(texts, "fr", then=then) == heard


@pytest.mark.parametrize(
    ("code", "bcp47"),
    [("zh-hans", "zh-Hans"), ("zh-CN", "zh-Hans"), ("en", "en"), ("en-gb", "en"), ("fr", "fr")],
)
def test_languages_have_one_tag(code: str, bcp47: str) -> None:
    assert tag(code) == bcp47
