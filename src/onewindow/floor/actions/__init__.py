"""The verbs of the floor, by theme."""

from onewindow.floor.actions.day import announce, close_hall, open_hall
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
    "WindowNotOpen",
    "WindowPaused",
    "announce",
    "close_hall",
    "close_window",
    "end_wrap_up",
    "lock",
    "open_hall",
    "open_window",
    "pause",
    "resume",
    "wrap_up",
]
