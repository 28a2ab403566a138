"""What to say at this moment, in words that a hall would choose."""

from django.utils.translation import gettext as _

from onewindow.tickets.models import Ticket
from onewindow.tickets.states import Need, State


def phrase(ticket: Ticket) -> str:
    """Return the sentence for the moment the ticket is in."""
    if ticket.state == State.CALLED:
        return _("Good day! Number {number}? Please take a seat.").format(number=ticket.number)
    if Need.HEARING in ticket.visit.needs:
        return _("Speak slowly and face to face, or write it down.")
    return _(
        "You are here for “{service}” today, is that right? May I see your documents, please?"
    ).format(service=ticket.service)


def farewell() -> str:
    """Return what is said when a visitor goes."""
    return _("That is all done. Please take your documents with you. Have a good day!")
