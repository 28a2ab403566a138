"""Each operation of the API, with the names that other systems count on."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.floor.models import Window
from onewindow.tickets.tests.conftest import offer, open_one_more
from tests.fixtures.api import Program, problem
from tests.fixtures.world import Clock

TICKET = {
    "id", "number", "token", "visit", "state", "service", "window", "priority", "needs", "channel",
    "files", "outcome", "joined_at", "called_at", "started_at", "ended_at", "ahead", "wait",
}  # fmt: skip


def test_a_ticket_has_its_fixed_names(program: Program, service: Service) -> None:
    asked = {
        "service": "ID-01",
        "channel": "guide",
        "priority": "p1",
        "needs": ["hearing"],
        "answers": {"agent": False},
        "phone": "+86 138-0000-1234",
        "language": "en",
    }
    answer = program.post("/tickets", asked)
    ticket = answer.json()
    assert answer.status_code == 201
    assert set(ticket) == TICKET
    assert (ticket["number"], ticket["state"], ticket["service"]) == ("A001", "waiting", "ID-01")
    assert (ticket["channel"], ticket["priority"], ticket["needs"]) == ("guide", "p1", ["hearing"])
    assert (ticket["window"], ticket["outcome"], ticket["files"]) == (None, None, 1)
    assert ticket["ahead"] == 0
    assert set(ticket["wait"]) == {"p50_s", "p80_s"}
    assert ticket["joined_at"] == "2026-06-08T10:00:00+08:00"
    assert "138" not in answer.content.decode()


def test_a_further_ticket_keeps_number_and_joining_time(
    program: Program, waiting: dict[str, Any], hall: Hall, clock: Clock
) -> None:
    other = offer(hall)
    clock.forward(minutes=10)
    further = program.post("/tickets", {"service": other.code, "visit": waiting["visit"]}).json()
    same = ("number", "token", "visit", "joined_at")
    assert [further[name] for name in same] == [waiting[name] for name in same]
    assert further["id"] != waiting["id"]


def test_tickets_are_listed_by_day_and_state(
    program: Program, called: dict[str, Any], clock: Clock
) -> None:
    program.post("/tickets", {"service": "ID-01"})
    assert [one["number"] for one in program.get("/tickets").json()["items"]] == ["A001", "A002"]
    waiting = program.get("/tickets?state=waiting").json()
    assert ([one["number"] for one in waiting["items"]], waiting["next"]) == (["A002"], None)
    clock.forward(days=1)
    assert program.get("/tickets").json()["items"] == []
    assert len(program.get("/tickets?day=2026-06-08").json()["items"]) == 2
    assert problem(program.get("/tickets?day=tomorrow")) == (422, "not-valid")
    assert problem(program.get("/tickets?page=0")) == (422, "bad-input")


def test_a_long_list_has_a_next_page(
    program: Program, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onewindow.tickets.api.PAGE", 2)
    for _ in range(3):
        program.post("/tickets", {"service": "ID-01"})
    assert program.get("/tickets").json()["next"] == 2
    last = program.get("/tickets?page=2").json()
    assert ([one["number"] for one in last["items"]], last["next"]) == (["A003"], None)


def test_the_queue_at_a_glance(
    open_program: Program, called: dict[str, Any], hall: Hall, clock: Clock
) -> None:
    open_program.post("/tickets", {"service": "ID-01"})
    clock.forward(seconds=3)
    open_program.post("/tickets", {"service": "ID-01", "priority": "p1"})
    clock.forward(seconds=3)
    queue = open_program.get("/queue").json()
    assert [one["number"] for one in queue["waiting"]] == ["A003", "A002"]
    assert [one["ahead"] for one in queue["waiting"]] == [0, 1]
    assert ([one["number"] for one in queue["called"]], queue["serving"]) == (["A001"], [])
    assert queue["windows"] == [{"label": "5", "state": "open", "services": ["ID-01"]}]
    estimate = queue["estimates"]["ID-01"]
    assert set(estimate) == {"waiting", "p50_s", "p80_s"}
    assert estimate["waiting"] == 2


def test_calling_next_answers_the_ticket_or_that_nobody_waits(
    open_program: Program, waiting: dict[str, Any], clock: Clock
) -> None:
    clock.forward(minutes=3)
    answer = open_program.post("/windows/5/call-next")
    ticket = answer.json()
    assert (answer.status_code, ticket["id"], ticket["state"]) == (200, waiting["id"], "called")
    assert (ticket["window"], ticket["called_at"]) == ("5", "2026-06-08T10:03:00+08:00")
    assert (ticket["ahead"], ticket["wait"]) == (None, None)
    open_program.post(f"/tickets/{ticket['id']}/finish")
    nobody = open_program.post("/windows/5/call-next")
    assert (nobody.status_code, nobody.content) == (204, b"")


def test_a_busy_window_does_not_call_next(open_program: Program, called: dict[str, Any]) -> None:
    assert problem(open_program.post("/windows/5/call-next")) == (409, "window-busy")
    open_program.post("/tickets", {"service": "ID-01"})
    assert problem(open_program.post("/windows/5/call-next")) == (409, "window-busy")


def test_a_given_ticket_is_called_by_id_or_number(
    open_program: Program, waiting: dict[str, Any], clock: Clock
) -> None:
    clock.forward(minutes=1)
    late = open_program.post("/tickets", {"service": "ID-01"}).json()
    no = open_program.post("/windows/5/call", {"ticket": late["id"]})
    assert problem(no) == (422, "reason-missing")
    urgent = {"ticket": "a002", "reason": "medical"}
    assert open_program.post("/windows/5/call", urgent).json()["id"] == late["id"]
    open_program.post(f"/tickets/{late['id']}/finish")
    turn = open_program.post("/windows/5/call", {"ticket": waiting["id"], "reason": "fault"})
    assert turn.json()["state"] == "called"


def test_a_walk_in_is_served_at_once(open_program: Program) -> None:
    answer = open_program.post("/windows/5/walk-in", {"service": "ID-01"})
    ticket = answer.json()
    assert (answer.status_code, ticket["number"], ticket["state"]) == (201, "W001", "serving")
    assert (ticket["channel"], ticket["window"]) == ("desk", "5")


def test_a_visit_from_call_to_finish(
    open_program: Program, called: dict[str, Any], clock: Clock
) -> None:
    path = f"/tickets/{called['id']}"
    clock.forward(seconds=60)
    assert open_program.post(f"{path}/recall").json()["state"] == "called"
    assert open_program.post(f"{path}/start").json()["state"] == "serving"
    assert open_program.post(f"{path}/park").json()["state"] == "parked"
    assert open_program.post(f"{path}/resume").json()["state"] == "serving"
    body = {"outcome": "received", "services": ["ID-01"], "files": 2}
    done = open_program.post(f"{path}/finish", body).json()
    assert (done["state"], done["outcome"], done["files"]) == ("done", "received", 2)
    assert open_program.get(path).json() == done
    assert datetime.fromisoformat(done["ended_at"]).utcoffset() == timedelta(hours=8)


def test_miss_come_back_and_leave(open_program: Program, called: dict[str, Any]) -> None:
    path = f"/tickets/{called['id']}"
    assert open_program.post(f"{path}/miss").json()["state"] == "missed"
    assert open_program.post(f"{path}/come-back").json()["state"] == "waiting"
    assert open_program.post(f"{path}/leave").json()["state"] == "left"


def test_a_transfer_keeps_the_joining_time(
    open_program: Program, serving: dict[str, Any], hall: Hall, by: By, clock: Clock
) -> None:
    tax = offer(hall, code="TAX-01")
    open_one_more(hall, tax, label="8", by=by)
    clock.forward(minutes=10)
    moved = open_program.post(
        f"/tickets/{serving['id']}/transfer",
        {"service": "TAX-01", "window": "8", "place": "front", "return": True},
    ).json()
    assert (moved["state"], moved["service"]) == ("waiting", "TAX-01")
    assert moved["joined_at"] == serving["joined_at"]
    there = open_program.post("/windows/8/call-next").json()
    assert there["id"] == serving["id"]
    assert open_program.post(f"/tickets/{serving['id']}/finish").json()["state"] == "waiting"
    assert open_program.post("/windows/5/call-next").json()["id"] == serving["id"]


def test_resume_at_another_window_is_a_call(
    open_program: Program, serving: dict[str, Any], hall: Hall, service: Service, by: By
) -> None:
    open_one_more(hall, service, label="6", by=by)
    open_program.post(f"/tickets/{serving['id']}/park")
    there = open_program.post(f"/tickets/{serving['id']}/resume", {"window": "6"}).json()
    assert (there["state"], there["window"]) == ("called", "6")


def test_a_window_is_opened_paused_and_closed(program: Program, window: Window) -> None:
    assert program.post("/windows/5/open").json()["state"] == "open"
    assert program.post("/windows/5/pause", {"reason": "break"}).json()["state"] == "paused"
    assert problem(program.post("/windows/5/call-next")) == (409, "window-paused")
    assert program.post("/windows/5/open").json()["state"] == "open"
    assert program.post("/windows/5/close").json()["state"] == "closed"
    assert problem(program.post("/windows/5/close")) == (409, "window-not-open")


def test_a_window_with_a_visitor_does_not_close(
    open_program: Program, called: dict[str, Any]
) -> None:
    assert problem(open_program.post("/windows/5/close")) == (409, "visitor-at-window")


def test_the_description_is_open_to_all_and_names_every_operation(program: Program) -> None:
    described = program.client.get("/api/v1/openapi.json").json()
    paths = set(described["paths"])
    assert {
        "/api/v1/halls/{hall}/tickets",
        "/api/v1/halls/{hall}/queue",
        "/api/v1/halls/{hall}",
        "/api/v1/tickets/{ticket_id}",
    } <= paths
    for verb in ("open", "pause", "close", "call-next", "call", "walk-in"):
        assert f"/api/v1/halls/{{hall}}/windows/{{label}}/{verb}" in paths
    verbs = "recall start miss park leave come-back finish resume transfer"
    assert {f"/api/v1/tickets/{{ticket_id}}/{verb}" for verb in verbs.split()} <= paths
