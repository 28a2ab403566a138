"""The verbs of the queue. Every door (page, kiosk, API, simulator) calls these and nothing else."""

from onewindow.tickets.actions.asks import ask_for_help_walking, find_nobody
from onewindow.tickets.actions.call import call, call_by_itself, call_next, recall
from onewindow.tickets.actions.closing import close_hall, close_ticket
from onewindow.tickets.actions.group import take_group
from onewindow.tickets.actions.helping import (
    confirm,
    count_question,
    give_help,
    name_topics,
    uncount,
)
from onewindow.tickets.actions.place import (
    bring_back,
    come_back,
    fetch,
    later,
    leave,
    miss,
    park,
    resume,
    transfer,
)
from onewindow.tickets.actions.profile import serve_for_now
from onewindow.tickets.actions.serve import finish, start, walk_in
from onewindow.tickets.actions.take import take
from onewindow.tickets.actions.windows import (
    close_when_free,
    close_window,
    open_window,
    pause_window,
    swap,
)

__all__ = [
    "ask_for_help_walking",
    "bring_back",
    "call",
    "call_by_itself",
    "call_next",
    "close_hall",
    "close_ticket",
    "close_when_free",
    "close_window",
    "come_back",
    "confirm",
    "count_question",
    "fetch",
    "find_nobody",
    "finish",
    "give_help",
    "later",
    "leave",
    "miss",
    "name_topics",
    "open_window",
    "park",
    "pause_window",
    "recall",
    "resume",
    "serve_for_now",
    "start",
    "swap",
    "take",
    "take_group",
    "transfer",
    "uncount",
    "walk_in",
]
