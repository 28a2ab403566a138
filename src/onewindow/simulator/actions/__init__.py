"""What a person may do to the demonstration, by theme: steer its day, let something happen."""

from onewindow.simulator.actions.happen import (
    CUT_FOR,
    bring_back_clerk,
    clear_jam,
    close_early,
    come_deaf,
    come_in_crowd,
    cut_power,
    empty_window,
    find_nobody,
    jam_paper,
    open_again,
)
from onewindow.simulator.actions.steer import (
    TRAFFIC,
    new_day,
    pause,
    person_for,
    set_traffic,
)

__all__ = [
    "CUT_FOR",
    "TRAFFIC",
    "bring_back_clerk",
    "clear_jam",
    "close_early",
    "come_deaf",
    "come_in_crowd",
    "cut_power",
    "empty_window",
    "find_nobody",
    "jam_paper",
    "new_day",
    "open_again",
    "pause",
    "person_for",
    "set_traffic",
]
