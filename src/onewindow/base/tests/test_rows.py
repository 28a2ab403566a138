"""What was put together once gives the same rows as the ORM does."""

import pytest
from django.db import connection
from django.db.models import F
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from onewindow.base import clocks
from onewindow.base.halls.models import Hall, Organisation
from onewindow.base.rows import Kept, insert
from onewindow.base.trail.models import Entry

pytestmark = pytest.mark.django_db


def hall(slug: str) -> Hall:
    owner = Organisation.objects.create(name={"en": f"City of {slug}"})
    return insert(Hall(organisation=owner, slug=slug, name={"en": slug, "zh-hans": "大厅"}))


def entry(number: int) -> Entry:
    by = {"by_kind": "job", "by_label": "test", "via": "cli"}
    data = {"reason": "“quoted” 😀", "at": clocks.now(), "files": [1, 2]}
    row = Entry(hall=number, at=clocks.now(), kind="k", subject="s", subject_id=1, data=data, **by)
    return insert(row)


def test_an_inserted_row_is_read_back_as_it_was_written() -> None:
    made = hall("harbour")
    assert made.pk
    assert model_to_dict(made) == model_to_dict(Hall.objects.get(pk=made.pk))
    assert entry(7).pk < entry(8).pk
    assert Entry.objects.get(hall=7).data["reason"] == "“quoted” 😀"


def test_an_inserted_row_can_be_saved_again() -> None:
    made = hall("harbour")
    made.slug = "market"
    made.save()
    assert [one.slug for one in Hall.objects.all()] == ["market"]


def test_an_insert_is_one_statement() -> None:
    entry(1)
    with CaptureQueriesContext(connection) as queries:
        entry(2)
    assert len(queries) == 1


def test_a_kept_query_answers_like_the_queryset_each_time_anew() -> None:
    hall("harbour")
    rows = Hall.objects.select_related("organisation").filter(slug="harbour").order_by("pk")
    kept = Kept(rows)
    Hall.objects.filter(slug="harbour").update(version=F("version") + 5)
    found, asked = kept.first(), rows.get()
    assert found is not None
    assert model_to_dict(found) == model_to_dict(asked)
    assert found.version == asked.version
    with CaptureQueriesContext(connection) as queries:
        assert found.organisation.name == {"en": "City of harbour"}
    assert len(queries) == 0


def test_a_kept_query_finds_nothing_where_nothing_is() -> None:
    assert Kept(Hall.objects.filter(slug="nowhere")).first() is None
