"""The verbs of the queue. Every door (page, kiosk, API, simulator) calls these and nothing else."""

from onewindow.tickets.actions.call import call, call_next, recall
from onewindow.tickets.actions.closing import close_hall, close_ticket
from onewindow.tickets.actions.place import (
    bring_back,
    come_back,
    later,
    leave,
    miss,
    park,
    resume,
    transfer,
)
from onewindow.tickets.actions.serve import finish, start, walk_in
from onewindow.tickets.actions.take import take
from onewindow.tickets.actions.windows import (
    close_when_free,
    close_window,
    open_window,
    pause_window,
)

__all__ = [
    "bring_back",
    "call",
    "call_next",
    "close_hall",
    "close_ticket",
    "close_when_free",
    "close_window",
    "come_back",
    "finish",
    "later",
    "leave",
    "miss",
    "open_window",
    "park",
    "pause_window",
    "recall",
    "resume",
    "start",
    "take",
    "transfer",
    "walk_in",
]
