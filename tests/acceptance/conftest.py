"""A hall as people meet it: its kiosk and displays, a clerk's desk at window 5, phones."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from onewindow.accounts.devices import device_token
from onewindow.accounts.models import User
from onewindow.accounts.states import DeviceKind
from onewindow.accounts.tests.make import DeviceFactory
from onewindow.base.halls.models import Hall
from onewindow.public.tests.make import World, world
from onewindow.tickets.models import Ticket
from tests.fixtures.guards import GuardedClient


@dataclass
class People:
    """A visitor's browser and a clerk's; both act by pages alone."""

    place: World
    visitor: GuardedClient
    clerk: GuardedClient

    @property
    def desk(self) -> str:
        return f"/s/{self.place.hall.slug}/desk/"

    def see(self, address: str) -> str:
        """What a visitor reads there."""
        return self.visitor.get(address, follow=True).content.decode()

    def see_desk(self) -> str:
        """What the clerk reads."""
        return self.clerk.get(self.desk).content.decode()

    def take(self, **said: Any) -> Ticket:
        """A visitor touches the service on the kiosk and takes a number."""
        address = self.place.kiosk + "service/A01/take/"
        assert self.visitor.post(address, said, follow=True).status_code == 200
        return Ticket.objects.latest("pk")

    def press(self, verb: str, ticket: Ticket | None = None, **fields: Any) -> None:
        """The clerk presses a button."""
        of = f"{ticket.pk}/" if ticket else ""
        address = f"/s/{self.place.hall.slug}/tickets/window/5/{of}{verb}"
        assert self.clerk.post(address, fields).status_code == 303

    def phone(self, ticket: Ticket) -> str:
        """What the visitor's phone shows."""
        return self.see(f"/t/{ticket.visit.token}/")

    def display(self) -> str:
        """What a hall display shows."""
        device = DeviceFactory.create(hall=self.place.hall, kind=DeviceKind.HALL_DISPLAY)
        return self.see(f"/d/{device_token(device)}/")


@pytest.fixture
def people(hall: Hall, clerk: User, browser_for: Callable[..., GuardedClient]) -> People:
    """Everybody in place; the clerk has opened window 5."""
    place = world(hall)
    found = People(place, GuardedClient(headers={"accept-language": "en"}), browser_for(clerk))
    assert found.clerk.post(found.desk + "open", {"window": "5"}).status_code == 302
    return found
