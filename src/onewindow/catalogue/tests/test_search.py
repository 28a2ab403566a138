"""A service is found by words, by its code, by its sound."""

import pytest

from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.catalogue import queries
from onewindow.catalogue.models import Service
from onewindow.catalogue.spelling import spelled
from onewindow.catalogue.tests.make import ServiceFactory


@pytest.fixture
def move(hall: Hall) -> Service:
    """Moving in, and beside it the identity card."""
    ServiceFactory.create(
        hall=hall,
        code="A02",
        name={"zh-Hans": "居民身份证申领", "en": "Identity card"},
        spelling=spelled("居民身份证申领"),
        often=9,
    )
    return ServiceFactory.create(
        hall=hall,
        code="A03",
        name={"zh-Hans": "户口迁入登记", "en": "Moving in"},
        summary={"en": "For those who join their family"},
        keywords="落户 hukou",
        spelling=spelled("户口迁入登记", "落户", "hukou"),
    )


BY_SOUND = ["hukouqianru", "hu kou", "hkqr", "HKQR", "qianru", "qrdj", "luohu", "lh"]
BY_WORDS = ["户口", "迁入", "落户", "moving", "MOVING in", "family", "  family  join "]


@pytest.mark.parametrize("typed", [*BY_SOUND, *BY_WORDS, "A03", "a03", "Ａ０３"])
def test_a_service_is_found_by_what_people_type(hall: Hall, move: Service, typed: str) -> None:
    assert queries.search(hall, typed, "zh-hans") == [move]


@pytest.mark.parametrize("typed", ["", "   ", "zzz", "🙂", "مرحبا", "%", "户口 zzz", "x" * 5_000])
def test_nothing_is_found_by_what_fits_nothing(hall: Hall, move: Service, typed: str) -> None:
    assert queries.search(hall, typed) == []


def test_the_beginning_of_a_code_finds_all_that_begin_so(hall: Hall, move: Service) -> None:
    assert [one.code for one in queries.search(hall, "a0")] == ["A02", "A03"]


def test_a_name_that_begins_so_stands_before_one_that_contains_it(hall: Hall) -> None:
    contains = ServiceFactory.create(hall=hall, name={"zh-Hans": "换领社保卡"}, often=50)
    begins = ServiceFactory.create(hall=hall, name={"zh-Hans": "社保卡申领"})

    assert queries.search(hall, "社保卡") == [begins, contains]


def test_what_people_come_for_most_stands_first_among_equals(hall: Hall) -> None:
    rare = ServiceFactory.create(hall=hall, name={"en": "Card one"}, often=1)
    common = ServiceFactory.create(hall=hall, name={"en": "Card two"}, often=5)

    assert queries.search(hall, "card") == [common, rare]
    assert queries.most_taken(hall) == (common, rare)


def test_the_language_asked_decides_between_equals(hall: Hall) -> None:
    other = ServiceFactory.create(hall=hall, name={"en": "Taxi licence", "fr": "Carte"})
    asked = ServiceFactory.create(hall=hall, name={"en": "Carte", "fr": "Taxi"})

    assert queries.search(hall, "carte", "en") == [asked, other]
    assert queries.search(hall, "carte", "fr") == [other, asked]


def test_searching_asks_the_database_once_for_all(
    hall: Hall, move: Service, django_assert_num_queries: object
) -> None:
    queries.search(hall, "hk")

    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's fixture
        assert queries.search(hall, "hkqr") == [move]


def test_an_archived_service_is_not_offered(hall: Hall, move: Service) -> None:
    move.archived_at = hall.today().isoformat() + "T00:00:00Z"
    move.save()
    changed(hall)

    assert queries.search(hall, "A03") == []
    with pytest.raises(queries.UnknownService, match="no service A03"):
        queries.service_by_code(hall, "A03")
    with pytest.raises(queries.UnknownService):
        queries.service_by_id(hall, move.pk)
