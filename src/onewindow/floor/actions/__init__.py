"""The verbs of the floor, by theme."""

from onewindow.floor.actions.day import announce, close_hall, open_hall
from onewindow.floor.actions.plan import (
    FloorNotEmpty,
    Plan,
    describe_hall,
    fill_floor,
    join_departments,
    place,
)
from onewindow.floor.actions.windows import (
    AnotherPersonHere,
    WindowNotOpen,
    WindowPaused,
    close_window,
    end_wrap_up,
    lock,
    open_window,
    pause,
    resume,
    wrap_up,
)

__all__ = [
    "AnotherPersonHere",
    "FloorNotEmpty",
    "Plan",
    "WindowNotOpen",
    "WindowPaused",
    "announce",
    "close_hall",
    "close_window",
    "describe_hall",
    "end_wrap_up",
    "fill_floor",
    "join_departments",
    "lock",
    "open_hall",
    "open_window",
    "pause",
    "place",
    "resume",
    "wrap_up",
]
