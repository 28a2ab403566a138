"""Other systems ask for times, book them, and check people in by code."""

from typing import Any

from onewindow.base.halls.models import Hall
from onewindow.catalogue.models import Service
from onewindow.tickets.models import Appointment
from onewindow.tickets.tests.conftest import offer
from tests.fixtures.api import Program, problem

ASKED = {"service": "ID-01", "starts_at": "2026-06-08T14:00:00+08:00", "phone": "13800001234"}


def booked(program: Program, **more: Any) -> dict[str, Any]:
    """An appointment at 14:00 today."""
    answer = program.post("/appointments", ASKED | more)
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def test_the_times_of_a_day_are_listed(program: Program, service: Service) -> None:
    booked(program)
    found = program.get("/slots?service=ID-01&day=2026-06-08").json()["items"]
    assert found[0] == {"starts_at": "2026-06-08T10:30:00+08:00", "free": 2}
    assert {"starts_at": "2026-06-08T14:00:00+08:00", "free": 1} in found
    assert program.get("/slots?service=ID-01&day=2026-07-08").json() == {"items": []}


def test_times_of_what_is_not_there_are_refused(program: Program, service: Service) -> None:
    assert problem(program.get("/slots?service=nothing&day=2026-06-08"))[0] == 404
    assert problem(program.get("/slots?service=ID-01&day=someday")) == (422, "not-valid")
    assert problem(program.get("/slots"))[0] == 404


def test_an_appointment_has_its_fixed_names(program: Program, service: Service) -> None:
    made = booked(program, name="Li", language="en", answers={"agent": True})
    assert set(made) == {"code", "token", "state", "service", "starts_at"}
    assert (made["state"], made["starts_at"]) == ("booked", "2026-06-08T14:00:00+08:00")
    kept = Appointment.objects.get()
    assert (kept.code, kept.name, kept.answers) == (made["code"], "Li", {"agent": True})


def test_a_repeated_booking_is_one(program: Program, service: Service) -> None:
    first = program.post("/appointments", ASKED, Idempotency_Key="k")
    again = program.post("/appointments", ASKED, Idempotency_Key="k")
    assert first.json() == again.json()
    assert Appointment.objects.count() == 1


def test_a_time_that_is_taken_or_none_is_refused(program: Program, service: Service) -> None:
    booked(program, phone="13800000001")
    booked(program, phone="13800000002")
    assert problem(program.post("/appointments", ASKED)) == (409, "time-is-taken")
    odd = ASKED | {"starts_at": "2026-06-08T14:10:00+08:00"}
    assert problem(program.post("/appointments", odd)) == (409, "time-is-taken")


def test_one_phone_number_books_a_service_once_a_day(program: Program, service: Service) -> None:
    booked(program)
    later = ASKED | {"starts_at": "2026-06-08T15:00:00+08:00"}
    assert problem(program.post("/appointments", later)) == (409, "already-booked")


def test_what_lacks_is_named(program: Program, service: Service) -> None:
    naive = ASKED | {"starts_at": "2026-06-08T14:00:00"}
    for wrong in (naive, ASKED | {"phone": ""}, ASKED | {"more": 1}, {"service": "ID-01"}):
        assert problem(program.post("/appointments", wrong)) == (422, "not-valid")


def test_a_code_checks_in(program: Program, service: Service) -> None:
    made = booked(program)
    answer = program.post("/tickets", {"service": "ID-01", "appointment": made["code"].lower()})
    ticket = answer.json()
    assert (answer.status_code, ticket["channel"], ticket["state"]) == (
        201,
        "appointment",
        "waiting",
    )
    again = program.post("/tickets", {"service": "ID-01", "appointment": made["code"]})
    assert problem(again) == (409, "already-checked-in")


def test_a_code_of_another_service_or_hall_or_none_is_unknown(
    program: Program, strange_program: Program, service: Service, hall: Hall
) -> None:
    code = booked(program)["code"]
    other = {"service": offer(hall).code, "appointment": code}
    assert problem(program.post("/tickets", other)) == (404, "unknown-appointment")
    none = {"service": "ID-01", "appointment": "NOTHING"}
    assert problem(program.post("/tickets", none)) == (404, "unknown-appointment")
    there = offer(strange_program.hall).code
    asked = {"service": there, "appointment": code}
    assert problem(strange_program.post("/tickets", asked)) == (404, "unknown-appointment")
