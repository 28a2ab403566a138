"""Settings of the windows: pauses, how long they may last, and what happens when they are over."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.setting import setting
from onewindow.floor.states import PauseReason

NO_END = _("0: without an end.")


@dataclass(frozen=True)
class WindowPolicy:
    """The hall's rules for its windows. Minutes and seconds are in the names."""

    title: ClassVar = _("Windows and pauses")
    icon: ClassVar = "circle-pause"

    rest_min: int = setting(
        10, _("A short rest, minutes"), NO_END, between=(0, 600), part=_("How long a pause lasts")
    )
    meal_min: int = setting(45, _("A meal, minutes"), NO_END, between=(0, 600))
    paperwork_min: int = setting(15, _("Paperwork, minutes"), NO_END, between=(0, 600))
    help_min: int = setting(10, _("Helping a colleague, minutes"), NO_END, between=(0, 600))
    training_min: int = setting(60, _("Training, minutes"), NO_END, between=(0, 600))
    fault_min: int = setting(
        15, _("A system or equipment fault, minutes"), NO_END, between=(0, 600)
    )
    other_min: int = setting(10, _("Other reasons, minutes"), NO_END, between=(0, 600))
    over_today_min: int = setting(
        1,
        _("The duty manager is told when a pause is over by, minutes"),
        between=(1, 120),
        part=_("Alarms"),
    )
    over_now_min: int = setting(
        5, _("And it becomes “act now” when it is over by, minutes"), between=(1, 240)
    )
    idle_min: int = setting(
        5,
        _("A free window with people waiting alarms after, minutes"),
        _("0: never."),
        between=(0, 120),
    )
    crowd_hall: int = setting(
        0, _("The hall is crowded when so many wait"), _("0: never."), between=(0, 10_000)
    )
    crowd_zone: int = setting(
        40, _("A zone is crowded when so many wait for its windows"), _("0: never.")
    )

    def usual_min(self, reason: PauseReason) -> int:
        """Return how many minutes a pause for this reason lasts; 0 without an end."""
        return {
            PauseReason.BREAK: self.rest_min,
            PauseReason.MEAL: self.meal_min,
            PauseReason.PAPERWORK: self.paperwork_min,
            PauseReason.HELP: self.help_min,
            PauseReason.TRAINING: self.training_min,
            PauseReason.EQUIPMENT: self.fault_min,
        }.get(reason, self.other_min)
