"""An API of two operations, so that its door can be tried without the rooms above."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI

from onewindow.accounts.access import Can
from onewindow.accounts.keys import KeyAuth, needs_key
from onewindow.accounts.requests import Entered
from onewindow.base.web.answers import answer, problem
from onewindow.base.web.once import once
from onewindow.base.web.refused import Refused

api = NinjaAPI(auth=KeyAuth(), urls_namespace="accounts-doors")


@api.exception_handler(Refused)
def refuse(request: HttpRequest, no: Refused | type[Refused]) -> HttpResponse:
    return problem(no if isinstance(no, Refused) else no())


@api.get("/halls/{hall}/windows/{label}")
@needs_key(Can.SEE_QUEUE)
def look(request: Entered, hall: str, label: str, page: int = 1) -> HttpResponse:
    by = request.by
    seen = {"hall": request.hall.slug, "label": label, "page": page, "caller": request.caller}
    return answer(200, seen | {"by": [by.kind, by.id, by.label, by.via, by.address]})


@api.post("/tickets/{number}/miss")
@needs_key(Can.SERVE)
@once
def miss(request: HttpRequest, number: int) -> HttpResponse:
    return answer(200, {"number": number})


urlpatterns = [path("api/v1/", api.urls)]
