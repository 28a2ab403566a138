"""The floor's API: the hall, opening and pausing windows."""

import json
from typing import Any

import pytest
from django.test import Client

from onewindow.accounts.access import Can
from onewindow.accounts.models import User
from onewindow.accounts.tests import make
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.floor import actions, queries
from onewindow.floor.models import Session, Window
from onewindow.floor.tests.make import window as make_window

HERE = "/api/v1/halls/east-lake"


@pytest.fixture
def ask(hall: Hall) -> Any:
    """``ask("post", "/windows/5/open", {...})`` with a key that may do it all."""
    text = make.key(hall, *Can)[1]
    return Asker(text)


class Asker:
    """A program with a key."""

    def __init__(self, text: str) -> None:
        self.headers = {"Authorization": f"Bearer {text}", "Accept-Language": "en"}

    def get(self, path: str = "") -> Any:
        return Client().get(HERE + path, headers=self.headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        sent = "" if body is None else json.dumps(body)
        given = self.headers | headers
        return Client().generic("POST", HERE + path, sent, "application/json", headers=given)


def test_a_hall_says_what_it_offers_and_where(ask: Asker, window: Window, service: Service) -> None:
    seen = ask.get().json()

    assert seen["slug"] == "east-lake"
    assert seen["timezone"] == "Asia/Shanghai"
    assert seen["open"] is False
    said = {"code": "ID-01", "name": service.name["en"], "depth": "ticket"}
    assert seen["services"] == [said | {"group": service.group.code}]
    assert seen["windows"] == [{"label": "5", "state": "closed", "services": ["ID-01"]}]


def test_a_key_without_staff_opens_a_window_for_nobody_in_person(
    ask: Asker, window: Window
) -> None:
    opened = ask.post("/windows/5/open")

    assert (opened.status_code, opened.json()["state"]) == (200, "open")
    assert opened.json()["staff"] is None
    assert ask.get().json()["windows"][0]["state"] == "open"


def test_a_window_is_opened_for_somebody_who_serves(
    ask: Asker, window: Window, clerk: User, guide: User, stranger: User
) -> None:
    assert ask.post("/windows/5/open", {"staff": clerk.staff_number}).status_code == 200
    for other in (guide, stranger):
        no = ask.post("/windows/5/open", {"staff": other.staff_number})
        assert (no.status_code, no.json()["type"]) == (404, "urn:onewindow:unknown-staff")

    here = queries.session_of(clerk)
    assert here
    assert here.window == window


def test_who_stands_elsewhere_is_moved(
    ask: Asker, hall: Hall, window: Window, service: Service, clerk: User, by: By
) -> None:
    make_window(hall, service, label="6")
    actions.open_window(window=window, user=clerk, by=by)

    assert ask.post("/windows/6/open", {"staff": clerk.staff_number}).status_code == 200

    here = queries.session_of(clerk)
    assert here
    assert here.window.label == "6"


def test_a_repeated_request_opens_once(ask: Asker, window: Window) -> None:
    for _ in range(2):
        answer = ask.post("/windows/5/open", {}, **{"Idempotency-Key": "k1"})
        assert answer.status_code == 200

    assert Session.objects.count() == 1


def test_a_pause_says_when_it_ends(ask: Asker, window: Window) -> None:
    ask.post("/windows/5/open")

    paused = ask.post("/windows/5/pause", {"reason": "break", "until": "2026-06-08T10:20:00+08:00"})

    assert paused.json()["state"] == "paused"
    assert paused.json()["until"] == "2026-06-08T10:20:00+08:00"
    assert ask.post("/windows/5/pause", {"reason": "🙂 عربي"}).status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/windows/99/open", {}, 404),
        ("/windows/5/pause", {}, 409),
        ("/windows/5/open", {"staff": "x" * 21}, 422),
        ("/windows/5/open", {"stuff": "1"}, 422),
        ("/windows/5/pause", {"until": "2026-06-08T10:20:00"}, 422),
        ("/windows/5/pause", {"until": "soon"}, 422),
    ],
)
def test_what_cannot_be_done_is_refused_as_a_problem_document(
    ask: Asker, window: Window, path: str, body: Any, status: int
) -> None:
    no = ask.post(path, body)

    assert no.status_code == status
    assert no.headers["Content-Type"].startswith("application/problem+json")
    assert not Session.objects.exists()


def test_a_key_without_the_right_opens_nothing(hall: Hall, window: Window) -> None:
    ask = Asker(make.key(hall, Can.SERVE)[1])

    assert ask.post("/windows/5/open").status_code == 403
    assert ask.get().status_code == 403


def test_another_halls_key_finds_nothing(other_hall: Hall, window: Window) -> None:
    assert Asker(make.key(other_hall, *Can)[1]).get().status_code == 404


def test_a_pause_may_end_at_a_moment_written_with_any_offset(ask: Asker, window: Window) -> None:
    ask.post("/windows/5/open")

    soon = ask.post("/windows/5/pause", {"until": "2026-06-07T07:10:00.079-19:16"})
    far = ask.post("/windows/5/pause", {"until": "4475-12-17T00:05:32.079-19:16"})
    beyond = ask.post("/windows/5/pause", {"until": "9999-12-31T23:59:59-23:00"})

    assert (soon.status_code, soon.json()["state"]) == (200, "paused")
    assert (far.status_code, beyond.status_code) == (422, 422)
