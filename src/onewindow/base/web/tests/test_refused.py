"""Refusals, and the language they are said in."""

import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from onewindow.base.web.answers import answer, problem
from onewindow.base.web.middleware import LocaleMiddleware, Refusals, language_asked
from onewindow.base.web.refused import BadInput, Forbidden, NotFound, Refused


class WindowBusy(Refused):
    """For these tests."""

    sentence = "Window {window} is busy."


def unused(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("fine")


def test_a_refusal_says_its_sentence_and_has_a_name_for_programs() -> None:
    busy = WindowBusy(window="5")
    assert str(busy) == "Window 5 is busy."
    assert (busy.code, busy.status) == ("window-busy", 409)
    assert (NotFound().status, Forbidden().status, BadInput(problem="?").status) == (404, 403, 422)


def test_the_api_gets_a_problem_document() -> None:
    response = problem(WindowBusy(window="5"), window="5")
    assert response.headers["Content-Type"].startswith("application/problem+json")
    assert json.loads(response.content) == {
        "type": "urn:onewindow:window-busy",
        "title": "Window 5 is busy.",
        "status": 409,
        "window": "5",
    }


def test_a_problem_of_the_api_is_answered_in_json() -> None:
    request = RequestFactory().post("/api/v1/halls/east/windows/5/call-next")
    response = Refusals(unused).process_exception(request, WindowBusy(window="5"))
    assert response is not None
    assert response.status_code == 409
    assert json.loads(response.content)["type"] == "urn:onewindow:window-busy"


def test_what_is_no_refusal_is_left_alone() -> None:
    request = RequestFactory().get("/api/v1/")
    assert Refusals(unused).process_exception(request, ZeroDivisionError()) is None


def test_an_answer_keeps_its_letters() -> None:
    assert answer(200, {"name": "户籍"}).content.decode() == '{"name": "户籍"}'
    assert answer(204).content == b""


@pytest.mark.parametrize(
    ("header", "cookie", "code"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "", "zh-hans"),
        ("zh-TW", "", "zh-hans"),
        ("en-GB,en;q=0.9", "", "en"),
        ("fr,de;q=0.5", "", None),
        ("fr,en;q=0.5", "", "en"),
        ("", "", None),
        ("en", "zh-hans", "zh-hans"),
        ("en", "klingon", "en"),
        ("*;;q=x", "", None),
    ],
)
def test_the_choice_comes_first_then_the_browser(
    header: str, cookie: str, code: str | None
) -> None:
    request = RequestFactory().get("/", headers={"Accept-Language": header})
    request.COOKIES["ow_language"] = cookie
    assert language_asked(request) == code


def test_the_answer_says_in_which_language_it_is() -> None:
    def speak(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(translation.get_language())

    before = translation.get_language()
    request = RequestFactory().get("/", headers={"Accept-Language": "zh-CN"})
    response = LocaleMiddleware(speak)(request)
    assert response.content == b"zh-hans"
    assert response.headers["Content-Language"] == "zh-hans"
    assert translation.get_language() == before
