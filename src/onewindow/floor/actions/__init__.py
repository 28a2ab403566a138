"""The verbs of the floor, by theme."""

from onewindow.floor.actions.day import announce, close_hall, open_hall
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
from onewindow.floor.actions.windows import (
    AnotherPersonHere,
    PauseComes,
    WindowNotOpen,
    WindowPaused,
    begin_pause,
    close_window,
    end_wrap_up,
    lock,
    open_window,
    pause,
    resume,
    visitor_gone,
)

__all__ = [
    "AnotherPersonHere",
    "FloorNotEmpty",
    "PauseComes",
    "Plan",
    "WindowNotOpen",
    "WindowPaused",
    "announce",
    "archive_department",
    "archive_window",
    "archive_zone",
    "begin_pause",
    "close_hall",
    "close_window",
    "describe_hall",
    "end_wrap_up",
    "fill_floor",
    "join_departments",
    "lock",
    "mark_reached",
    "open_hall",
    "open_window",
    "pause",
    "place",
    "resume",
    "save_department",
    "save_organisation",
    "set_logo",
    "skip_step",
    "visitor_gone",
    "want_step",
]
