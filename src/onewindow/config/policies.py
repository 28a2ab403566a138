"""The settings that a hall may change by hand, in the order of their pages."""

from onewindow.base.deadlines.policy import HoursPolicy
from onewindow.base.halls.words import Words
from onewindow.catalogue.policy import RuleSet
from onewindow.floor.rules import WindowPolicy
from onewindow.lists.policy import ListsPolicy
from onewindow.public.rules import PhonePolicy
from onewindow.tickets.remote_rules import RemotePolicy
from onewindow.tickets.rules import TicketPolicy
from onewindow.tickets.slots import AppointmentPolicy

POLICIES: tuple[type, ...] = (
    TicketPolicy,
    AppointmentPolicy,
    WindowPolicy,
    HoursPolicy,
    PhonePolicy,
    RemotePolicy,
    RuleSet,
    Words,
    ListsPolicy,
)
