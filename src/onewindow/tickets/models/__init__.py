"""What the queue keeps: visits and tickets, help given, questions asked, what an outage broke."""

from onewindow.tickets.exports.models import Export
from onewindow.tickets.models.exceptions import RuleException
from onewindow.tickets.models.helping import Help, Question, Topic
from onewindow.tickets.models.outages import Interruption
from onewindow.tickets.models.queue import (
    Appointment,
    Counter,
    NotBooked,
    NotNow,
    Pace,
    SomeoneWasQuicker,
    Ticket,
    Visit,
    WaitCurve,
    move_all,
    new_token,
)

__all__ = [
    "Appointment",
    "Counter",
    "Export",
    "Help",
    "Interruption",
    "NotBooked",
    "NotNow",
    "Pace",
    "Question",
    "RuleException",
    "SomeoneWasQuicker",
    "Ticket",
    "Topic",
    "Visit",
    "WaitCurve",
    "move_all",
    "new_token",
]
