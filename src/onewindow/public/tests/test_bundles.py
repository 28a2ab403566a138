"""A slow screen asks for one sheet and one script, and may keep them until there are new ones."""

import re

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from onewindow.base.web.bundles import bundle
from onewindow.config.bundles import BUNDLES
from onewindow.public.tests.make import World

ASKED = re.compile(r'(?:stylesheet" href|script src)="([^"]+)"')


def test_a_kiosk_asks_for_three_files_and_keeps_them(client: Client, place: World) -> None:
    asked = ASKED.findall(client.get(place.kiosk).content.decode())
    assert len(asked) == len(BUNDLES)
    for address in asked:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", BUNDLES)
def test_a_page_from_before_an_upgrade_gets_what_there_is_now(client: Client, name: str) -> None:
    answer = client.get(reverse("bundle", args=["old", name]))
    found = bundle(name)
    assert found
    assert answer.content == found.content
    assert answer.headers["Cache-Control"] == "no-cache"


def test_there_is_no_other_file_behind_that_address(client: Client) -> None:
    assert client.get("/bundle/old/settings.py").status_code == 404


@override_settings(DEBUG=True)
def test_a_developer_gets_the_same_unkept() -> None:
    assert bundle("kiosk.css") is not bundle("kiosk.css")
    assert bundle("kiosk.css") == bundle("kiosk.css")
