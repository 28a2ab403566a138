"""``Idempotency-Key``: the same key does nothing twice."""

from typing import Any

from onewindow.accounts.access import Can
from onewindow.base.halls.models import Hall
from onewindow.base.web.models import Answer
from onewindow.catalogue.models import Service
from onewindow.tickets.models import Ticket
from tests.fixtures.api import Program, problem

KEY = {"Idempotency_Key": "kiosk-3-0001"}
BODY = {"service": "ID-01", "phone": "13800001234"}


def test_the_same_key_gives_the_same_ticket(program: Program, service: Service) -> None:
    first = program.post("/tickets", BODY, **KEY)
    again = program.post("/tickets", BODY, **KEY)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Ticket.objects.count() == 1


def test_another_body_under_the_key_is_refused(program: Program, service: Service) -> None:
    program.post("/tickets", BODY, **KEY)
    no = program.post("/tickets", BODY | {"priority": "p1"}, **KEY)
    assert problem(no) == (422, "key-reused")
    assert Ticket.objects.count() == 1


def test_another_operation_under_the_key_is_refused(
    open_program: Program, waiting: dict[str, Any]
) -> None:
    open_program.post("/windows/5/call-next", **KEY)
    no = open_program.post("/windows/5/close", **KEY)
    assert problem(no) == (422, "key-reused")


def test_two_callers_may_use_one_key(program: Program, hall: Hall, service: Service) -> None:
    first = program.post("/tickets", BODY, **KEY).json()
    second = Program(hall, Can.TAKE).post("/tickets", BODY, **KEY).json()
    assert first["id"] != second["id"]


def test_a_refusal_is_not_kept(program: Program, window: Any, service: Service) -> None:
    assert problem(program.post("/windows/5/call-next", **KEY)) == (409, "window-not-open")
    program.post("/windows/5/open")
    program.post("/tickets", BODY)
    assert program.post("/windows/5/call-next", **KEY).json()["number"] == "A001"


def test_a_repeated_call_calls_nobody_else(open_program: Program, waiting: dict[str, Any]) -> None:
    open_program.post("/tickets", {"service": "ID-01"})
    first = open_program.post("/windows/5/call-next", **KEY).json()
    open_program.post(f"/tickets/{first['id']}/finish")
    again = open_program.post("/windows/5/call-next", **KEY).json()
    assert again["id"] == first["id"]
    assert Ticket.objects.filter(state="waiting").count() == 1


def test_nobody_waits_is_an_answer_that_is_kept(open_program: Program) -> None:
    for _ in range(2):
        answer = open_program.post("/windows/5/call-next", **KEY)
        assert (answer.status_code, answer.content) == (204, b"")


def test_what_is_kept_holds_no_personal_data(program: Program, service: Service) -> None:
    program.post("/tickets", BODY, **KEY)
    assert "13800001234" not in Answer.objects.get().body


def test_a_key_that_cannot_be_kept_is_refused(program: Program, service: Service) -> None:
    for key in ("k" * 81, "a\0b"):
        no = program.post("/tickets", BODY, Idempotency_Key=key)
        assert no.status_code == 422, key
    assert not Ticket.objects.exists()
