from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from onewindow.alerts import kinds
from onewindow.floor.states import PauseReason


class DesksConfig(AppConfig):
    name = "onewindow.desks"
    label = "desks"

    def ready(self) -> None:
        """Say what an alert reads whose button leads to the board: the queue only raises it."""
        kinds.register(
            "group.late",
            _("{group}: {minutes} min to wait, promised {promised}. Open window {windows}."),
            button=_("Open a window"),
            url="desks:board_at",
            args=("window",),
            reads={"windows": _or},
        )
        kinds.register(
            "pause.over",
            _("Window {window}: the pause ({reason}) should have ended at {back}."),
            reads={"reason": lambda code: str(PauseReason(code).label)},
            button=_("Call back"),
            url="desks:call_back",
            args=("window",),
            posts=True,
        )
        kinds.register(
            "window.idle",
            _("Window {window} is free since {since}; waiting for it: {waiting}."),
            button=_("Call back"),
            url="desks:call_back",
            args=("window",),
            posts=True,
        )
        kinds.register(
            "queue.crowded",
            _("{place} is crowded: {waiting} wait."),
            button=_("See what helps"),
            url="desks:board",
        )


def _or(labels: list[str]) -> str:
    return pgettext("between the numbers of windows", " or ").join(labels)
