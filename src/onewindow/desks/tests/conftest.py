"""A hall that gives numbers at any hour, and a clerk's browser."""

from collections.abc import Callable
from typing import Any

import pytest

from onewindow.accounts.models import User
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import Channel
from tests.fixtures.guards import GuardedClient

VISITOR = By("visitor", via="device")
Take = Callable[..., Ticket]


@pytest.fixture
def hall(hall: Hall) -> Hall:
    """A hall that gives numbers at any hour."""
    set_policy(hall, HoursPolicy(always_open=True))
    return hall


@pytest.fixture
def open_window(window: Window, clerk: User, by: By) -> Window:
    """Window 5 with its clerk."""
    actions.open_window(window=window, user=clerk, by=by)
    return window


@pytest.fixture
def take(hall: Hall, service: Service) -> Take:
    """Take a number for the service of the story."""

    def one(**more: object) -> Ticket:
        given = {"hall": hall, "service": service, "by": VISITOR, "channel": Channel.KIOSK}
        return actions.take(**(given | more))  # type: ignore[arg-type]  # the story's own words

    return one


class Desk:
    """A clerk's browser at window 5: presses buttons by their verbs."""

    def __init__(self, browser: GuardedClient, hall: Hall) -> None:
        self.browser, self.hall = browser, hall

    @property
    def panel(self) -> str:
        """The address of the window's panel."""
        return f"/s/{self.hall.slug}/tickets/window/5/"

    def page(self) -> str:
        """What the desk shows."""
        return self.browser.get(f"/s/{self.hall.slug}/desk/").content.decode()

    def press(self, verb: str, ticket: Ticket | None = None, **fields: Any) -> Any:
        """Press a button; the answer of a browser whose script runs."""
        path = f"{self.panel}{f'{ticket.pk}/' if ticket else ''}{verb}"
        return self.browser.post(path, fields, headers={"hx-request": "true"})


@pytest.fixture
def desk(browser_for: Callable[..., GuardedClient], clerk: User, hall: Hall) -> Desk:
    """The desk of the clerk."""
    return Desk(browser_for(clerk), hall)
