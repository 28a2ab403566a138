"""A second hall is set up as the first is, and shares nothing with it but the departments."""

import pytest

from onewindow.accounts.models import Device
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy, set_policy
from onewindow.base.trail import job
from onewindow.base.trail.models import Entry
from onewindow.catalogue import queries as catalogue
from onewindow.config.actions import NotASlug, SlugTaken, add_hall
from onewindow.config.templates import load
from onewindow.floor import queries as floor

pytestmark = pytest.mark.django_db
BY = job("tests")


@pytest.fixture
def first(hall: Hall) -> Hall:
    """A hall that began from a template and went its own way since."""
    load("government", hall)
    set_policy(hall, HoursPolicy(before_opening_min=40))
    return hall


@pytest.fixture
def second(first: Hall) -> Hall:
    """A hall made from it."""
    return add_hall(like=first, slug="harbour", name={"en": "Harbour"}, by=BY)


def test_it_offers_what_the_first_offers(first: Hall, second: Hall) -> None:
    def offered(hall: Hall) -> list[object]:
        return [
            (
                service.code,
                service.group.code,
                service.guide,
                service.spelling,
                [(str(m), m.condition and m.condition.code) for m in service.materials.all()],
            )
            for service in catalogue.services(hall)
        ]

    assert offered(second) == offered(first)
    assert {s.hall_id for s in catalogue.services(second)} == {second.pk}
    assert {s.group.hall_id for s in catalogue.services(second)} == {second.pk}


def test_its_floor_serves_the_same_and_opens_at_the_same_hours(first: Hall, second: Hall) -> None:
    def laid_out(hall: Hall) -> list[object]:
        return [
            (
                *(window.label, window.kind, window.zone.code, window.department),
                sorted(window.profile.values_list("service__code", "choice")),
            )
            for window in floor.windows(hall)
        ]

    def hours(hall: Hall) -> list[tuple[object, ...]]:
        return sorted(hall.hours.values_list("scope", "weekday", "opens", "closes"))

    assert laid_out(second) == laid_out(first)
    assert hours(second) == hours(first)
    assert {window.zone.hall_id for window in floor.windows(second)} == {second.pk}


def test_the_settings_that_hold_now_go_with_it(first: Hall, second: Hall) -> None:
    assert policy(second, HoursPolicy).before_opening_min == 40
    set_policy(first, HoursPolicy(before_opening_min=5))
    assert policy(second, HoursPolicy).before_opening_min == 40


def test_spots_get_codes_of_their_own(first: Hall, second: Hall) -> None:
    codes = [set(hall.spots.values_list("code", flat=True)) for hall in (first, second)]
    assert len(codes[0]) == len(codes[1]) == 2
    assert not codes[0] & codes[1]


def test_people_devices_and_announcements_stay_behind(first: Hall) -> None:
    Device.objects.create(hall=first, name="K1", kind="kiosk")
    made = add_hall(like=first, slug="harbour", name={"en": "Harbour"}, by=BY)

    assert made.organisation == first.organisation
    assert set(made.departments.all()) == set(first.departments.all())
    assert not made.devices.exists()
    assert not made.members.exists()
    assert not floor.announcements(made)
    assert made.address == {}


def test_the_trail_says_where_it_came_from(first: Hall, second: Hall) -> None:
    entry = Entry.objects.get(kind="hall.added")
    assert entry.data["like"] == first.slug


def test_a_short_name_that_is_taken_or_none_leaves_nothing_behind(first: Hall) -> None:
    for slug, no in ((first.slug, SlugTaken), ("two words", NotASlug)):
        with pytest.raises(no):
            add_hall(like=first, slug=slug, name={"en": "Harbour"}, by=BY)
    assert Hall.objects.count() == 1
