"""The health page, and what is said when the database is away or the disk is full."""

import json
from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from onewindow.base.ticks.actions.life import sign_of_life
from onewindow.base.ticks.queries import WORKER
from onewindow.config.health import failed


def after(error: Exception, path: str, **headers: str) -> HttpResponse:
    """Answer a request that failed with this error."""
    request: HttpRequest = RequestFactory().get(path, headers=headers)
    try:
        raise error
    except type(error):
        return failed(request)


@pytest.mark.django_db
def test_all_is_well(client: Client) -> None:
    sign_of_life(WORKER)
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (
        200,
        {"well": True, "database": True, "worker": True},
    )


@pytest.mark.django_db
def test_a_worker_that_is_silent_for_minutes_is_told_of(client: Client) -> None:
    sign_of_life(WORKER)
    with patch("onewindow.config.health.silence", return_value=timedelta(minutes=3)):
        answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["worker"] is False
    assert answer.headers["Retry-After"]


def test_a_database_that_is_away_is_told_of(client: Client) -> None:
    with patch("onewindow.config.health.connection.cursor", side_effect=OperationalError):
        answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (503, {"well": False, "database": False})


def test_the_api_gets_a_problem_document_when_the_database_is_away() -> None:
    answer = after(OperationalError("connection refused"), "/api/v1/tickets")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert json.loads(answer.content)["type"] == "urn:onewindow:database-away"


def test_a_page_says_it_and_tries_again_by_itself() -> None:
    answer = after(OperationalError("database is locked"), "/s/east-lake/desk")
    assert answer.status_code == 503
    assert b'http-equiv="refresh"' in answer.content
    assert b"Nothing was lost" in answer.content


def test_a_button_gets_a_flash() -> None:
    answer = after(OperationalError("gone"), "/s/east-lake/desk", HX_Request="true")
    assert answer.headers["HX-Retarget"] == "#flash"
    assert b"<html" not in answer.content


def test_a_full_disk_has_its_own_sentence() -> None:
    answer = after(OperationalError("database or disk is full"), "/api/v1/tickets")
    assert json.loads(answer.content)["type"] == "urn:onewindow:disk-full"


def test_any_other_failure_is_a_500() -> None:
    assert after(ValueError("a mistake of ours"), "/").status_code == 500


def test_a_kiosk_that_failed_goes_back_to_its_start_by_itself() -> None:
    answer = after(ValueError("a mistake of ours"), "/k/token/take/")
    assert b'content="20; url=/k/token/"' in answer.content
    assert b"refresh" not in after(ValueError("a mistake of ours"), "/").content


@pytest.mark.django_db
def test_a_display_whose_token_is_wrong_goes_on_to_pairing_by_itself(client: Client) -> None:
    answer = client.get("/d/mistyped/")
    assert answer.status_code == 404
    assert b'url=/pair/"' in answer.content


@pytest.mark.django_db
def test_a_kiosk_whose_page_was_open_too_long_goes_back_to_its_start() -> None:
    answer = Client(enforce_csrf_checks=True).post("/k/token/guide/call/")
    assert answer.status_code == 403
    assert b'content="20; url=/k/token/"' in answer.content


@pytest.mark.django_db
def test_a_kiosk_that_lost_its_cookies_is_led_to_its_start_without_a_page_between() -> None:
    kiosk = Client(enforce_csrf_checks=True)
    answer = kiosk.post("/k/token/guide/call/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (403, "/k/token/")


@pytest.mark.django_db
def test_a_view_that_loses_the_database_answers_503(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False

    def lose(*_: object, **__: object) -> Callable[..., HttpResponse]:
        raise OperationalError("gone")

    monkeypatch.setattr("onewindow.base.live.views.tokens.read", lose)
    answer = client.get("/live/east-lake/?t=x")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_a_mistake_of_ours_is_a_problem_document_for_a_program() -> None:
    answer = after(ValueError("a mistake of ours"), "/api/v1/halls/harbour")
    assert answer.status_code == 500
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert b"a mistake of ours" not in answer.content
