"""``@once``: a repeated POST does nothing twice."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from onewindow.base.halls.models import Organisation
from onewindow.base.web.answers import answer
from onewindow.base.web.models import Answer
from onewindow.base.web.once import KeyReused, KeyUnfit, once
from onewindow.base.web.refused import Refused

View = Callable[..., HttpResponse]
pytestmark = pytest.mark.django_db


@once
def add(request: HttpRequest) -> HttpResponse:
    """Add an organisation; the API answers so."""
    made = Organisation.objects.create(name={"en": request.POST.get("name", "one")})
    return answer(201, {"id": made.pk})


@once
def add_and_show(request: HttpRequest) -> HttpResponse:
    """Add an organisation; a page answers so."""
    Organisation.objects.create(name={"en": "one"})
    return HttpResponseRedirect("/there", status=303)


@once
def add_and_refuse(request: HttpRequest) -> HttpResponse:
    """Add an organisation, then say no."""
    Organisation.objects.create(name={"en": "one"})
    raise Refused


def post(view: View, key: str = "k1", caller: str = "user:1", **sent: Any) -> HttpResponse:
    headers = {"Idempotency-Key": key} if key else {}
    request = RequestFactory().post("/do", sent, headers=headers)
    request.caller = caller  # type: ignore[attr-defined]
    return view(request)


def added() -> int:
    return Organisation.objects.count()


def test_a_repeated_request_gets_the_first_answer() -> None:
    first, again = post(add), post(add)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert added() == 1


def test_a_form_brings_its_key_in_a_hidden_field() -> None:
    for _click in range(2):
        answered = post(add_and_show, key="", _once="form-key")
        assert (answered.status_code, answered.headers["Location"]) == (303, "/there")
    assert added() == 1


def test_the_token_of_a_form_does_not_make_it_another() -> None:
    post(add_and_show, key="", _once="form-key", csrfmiddlewaretoken="a")
    post(add_and_show, key="", _once="form-key", csrfmiddlewaretoken="b")
    assert added() == 1


def test_another_body_under_the_same_key_is_refused() -> None:
    post(add, name="one")
    with pytest.raises(KeyReused) as no:
        post(add, name="two")
    assert no.value.status == 422
    assert added() == 1


def test_two_callers_may_use_the_same_key() -> None:
    post(add, caller="key:1")
    post(add, caller="key:2")
    assert added() == 2


def test_without_a_key_each_request_counts() -> None:
    post(add, key="")
    post(add, key="")
    assert added() == 2


def test_a_refusal_changes_nothing_and_is_not_kept() -> None:
    for _try in range(2):
        with pytest.raises(Refused):
            post(add_and_refuse)
    assert added() == 0
    assert not Answer.objects.exists()


def test_an_endless_key_is_refused() -> None:
    with pytest.raises(KeyUnfit):
        post(add, key="k" * 81)
    assert added() == 0


def test_what_only_reads_passes_through() -> None:
    request = RequestFactory().get("/do", headers={"Idempotency-Key": "k1"})
    assert once(lambda _request: HttpResponse("read"))(request).content == b"read"
    assert not Answer.objects.exists()


def test_the_page_itself_is_not_kept() -> None:
    @once
    def tell(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<p>138 1234 5678</p>")

    post(tell)
    assert Answer.objects.get().body == ""
