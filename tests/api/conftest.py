"""A hall that programs work in: always open, window 5 with its service."""

from typing import Any

import pytest

from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.catalogue.models import Service
from onewindow.floor.models import Window
from onewindow.tickets.rules import TicketPolicy
from tests.fixtures.api import Program


@pytest.fixture
def hall(hall: Hall) -> Hall:
    """A hall that gives numbers at any hour, and lets a clerk miss at once."""
    set_policy(hall, HoursPolicy(always_open=True))
    set_policy(hall, TicketPolicy(miss_after_recalls=0))
    return hall


@pytest.fixture
def open_program(program: Program, window: Window) -> Program:
    """A program that has opened window 5."""
    assert program.post("/windows/5/open").status_code == 200
    return program


@pytest.fixture
def waiting(program: Program, service: Service) -> dict[str, Any]:
    """A ticket that waits."""
    answer = program.post("/tickets", {"service": service.code})
    assert answer.status_code == 201
    return dict(answer.json())


@pytest.fixture
def called(open_program: Program, waiting: dict[str, Any]) -> dict[str, Any]:
    """A ticket that window 5 has called."""
    return dict(open_program.post("/windows/5/call-next").json())


@pytest.fixture
def serving(open_program: Program, called: dict[str, Any]) -> dict[str, Any]:
    """A ticket that window 5 serves."""
    return dict(open_program.post(f"/tickets/{called['id']}/start").json())
