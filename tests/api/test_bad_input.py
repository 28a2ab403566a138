"""What should not be sent, and who should not send it: a clear answer, and nothing changed."""

import json
from datetime import time
from typing import Any

import pytest
from django.test import Client

from onewindow.accounts.access import Can
from onewindow.accounts.models import User
from onewindow.base.deadlines.models import Hours
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail.models import Entry
from onewindow.catalogue.models import Service
from onewindow.floor.models import Session, Window
from onewindow.tickets.models import Ticket, Visit
from onewindow.tickets.tests.conftest import offer
from tests.fixtures.api import Program, problem
from tests.fixtures.world import Clock

STRANGE = "🙂 مرحبا \u202e‮ 排队 𠮷"
OF_TICKET = "recall start miss park leave come-back finish resume transfer".split()  # noqa: SIM905 (one line)


def picture() -> tuple[Any, ...]:
    return (
        list(Ticket.objects.order_by("pk").values_list()),
        list(Visit.objects.order_by("pk").values_list("pk", "at")),
        list(Session.objects.values_list("pk", "state")),
        Entry.objects.filter(kind__startswith="ticket").count(),
    )


def test_an_unknown_service_is_named(program: Program, service: Service) -> None:
    no = program.post("/tickets", {"service": "NONE"})
    assert problem(no) == (404, "unknown-service")
    assert "NONE" in no.json()["title"]
    assert not Visit.objects.exists()


def test_a_closed_hall_says_so_in_the_language_asked(hall: Hall, service: Service) -> None:
    set_policy(hall, HoursPolicy(always_open=False))
    Hours.objects.create(hall=hall, weekday=6, opens=time(9), closes=time(10))
    titles = {}
    for language in ("en", "zh-CN", "xx", ""):
        no = Program(hall, language=language).post("/tickets", {"service": "ID-01"})
        assert problem(no) == (409, "hall-not-open")
        titles[language] = no.json()["title"]
    assert titles["en"].startswith("The hall gives no numbers now.")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in titles["zh-CN"])
    assert titles["xx"] == titles[""] != ""


def test_a_cap_says_that_the_day_is_full(program: Program, service: Service) -> None:
    service.day_cap = 1
    service.save()
    program.post("/tickets", {"service": "ID-01"})
    no = program.post("/tickets", {"service": "ID-01"})
    assert problem(no) == (409, "day-is-full")
    assert str(service) in no.json()["title"]
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("verb", ["call-next", "walk-in", "call"])
def test_a_window_where_nobody_stands_calls_nobody(
    program: Program, window: Window, waiting: dict[str, Any], verb: str
) -> None:
    body = {"call": {"ticket": waiting["id"]}, "walk-in": {"service": "ID-01"}}.get(verb)
    before = picture()
    assert problem(program.post(f"/windows/5/{verb}", body)) == (409, "window-not-open")
    assert problem(program.post(f"/windows/99/{verb}", body)) == (404, "unknown-window")
    assert picture() == before


@pytest.mark.parametrize("verb", [verb for verb in OF_TICKET if verb != "leave"])
def test_a_ticket_in_the_wrong_state_is_left_as_it_is(
    program: Program, window: Window, waiting: dict[str, Any], verb: str
) -> None:
    program.post("/windows/5/open")
    before = picture()
    body = {"transfer": {"service": "ID-01"}, "resume": {"window": "5"}}.get(verb)
    no = program.post(f"/tickets/{waiting['id']}/{verb}", body)
    assert problem(no) == (409, "not-now")
    assert "A001" in no.json()["title"]
    assert picture() == before


@pytest.mark.parametrize("verb", OF_TICKET)
def test_another_halls_ticket_is_not_there(
    strange_program: Program, serving: dict[str, Any], verb: str
) -> None:
    before = picture()
    body = {"service": "ID-01"} if verb == "transfer" else None
    path = f"/tickets/{serving['id']}"
    assert problem(strange_program.post(f"{path}/{verb}", body)) == (404, "not-found")
    assert problem(strange_program.get(path)) == (404, "not-found")
    assert picture() == before


def test_another_hall_is_not_there(strange_program: Program, hall: Hall, service: Service) -> None:
    for path in ("", "/queue", "/tickets"):
        assert problem(strange_program.get(f"/halls/{hall.slug}{path}")) == (404, "not-found")


def test_another_halls_visit_takes_nothing(
    strange_program: Program, other_hall: Hall, waiting: dict[str, Any]
) -> None:
    set_policy(other_hall, HoursPolicy(always_open=True))
    body = {"service": offer(other_hall).code, "visit": waiting["visit"]}
    assert problem(strange_program.post("/tickets", body)) == (404, "not-found")


@pytest.mark.parametrize(
    "key", ["", "Bearer", "Bearer ow_x_y", "Bearer 🙂", "Basic abc", "x" * 9000]
)
def test_a_wrong_key_opens_nothing(hall: Hall, service: Service, key: str) -> None:
    headers = {"Authorization": key.encode().decode("latin-1")} if key else {}
    no = Client().post(
        "/api/v1/halls/east-lake/tickets", {"service": "ID-01"}, "application/json", headers=headers
    )
    assert problem(no) == (401, "bad-key")
    assert no.headers["WWW-Authenticate"] == "Bearer"
    assert not Visit.objects.exists()


def test_a_revoked_looking_key_opens_nothing(program: Program, service: Service) -> None:
    program.headers["Authorization"] += "x"
    assert problem(program.post("/tickets", {"service": "ID-01"})) == (401, "bad-key")


def test_a_missing_right_is_said(hall: Hall, service: Service, window: Window) -> None:
    program = Program(hall, Can.SEE_HALL)
    assert problem(program.post("/tickets", {"service": "ID-01"})) == (403, "forbidden")
    assert problem(program.post("/windows/5/open")) == (403, "forbidden")
    assert problem(program.get("/queue")) == (403, "forbidden")
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    "sent", ["{", "", "[]", "null", '"ID-01"', '{"service":', b"\xff\xfe", "{'service': 1}"]
)
def test_what_is_no_json_or_no_object_is_refused(
    program: Program, service: Service, sent: str | bytes
) -> None:
    no = program.raw("/tickets", sent)
    assert problem(no)[0] in (400, 422)
    assert not Visit.objects.exists()


def test_ten_megabytes_are_too_much(program: Program, service: Service) -> None:
    much = json.dumps({"service": "ID-01", "phone": "1" * 10_000_000})
    for keyed in ({}, {"Idempotency_Key": "k"}):
        no = program.raw("/tickets", much, **keyed)
        assert problem(no) == (413, "too-much")
    assert not Visit.objects.exists()


def test_ten_megabytes_are_too_much_where_no_body_is_asked_for(
    open_program: Program, called: dict[str, Any]
) -> None:
    path = f"/tickets/{called['id']}/start"
    no = open_program.raw(path, "1" * 10_000_000, Idempotency_Key="k")
    assert problem(no) == (413, "too-much")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("service", "S" * 21),
        ("service", ""),
        ("service", 7),
        ("channel", "pigeon"),
        ("priority", "p9"),
        ("needs", ["gold"]),
        ("needs", "hearing"),
        ("answers", {"agent": "perhaps"}),
        ("phone", "call me"),
        ("phone", "1" * 21),
        ("phone", "+++---"),
        ("phone", "12"),
        ("language", "x" * 13),
        ("language", "tlh"),
        ("visit", -1),
        ("visit", 2**64),
        ("visit", "A001"),
        ("surprise", True),
    ],
)
def test_a_wrong_field_is_named(program: Program, service: Service, field: str, value: Any) -> None:
    no = program.post("/tickets", {"service": "ID-01", field: value})
    assert problem(no) == (422, "not-valid")
    assert any(
        error["field"].split(".")[-1] in (field, "0", "agent") for error in no.json()["errors"]
    )
    assert not Visit.objects.exists()


@pytest.mark.parametrize("words", [STRANGE, "\ud800", "a\0b", "\0"])
def test_strange_letters_in_every_field_break_nothing(
    open_program: Program, serving: dict[str, Any], words: str
) -> None:
    path = f"/tickets/{serving['id']}"
    before = picture()
    fields = ("service", "channel", "priority", "phone", "needs", "answers")
    for field in fields:
        value: Any = {"needs": [words], "answers": {words: True}}.get(field, words)
        if field == "answers" and words == STRANGE:
            continue  # that is a code like another
        no = open_program.post("/tickets", {"service": "ID-01", field: value})
        assert problem(no)[0] in (404, 422), field
    calls = [
        ("/windows/5/call", {"ticket": words}),
        ("/windows/5/walk-in", {"service": words}),
        (f"{path}/transfer", {"service": words}),
        (f"{path}/transfer", {"window": words[:8]}),
        (f"{path}/finish", {"outcome": words}),
        (f"{path}/finish", {"services": [words]}),
        (f"{path}/resume", {"window": words[:8]}),
        ("/windows/5/open", {"staff": words}),
    ]
    for address, body in calls:
        assert problem(open_program.post(address, body))[0] in (404, 422), body
    assert picture() == before


@pytest.mark.parametrize("words", ["\ud800", "a\0b"])
def test_words_that_no_database_keeps_are_refused(
    open_program: Program, serving: dict[str, Any], waiting: dict[str, Any], words: str
) -> None:
    before = picture()
    for address, body in (
        (f"/tickets/{serving['id']}/finish", {"note": words}),
        ("/windows/5/call", {"ticket": "A001", "ordered_by": words}),
        ("/windows/5/pause", {"reason": words}),
        ("/tickets", {"service": "ID-01", "language": words}),
    ):
        assert problem(open_program.post(address, body)) == (422, "not-valid"), address
    assert picture() == before


def test_words_of_any_script_are_kept(open_program: Program, serving: dict[str, Any]) -> None:
    body = {"outcome": "not_possible", "note": STRANGE}
    assert open_program.post(f"/tickets/{serving['id']}/finish", body).status_code == 200
    assert Ticket.objects.get().outcome_note == STRANGE.strip()


@pytest.mark.parametrize("address", ["/tickets/0", "/tickets/99999999999999999999999"])
def test_a_ticket_that_is_not_there(program: Program, address: str) -> None:
    assert problem(program.get(address)) == (404, "not-found")


def test_a_page_takes_no_ten_megabytes_either(client: Client, clerk: User) -> None:
    no = client.post("/sign-in", {"staff_number": "1" * 10_000_000})
    assert no.status_code == 413
    assert "More was sent than is taken at once" in no.content.decode()


def test_addresses_that_are_not_there_answer_as_problems(program: Program, clock: Clock) -> None:
    assert problem(program.get("/nothing"))[0] == 404


def test_a_wrong_method_is_a_problem_that_says_which_are_right(program: Program) -> None:
    no = program.post("/queue")
    assert problem(no) == (405, "not-allowed")
    assert no.headers["Allow"] == "GET"
    assert "POST" in no.json()["title"]


@pytest.mark.parametrize(
    ("body", "english", "chinese"),
    [
        ({}, "It is missing.", "未填写。"),
        ({"service": 7}, "It must be text.", "应为文本。"),
        ({"service": "S" * 21}, "It has more than 20 characters.", "不得超过 20 个字符。"),
        ({"service": "A", "priority": "p9"}, "one of: p1, p2", "须为以下之一：p1, p2"),
        ({"service": "A", "phone": "call"}, "It is not written in the form", "格式不正确。"),
        ({"service": "A", "colour": "red"}, "There is no such field.", "没有此字段。"),
        ({"service": "A", "visit": "x"}, "It must be a whole number.", "应为整数。"),
    ],
)
def test_a_wrong_shape_is_said_in_plain_words_of_the_language_asked(
    hall: Hall, body: dict[str, Any], english: str, chinese: str
) -> None:
    for language, sentence in (("en", english), ("zh-CN", chinese), ("", chinese)):
        no = Program(hall, language=language).post("/tickets", body)
        assert problem(no) == (422, "not-valid")
        (error,) = no.json()["errors"]
        assert sentence in error["problem"]


def test_a_key_is_not_told_of_a_role(hall: Hall) -> None:
    no = Program(hall, Can.SEE_HALL).get("/queue")
    assert (problem(no), no.json()["title"]) == ((403, "forbidden"), "This key may not do that.")


@pytest.mark.parametrize(
    ("address", "asked", "spoken"),
    [
        ("/queue", "", "zh-hans"),
        ("/queue", "en", "en"),
        ("/tickets/1", "", "en"),
        ("/halls/nowhere/queue", "", "en"),
    ],
)
def test_who_asks_for_no_language_is_answered_in_the_halls_where_the_hall_is_known(
    hall: Hall, address: str, asked: str, spoken: str
) -> None:
    program = Program(hall, language=asked)
    program.headers["Authorization"] = "Bearer none"
    no = program.get(address)
    assert (problem(no), no.headers["Content-Language"]) == ((401, "bad-key"), spoken)
