"""The verbs of the floor, by theme."""

from onewindow.floor.actions.asks import call_back, close_after, hold_back
from onewindow.floor.actions.day import announce, close_hall, open_hall
from onewindow.floor.actions.for_now import as_ever, serve_for_now
from onewindow.floor.actions.looks import set_logo
from onewindow.floor.actions.plan import (
    FloorNotEmpty,
    Plan,
    describe_hall,
    fill_floor,
    join_departments,
    place,
)
from onewindow.floor.actions.readiness import mark_reached, skip_step, want_step
from onewindow.floor.actions.retire import (
    archive_department,
    archive_window,
    archive_zone,
    save_department,
    save_organisation,
)
from onewindow.floor.actions.rounds import give_back, note_left, tick
from onewindow.floor.actions.windows import (
    AnotherPersonHere,
    CloseComes,
    PauseComes,
    SwapComes,
    WindowNotOpen,
    WindowPaused,
    begin_pause,
    close_window,
    lock,
    open_window,
    pause,
    resume,
    swap,
    visitor_comes,
    visitor_gone,
)

__all__ = [
    "AnotherPersonHere",
    "CloseComes",
    "FloorNotEmpty",
    "PauseComes",
    "Plan",
    "SwapComes",
    "WindowNotOpen",
    "WindowPaused",
    "announce",
    "archive_department",
    "archive_window",
    "archive_zone",
    "as_ever",
    "begin_pause",
    "call_back",
    "close_after",
    "close_hall",
    "close_window",
    "describe_hall",
    "fill_floor",
    "give_back",
    "hold_back",
    "join_departments",
    "lock",
    "mark_reached",
    "note_left",
    "open_hall",
    "open_window",
    "pause",
    "place",
    "resume",
    "save_department",
    "save_organisation",
    "serve_for_now",
    "set_logo",
    "skip_step",
    "swap",
    "tick",
    "visitor_comes",
    "visitor_gone",
    "want_step",
]
