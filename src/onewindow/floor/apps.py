from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from onewindow.alerts import kinds


class FloorConfig(AppConfig):
    name = "onewindow.floor"
    label = "floor"

    def ready(self) -> None:
        """Say what the alarms of a device, and of a hall that nobody opened, read."""
        from onewindow.accounts.access import Can  # noqa: PLC0415  # needs the models

        kinds.register(
            "hall.unopened",
            _("The hours began at {since}, and nobody has opened the hall."),
            button=_("Open the hall"),
            url="desks:opening",
            needs=Can.CLOSE_HALL,
        )
        kinds.register(
            "device.offline",
            _("{device} is offline, last seen at {since}."),
            button=_("Load anew"),
            url="floor:reload",
            args=("id",),
            posts=True,
        )
