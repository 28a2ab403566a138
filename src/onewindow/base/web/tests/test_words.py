"""A request speaks the words of the hall that its door finds."""

import pytest
from django.http import HttpRequest, HttpResponse

from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.halls.words import Words, word
from onewindow.base.web.middleware import LocaleMiddleware

pytestmark = pytest.mark.django_db


def test_a_request_speaks_as_its_hall_once_it_is_inside(hall: Hall) -> None:
    set_policy(hall, Words(visitor={"en": "customer"}))
    said = []

    def door(request: HttpRequest) -> HttpResponse:
        said.append(word("visitor"))
        request.hall = hall  # type: ignore[attr-defined]  # what a door does
        said.append(word("visitor"))
        return HttpResponse()

    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = "en"
    LocaleMiddleware(door)(request)

    assert said == ["visitor", "customer"]
    assert word("visitor") == "visitor"
