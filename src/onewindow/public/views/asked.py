"""What a view may count on behind a visitor's door: for the types alone."""

from onewindow.accounts.models import Device
from onewindow.accounts.requests import Entered
from onewindow.tickets.models import Visit


class FromDevice(Entered):
    """A request of a screen."""

    device: Device


class FromVisit(Entered):
    """A request of a visitor's phone."""

    visit: Visit
