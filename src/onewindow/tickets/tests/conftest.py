"""A hall whose window is open, and a short way to take numbers."""

from collections.abc import Callable

import pytest

from onewindow.accounts.models import User
from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import set_policy
from onewindow.base.trail import By
from onewindow.catalogue.models import Service
from onewindow.floor import actions as floor
from onewindow.floor.models import Window
from onewindow.tickets import actions
from onewindow.tickets.models import Ticket
from onewindow.tickets.states import Channel

Take = Callable[..., Ticket]
VISITOR = By("visitor", via="device")


@pytest.fixture
def hall(hall: Hall) -> Hall:
    """A hall that gives numbers at any hour."""
    set_policy(hall, HoursPolicy(always_open=True))
    return hall


@pytest.fixture
def open_window(window: Window, clerk: User, by: By) -> Window:
    """Window 5 with its clerk."""
    floor.open_window(window=window, user=clerk, by=by)
    return window


@pytest.fixture
def take(hall: Hall, service: Service) -> Take:
    """Take a number for the service of the story."""

    def one(**more: object) -> Ticket:
        given = {"hall": hall, "service": service, "by": VISITOR, "channel": Channel.KIOSK}
        return actions.take(**(given | more))  # type: ignore[arg-type]  # the story's own words

    return one
