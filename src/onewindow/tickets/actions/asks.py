"""What somebody who was called asks for: nobody is at the window, walking there is hard."""

from onewindow.accounts.states import Role
from onewindow.alerts.actions import raise_alert
from onewindow.alerts.states import Level
from onewindow.base.action import action
from onewindow.base.trail import By
from onewindow.floor.models import Window
from onewindow.tickets.models import NotNow, Ticket
from onewindow.tickets.states import State


@action
def find_nobody(*, ticket: Ticket, by: By) -> None:
    """Tell the duty manager that nobody is at the window; once per window."""
    _ring(ticket, "window.nobody", _called_to(ticket).label, Role.DUTY_MANAGER, by)


@action
def ask_for_help_walking(*, ticket: Ticket, by: By) -> None:
    """Ask the guides to fetch somebody who was called."""
    _ring(ticket, "visitor.walking", ticket.number, Role.GUIDE, by)


def _called_to(ticket: Ticket) -> Window:
    if ticket.state != State.CALLED or ticket.window is None:
        raise NotNow(ticket)
    return ticket.window


def _ring(ticket: Ticket, kind: str, about: str, role: Role, by: By) -> None:
    raise_alert(
        hall=ticket.hall,
        kind=kind,
        cause=f"{kind}.{about}",
        level=Level.ACT_NOW,
        owner_role=role,
        subject=ticket,
        by=by,
        number=ticket.number,
        window=_called_to(ticket).label,
    )
