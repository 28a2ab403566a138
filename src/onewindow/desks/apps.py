from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from onewindow.alerts import kinds


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


def _or(labels: list[str]) -> str:
    return pgettext("between the numbers of windows", " or ").join(labels)
