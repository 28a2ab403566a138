from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from onewindow.alerts import kinds


class FloorConfig(AppConfig):
    name = "onewindow.floor"
    label = "floor"

    def ready(self) -> None:
        """Say what the alarm of a device reads."""
        kinds.register(
            "device.offline",
            _("{device} is offline, last seen at {since}."),
            button=_("Load anew"),
            url="floor:reload",
            args=("id",),
            posts=True,
        )
