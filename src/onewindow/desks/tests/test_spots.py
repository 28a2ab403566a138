"""The codes that hang in the hall: printed, and worth nothing once they are archived."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from onewindow.accounts.states import Role
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.desks.tests.sheets import SETUP, administrator, made
from onewindow.floor.models import Spot

__all__ = ["administrator"]

PRINT = f"{SETUP}spots/print"


def test_each_code_in_use_has_its_page_of_paper_in_the_halls_languages(
    administrator: Client, hall: Hall, settings: Any
) -> None:
    settings.PUBLIC_URL = "http://hall.example:8000"
    hall.languages = ["zh-Hans", "en"]
    hall.save()
    kept, _ = made(administrator, "spots", hall)
    gone, _ = made(administrator, "spots", hall)
    administrator.post(f"{gone}archive")
    page = administrator.get(PRINT)
    assert page.text.count('class="sheet poster"') == 1
    assert page.text.count("<svg") >= 1
    assert "Take a number with your phone" in page.text
    assert "手机扫码取号" in page.text
    (spot, address) = page.context["codes"][0]
    assert address == f"http://hall.example:8000/h/{hall.slug}/q/{spot.code}/"
    assert kept.endswith(f"/{spot.pk}/")


def test_without_a_public_address_it_says_what_to_do(
    administrator: Client, hall: Hall, settings: Any
) -> None:
    settings.PUBLIC_URL = ""
    made(administrator, "spots", hall)
    page = administrator.get(PRINT).text
    assert "Set the address first." in page
    assert "poster" not in page.replace("spots.css", "")


def test_an_archived_code_opens_nothing_until_it_is_brought_back(
    administrator: Client, client: Client, hall: Hall
) -> None:
    row, _ = made(administrator, "spots", hall)
    at = f"/h/{hall.slug}/q/{Spot.objects.get().code}/"
    assert client.get(at).status_code == 200
    administrator.post(f"{row}archive")
    assert client.get(at).status_code == 404
    administrator.post(f"{row}restore")
    assert client.get(at).status_code == 200


def test_nobody_prints_the_codes_of_another_hall(
    browser_for: Callable[..., Client], hall: Hall, other_hall: Hall
) -> None:
    stranger = browser_for(make.person(other_hall, Role.SYSTEM_ADMINISTRATOR))
    assert stranger.get(PRINT).status_code == 404
    clerk = browser_for(make.person(hall, Role.CLERK))
    assert clerk.get(PRINT).status_code == 403
