"""The settings that a hall may change by hand, in the order of their pages."""

from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.floor.rules import WindowPolicy
from onewindow.lists.policy import ListsPolicy
from onewindow.public.rules import PhonePolicy
from onewindow.tickets.rules import TicketPolicy

POLICIES: tuple[type, ...] = (
    TicketPolicy,
    WindowPolicy,
    HoursPolicy,
    PhonePolicy,
    ListsPolicy,
)
