"""The test world itself: what every other test counts on."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from onewindow.accounts.models import User
from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.floor.models import Window
from tests.fixtures.guards import GetWrote, GuardedClient
from tests.fixtures.world import SHANGHAI, Clock


def _a_get_that_writes(_request: HttpRequest) -> HttpResponse:
    Hall.objects.update(accent=1)
    return HttpResponse()


urlpatterns = [path("writes", _a_get_that_writes)]


def test_the_day_is_a_monday_at_ten() -> None:
    assert clocks.now().astimezone(SHANGHAI).strftime("%A %H:%M") == "Monday 10:00"


def test_time_stands_still_until_it_is_moved(clock: Clock) -> None:
    before = clocks.now()
    assert clocks.now() == before
    clock.forward(minutes=30)
    assert (clocks.now() - before).total_seconds() == 1800
    clock.set(datetime(2026, 6, 13, 9))  # noqa: DTZ001 (a moment without a zone is the case)
    assert clocks.now().astimezone(SHANGHAI).strftime("%A %H:%M") == "Saturday 09:00"


def test_the_furniture_stands_in_one_hall(window: Window, clerk: User, stranger: User) -> None:
    assert window.zone.hall == window.hall
    assert [line.service.hall for line in window.profile.all()] == [window.hall]
    assert clerk.memberships.get().hall == window.hall
    assert stranger.memberships.get().hall != window.hall


@override_settings(ROOT_URLCONF=__name__)
def test_a_get_that_writes_fails(hall: Hall, client: GuardedClient) -> None:
    with pytest.raises(GetWrote, match="halls_hall"):
        client.get("/writes")
    assert client.post("/writes").status_code == 200


def test_a_person_is_signed_in_without_a_password(
    clerk: User, browser_for: Callable[..., GuardedClient]
) -> None:
    assert browser_for(clerk).session["_auth_user_id"] == str(clerk.pk)


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    assert connection.vendor in ("sqlite", "postgresql")
    name = str(connection.settings_dict["NAME"])
    assert "test" in name or "memory" in name
