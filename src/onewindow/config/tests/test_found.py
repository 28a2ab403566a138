"""A hall is founded from a template, once for each short name, with somebody who may begin."""

from dataclasses import replace

import pytest

from onewindow.accounts.models import Membership, User
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.config.actions import FIRST_ROLES, Founding, NotASlug, SlugTaken, found

pytestmark = pytest.mark.django_db

LAKE = Founding({"en": "City"}, {"en": "Lake"}, "lake", "government", "0001", always_open=True)


def test_a_hall_is_founded_with_its_services_and_an_administrator_who_may_begin() -> None:
    hall, password = found(LAKE)
    administrator = User.objects.get(staff_number="0001")
    assert password
    assert administrator.check_password(password)
    roles = Membership.objects.filter(user=administrator, hall=None).values_list("role", flat=True)
    assert set(roles) == set(FIRST_ROLES)
    assert hall.services.count() >= 25
    assert policy(hall, HoursPolicy).always_open


def test_a_second_hall_of_the_organisation_keeps_the_administrator() -> None:
    first, _password = found(LAKE)
    second, password = found(replace(LAKE, slug="harbour", always_open=False))
    assert password is None
    assert second.organisation == first.organisation
    assert not policy(second, HoursPolicy).always_open


@pytest.mark.parametrize("slug", ["two words", "x" * 41, ""])
def test_a_short_name_that_cannot_stand_in_an_address_is_refused(slug: str) -> None:
    with pytest.raises(NotASlug):
        found(replace(LAKE, slug=slug))
    assert not Hall.objects.exists()


def test_a_short_name_is_given_once() -> None:
    found(LAKE)
    with pytest.raises(SlugTaken):
        found(LAKE)
    assert Hall.objects.count() == 1
