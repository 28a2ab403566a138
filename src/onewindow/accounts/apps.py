from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "onewindow.accounts"
    label = "accounts"

    def ready(self) -> None:
        post_migrate.connect(keep_apart, sender=self)


def keep_apart(*, using: str, **_rest: Any) -> None:
    """Make the triggers of accounts; Django's own hook after a migration."""
    from onewindow.accounts import guard  # noqa: PLC0415  # apps.py loads before any model

    guard.make(connections[using])
