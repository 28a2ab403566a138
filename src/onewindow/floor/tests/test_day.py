"""The hall's day, and what it tells everybody."""

from datetime import timedelta

import pytest

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.base.web.refused import BadInput
from onewindow.floor import actions, queries
from onewindow.floor.actions.day import ReopenedWhy
from tests.fixtures.world import Clock


def test_a_hall_opens_and_closes_once_a_day(hall: Hall, by: By, clock: Clock) -> None:
    assert queries.day_of(hall) is None
    actions.open_hall(hall=hall, by=by)
    actions.open_hall(hall=hall, by=by)
    clock.forward(hours=7)
    actions.close_hall(hall=hall, by=by)
    actions.close_hall(hall=hall, by=by)

    day = queries.day_of(hall)
    assert day
    assert day.opened_at
    assert day.closed_at == day.opened_at + timedelta(hours=7)
    kinds = Entry.objects.filter(kind__startswith="hall.").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["hall.opened", "hall.closed"]


def test_a_hall_that_was_closed_too_early_opens_again(hall: Hall, by: By) -> None:
    actions.open_hall(hall=hall, by=by)
    actions.close_hall(hall=hall, by=by)

    with pytest.raises(ReopenedWhy):
        actions.open_hall(hall=hall, by=by)
    again = actions.open_hall(hall=hall, by=by, reason="a bus came late")
    assert again.closed_at is None
    assert again.reopened_because == "a bus came late"


def test_the_next_day_begins_unopened(hall: Hall, by: By, clock: Clock) -> None:
    actions.open_hall(hall=hall, by=by)

    clock.forward(days=1)

    assert queries.day_of(hall) is None


def test_an_announcement_is_shown_for_its_time(hall: Hall, by: By, clock: Clock) -> None:
    in_an_hour = clocks.now() + timedelta(hours=1)
    told = actions.announce(
        hall=hall, text={"en": "Back soon", "zh-Hans": " "}, until=in_an_hour, by=by
    )
    later = actions.announce(hall=hall, text={"en": "Later"}, since=in_an_hour, by=by)

    assert told.text == {"en": "Back soon"}
    assert queries.announcements(hall) == [told]
    clock.forward(hours=1)
    assert queries.announcements(hall) == [later]


def test_an_announcement_without_words_is_refused(hall: Hall, by: By) -> None:
    with pytest.raises(BadInput, match="needs words"):
        actions.announce(hall=hall, text={"en": "  "}, by=by)
