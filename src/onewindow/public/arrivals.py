"""Who types a code at the kiosk or at a spot, and took the number from afar."""

from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.tickets.actions.remote import arrive
from onewindow.tickets.models import Ticket
from onewindow.tickets.remote import ticket_by_code
from onewindow.tickets.states import State


def arrived_from_afar(hall: Hall, typed: str, by: By) -> Ticket | None:
    """Return the ticket of a code, come now or before; None where it is no code from afar."""
    found = ticket_by_code(hall, typed)
    if found is not None and found.state == State.COMING:
        return arrive(ticket=found, by=by)
    return found
