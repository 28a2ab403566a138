"""A hall whose window is open, and a short way to take numbers."""

from datetime import date

import pytest

from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.catalogue.tests.make import ServiceFactory
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.floor.tests import make
from onewindow.tickets import actions, queries
from onewindow.tickets.actions.appointments import book
from onewindow.tickets.models import Appointment, Ticket
from onewindow.tickets.tests.make import MONDAY, Book, at
from tests.fixtures.queue import VISITOR, Take, hall, open_window, take

__all__ = [
    "VISITOR",
    "Take",
    "hall",
    "now",
    "offer",
    "open_one_more",
    "open_window",
    "order",
    "take",
]


@pytest.fixture
def next_window(hall: Hall, service: Service, by: By) -> Window:
    """Window 6, open, which serves the same service."""
    window = make.window(hall, service, label="6")
    floor.open_window(window=window, by=by)
    return window


@pytest.fixture
def called(take: Take, open_window: Window, by: By) -> Ticket:
    """A number that window 5 has just called."""
    take()
    ticket = actions.call_next(window=open_window, by=by)
    assert ticket is not None
    return ticket


@pytest.fixture
def serving(called: Ticket, by: By) -> Ticket:
    """A visitor whose service at window 5 has just begun."""
    return actions.start(ticket=called, by=by)


@pytest.fixture
def booked(hall: Hall, service: Service) -> Book:
    """Book a time of the service of the story: ``booked("14:00")``."""

    def one(clock: str, day: date = MONDAY, **more: object) -> Appointment:
        given = {"hall": hall, "service": service, "phone": "13800001234", "by": VISITOR}
        return book(starts_at=at(clock, day), **(given | more))  # type: ignore[arg-type]

    return one


def now(ticket: Ticket) -> Ticket:
    """Return the ticket as the database has it."""
    return Ticket.objects.select_related("visit", "window").get(pk=ticket.pk)


def order(window: Window) -> list[str]:
    """Return the numbers that wait for a window, the next one first."""
    return [ticket.number for ticket in queries.waiting_for(window)]


def offer(hall: Hall, **more: object) -> Service:
    """Offer one more service in the middle of a story, as the catalogue's own action would."""
    made = ServiceFactory.create(hall=hall, **more)
    changed(hall)
    return made


def open_one_more(hall: Hall, *services: Service, label: str, by: By) -> Window:
    """Open one more window in the middle of a story."""
    made = make.window(hall, *services, label=label)
    changed(hall)
    floor.open_window(window=made, by=by)
    return made
