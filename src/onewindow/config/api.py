"""The API's assembly: rooms bring their routers, errors become problem documents."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from onewindow import __version__
from onewindow.accounts.keys import KeyAuth
from onewindow.base.web.answers import problem
from onewindow.base.web.refused import NotFound, Refused
from onewindow.config.errors import TOO_MUCH, TooMuch
from onewindow.config.shapes import fault
from onewindow.floor.api import router as floor
from onewindow.floor.schemas import Problem
from onewindow.tickets.api import router as tickets


class NotValid(Refused):
    """The body or a parameter has the wrong shape; ``errors`` says where."""

    sentence = _("What was sent does not have the right shape.")
    status = 422


class NotJson(Refused):
    """The body cannot be read."""

    sentence = _("The body is no JSON that can be read.")
    status = 400


EVERYWHERE = {400: "Not readable", 401: "No valid key", 403: "Key without the right"}
EVERYWHERE |= {404: "Not here", 413: "Too much", 422: "Wrong shape", 503: "Database away"}
PROBLEM = {"content": {"application/problem+json": {"schema": Problem.model_json_schema()}}}


class Described(NinjaAPI):
    """An API whose description says what every door may answer: problem documents."""

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        """Describe the API, each refusal with the type that it has."""
        described = super().get_openapi_schema(**where)
        for path in described["paths"].values():
            for operation in path.values():
                answers = operation["responses"]
                refusals = {status for status in answers if int(status) >= 400}
                for status in refusals | set(EVERYWHERE):
                    says = EVERYWHERE.get(int(status), "Not now")
                    answers[status] = {"description": says, **PROBLEM}
        return described


def build() -> NinjaAPI:
    """Assemble the API under ``/api/v1``."""
    api = Described(
        title="OneWindow",
        version=__version__,
        description="The service hall: numbers, windows, queue.",
        auth=KeyAuth(),
        urls_namespace="api",
        openapi_extra={"info": {"license": {"name": "Apache-2.0"}}},
    )
    api.add_router("", floor)
    api.add_router("", tickets)
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(ValidationError, _not_valid)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(Http404, _not_here)
    for kind in TOO_MUCH:
        api.add_exception_handler(kind, _too_much)
    return api


def _refused(request: HttpRequest, no: Refused | type[Refused]) -> HttpResponse:
    return problem(no if isinstance(no, Refused) else no())


def _not_here(request: HttpRequest, no: Http404 | type[Http404]) -> HttpResponse:
    return problem(NotFound())


def _too_much(request: HttpRequest, no: Exception | type[Exception]) -> HttpResponse:
    return problem(TooMuch())


def _not_valid(request: HttpRequest, no: ValidationError | type[ValidationError]) -> HttpResponse:
    """Say field by field what is wrong, without repeating what was sent."""
    found = no.errors if isinstance(no, ValidationError) else []
    return problem(NotValid(), errors=[fault(error) for error in found])


def _http_error(request: HttpRequest, no: HttpError | type[HttpError]) -> HttpResponse:
    if isinstance(no, HttpError) and isinstance(no.__cause__, TOO_MUCH):  # ninja read the body
        return problem(TooMuch())
    status = no.status_code if isinstance(no, HttpError) else 500
    refused = NotJson() if status == 400 else Refused()
    refused.status = status
    return problem(refused)


api = build()
