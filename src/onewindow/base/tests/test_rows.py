"""What was put together once gives the same rows as the ORM does."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from onewindow.base import clocks
from onewindow.base.halls.models import Hall, Organisation
from onewindow.base.rows import Kept, change, insert
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


def test_a_row_is_changed_only_while_it_is_still_so() -> None:
    made = hall("harbour")
    assert change(Hall, made.pk, {"slug": "harbour", "archived_at": None}, {"slug": "market"})
    assert not change(Hall, made.pk, {"slug": "harbour"}, {"slug": "station"})
    now = clocks.now()
    assert change(Hall, made.pk, {"slug": "market"}, {"archived_at": now, "name": {"en": "M"}})
    assert not change(Hall, made.pk, {"archived_at": None}, {"slug": "station"})
    found = Hall.objects.get(pk=made.pk)
    assert (found.slug, found.archived_at, found.name) == ("market", now, {"en": "M"})


def test_a_change_takes_a_row_or_its_id_for_what_it_refers_to() -> None:
    made, other = hall("harbour"), hall("market")
    assert change(Hall, made.pk, {}, {"organisation": other.organisation})
    assert Hall.objects.filter(organisation=other.organisation).count() == 2
    assert change(Hall, other.pk, {"organisation": other.organisation}, {"slug": "station"})


def test_a_change_that_breaks_a_rule_is_refused_by_the_database() -> None:
    made, _other = hall("harbour"), hall("market")
    with pytest.raises(IntegrityError), transaction.atomic():
        change(Hall, made.pk, {}, {"slug": "market"})


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
