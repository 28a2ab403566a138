from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class TrailConfig(AppConfig):
    name = "onewindow.base.trail"
    label = "trail"

    def ready(self) -> None:
        from onewindow.base.trail import checks  # noqa: F401, PLC0415  # registers; needs the models

        post_migrate.connect(guard, sender=self)


def guard(*, using: str, **_rest: Any) -> None:
    """Make the triggers of the trail; Django's own hook after a migration."""
    from onewindow.base.trail import triggers  # noqa: PLC0415  # apps.py loads before any model

    triggers.make(connections[using])
