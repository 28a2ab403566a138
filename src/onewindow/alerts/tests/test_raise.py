"""Raising, curing and reading alerts."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from onewindow.alerts import kinds
from onewindow.alerts.actions import close_alert, raise_alert
from onewindow.alerts.models import Alert
from onewindow.alerts.queries import open_alerts
from onewindow.alerts.states import Level
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.queries import history
from tests.fixtures.world import Clock

CALLED = {"kind": "duty.called", "cause": "window.5.called", "level": Level.ACT_NOW}


def called(hall: Hall, by: By, **more: object) -> Alert:
    return raise_alert(hall=hall, by=by, **{**CALLED, "window": "5", **more})  # type: ignore[arg-type]


def test_it_says_what_happened_in_the_readers_language(hall: Hall, by: By) -> None:
    alert = called(hall, by)
    assert str(alert) == "Window 5 calls the duty manager."
    with translation.override("zh-hans"):
        assert str(alert) == "5 号窗口呼叫值班长。"


def test_it_is_on_the_trail_and_wakes_the_board(hall: Hall, by: By) -> None:
    (row,) = history(called(hall, by))
    assert (row.kind, row.topics) == ("alert.raised", "alert")
    assert row.data["says"] == {"window": "5"}


def test_the_same_cause_raises_one_alert(hall: Hall, by: By) -> None:
    first = called(hall, by)
    again = called(hall, by, window="5a")
    assert again.pk == first.pk
    assert Alert.objects.get().data == {"window": "5a"}
    assert history(first).count() == 1


def test_the_database_holds_that_too(hall: Hall, by: By) -> None:
    called(hall, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(hall=hall, raised_at=clocks.now(), **CALLED)


def test_another_hall_has_its_own(hall: Hall, other_hall: Hall, by: By) -> None:
    called(hall, by)
    called(other_hall, by)
    assert len(open_alerts(hall).act_now) == 1


def test_it_may_become_more_urgent_and_never_less(hall: Hall, by: By) -> None:
    alert = called(hall, by, level=Level.TODAY)
    called(hall, by, level=Level.ACT_NOW)
    called(hall, by, level=Level.GOOD_TO_KNOW)
    alert.refresh_from_db()
    assert alert.level == Level.ACT_NOW
    assert history(alert).count() == 2


def test_it_closes_when_its_cause_is_cured_and_may_come_back(hall: Hall, by: By) -> None:
    first = called(hall, by)
    assert close_alert(hall=hall, cause=first.cause, by=by) == first
    assert close_alert(hall=hall, cause=first.cause, by=by) is None
    assert open_alerts(hall).is_calm
    assert called(hall, by).pk != first.pk


def test_the_board_shows_five_to_act_on_and_counts_the_rest(
    hall: Hall, by: By, clock: Clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for window in range(1, 8):
        called(hall, by, cause=f"window.{window}", window=window)
        clock.forward(minutes=1)
    called(hall, by, cause="later", level=Level.TODAY)
    called(hall, by, cause="news", level=Level.GOOD_TO_KNOW)
    with django_assert_num_queries(1):
        board = open_alerts(hall)
    assert [alert.data["window"] for alert in board.act_now] == [1, 2, 3, 4, 5]
    assert board.more == 2
    assert (len(board.today), len(board.good_to_know)) == (1, 1)


def test_a_kind_that_nobody_knows_any_more_can_still_be_read(hall: Hall, by: By) -> None:
    alert = raise_alert(hall=hall, kind="gone", cause="gone", by=by)
    assert (alert.sentence, alert.address) == ("gone", "")


def test_what_is_missing_leaves_a_gap() -> None:
    assert kinds.sentence("duty.called", {}) == "Window … calls the duty manager."


def test_names_in_languages_are_said_in_the_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register("crowded", "Many wait for {service}.")
    data = {"service": {"en": "household", "zh-Hans": "户籍"}}
    assert kinds.sentence("crowded", data) == "Many wait for household."
    with translation.override("zh-hans"):
        assert kinds.sentence("crowded", data) == "Many wait for 户籍."


def test_a_button_leads_to_a_page_of_the_hall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register("look", "Look.", button="Look", url="alerts:panel")
    kinds.register("lost", "Look.", button="Look", url="nowhere:at-all")
    kinds.register("lacking", "Look.", button="Look", url="alerts:take", args=("alert",))
    assert kinds.address("look", "east-lake", {}) == "/s/east-lake/alerts/"
    assert kinds.address("lost", "east-lake", {}) == ""
    assert kinds.address("lacking", "east-lake", {}) == ""


def test_data_is_put_into_words_when_it_is_read(hall: Hall, by: By) -> None:
    kinds.register("rooms.cold", "Cold: {rooms}.", reads={"rooms": " and ".join})
    alert = raise_alert(hall=hall, kind="rooms.cold", cause="cold", by=by, rooms=["A", "B"])
    assert str(alert) == "Cold: A and B."


def test_what_is_only_shown_is_not_kept_on_the_trail(hall: Hall, by: By) -> None:
    kinds.register("visitor.ill", "{number}: {what}", unkept=("what",))
    alert = raise_alert(
        hall=hall, kind="visitor.ill", cause="ill", by=by, number="A001", what="a cold"
    )
    assert str(alert) == "A001: a cold"
    assert history(alert)[0].data["says"] == {"number": "A001"}


def test_an_alert_that_asks_for_something_else_wakes_again(hall: Hall, by: By) -> None:
    alert = called(hall, by)
    called(hall, by, window="6", anew=True)
    assert [row.kind for row in history(alert)] == ["alert.raised"] * 2
