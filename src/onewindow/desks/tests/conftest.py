"""A hall that gives numbers at any hour, and a clerk's browser."""

from collections.abc import Callable
from typing import Any

import pytest

from onewindow.accounts.models import User
from onewindow.base.halls.models import Hall
from onewindow.tickets.models import Ticket
from tests.fixtures.guards import GuardedClient
from tests.fixtures.queue import Take, hall, open_window, take

__all__ = ["Desk", "Take", "hall", "open_window", "take"]


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
