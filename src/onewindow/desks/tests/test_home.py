"""The first page of those who work in several halls, and how people are named in lists."""

import pytest
from django.test import Client
from django.utils import translation

from onewindow.accounts.states import Role
from onewindow.accounts.tests.make import MembershipFactory, UserFactory, person
from onewindow.base.halls.models import Hall


def test_halls_of_one_name_are_told_apart_by_their_short_names(
    hall: Hall, other_hall: Hall, client: Client
) -> None:
    Hall.objects.update(name={"en": "Government Service Hall"}, address={})
    user = person(hall, Role.CLERK)
    MembershipFactory.create(user=user, hall=other_hall)
    client.force_login(user)

    page = client.get("/s/").text

    for one in (hall, other_hall):
        assert f'<span class="small muted">{one.slug}</span>' in page


@pytest.mark.parametrize(
    ("name", "language", "shown"),
    [
        ("0100", "en", "staff number 0100"),
        ("0100", "zh-hans", "工号 0100"),
        ("Window team", "en", "Window team · 0100"),
    ],
)
def test_whose_name_is_the_number_is_named_once(name: str, language: str, shown: str) -> None:
    with translation.override(language):
        assert UserFactory.build(name=name, staff_number="0100").with_number == shown
