"""Whatever a program sends by the description of the API, the answers keep to it: no 5xx, ever."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from onewindow.base.halls.models import Hall
from tests.fixtures.api import Program

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
FEW = settings(
    max_examples=12,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def _connection_stays_open(serving: dict[str, Any]) -> Iterator[None]:
    """As Django's own test client does: the test's transaction outlives a request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_connection_stays_open")
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: str(mode.value))
def test_the_api_answers_as_it_is_described(
    open_program: Program, serving: dict[str, Any], hall: Hall, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    here = {"hall": hall.slug, "label": "5", "ticket_id": serving["id"]}
    broken = []
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @FEW
        @given(case=operation.as_strategy(mode), at_home=st.booleans())
        def ask(case: Any, at_home: bool) -> None:
            if at_home:  # at an address that there is
                case.path_parameters = {name: here[name] for name in case.path_parameters}
            case.call_and_validate(headers=open_program.headers, checks=CHECKS)

        try:
            ask()
        except BaseException as wrong:  # noqa: BLE001 (schemathesis raises groups of its own)
            broken.append(f"{operation.label}: {wrong}")
    assert not broken, "\n\n".join(broken)
