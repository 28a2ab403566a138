"""Django's checks of the trail: run by ``onewindow check`` and ``manage.py check --database``."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from onewindow.base.trail import triggers
from onewindow.base.trail.models import Entry


@register(Tags.database)
def the_trail_is_guarded(
    databases: Sequence[str] | None = None, **_rest: Any
) -> list[CheckMessage]:
    """Look for the triggers that keep the trail append-only."""
    found: list[CheckMessage] = []
    for name in databases or ():
        if Entry._meta.db_table not in connections[name].introspection.table_names():
            continue  # before the first migration
        found += [
            Error(
                f"the trigger {trigger} is missing: the trail could be changed",
                hint="run: manage.py migrate",
                id="trail.E001",
            )
            for trigger in triggers.missing(connections[name])
        ]
    return found
