"""A hall with a printer of its own and a kiosk that prints on it."""

from collections.abc import Iterator

import pytest

from onewindow.accounts.actions.devices import make_device, make_printer
from onewindow.accounts.models import Device
from onewindow.accounts.states import DeviceKind
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.printing import actions
from onewindow.printing.tests.standin import StandIn


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """A printer that listens here."""
    made = StandIn()
    yield made
    made.off()


@pytest.fixture
def printer(hall: Hall, stand_in: StandIn, by: By) -> Device:
    """The hall's printer."""
    return make_printer(hall=hall, name="Hall printer", host="127.0.0.1", port=stand_in.port, by=by)


@pytest.fixture
def kiosk(hall: Hall, printer: Device, by: By) -> Device:
    """A kiosk with that printer in it."""
    made = make_device(hall=hall, kind=DeviceKind.KIOSK, name="Entrance", by=by)
    actions.set_printer(kiosk=made, printer=printer, by=by)
    return made
