"""Django's check of the keys: run by ``onewindow check`` and ``manage.py check --database``."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from onewindow.base.vault.keys import WrongKey, fingerprints
from onewindow.base.vault.models import Fingerprint


@register(Tags.database)
def the_keys_are_those_of_the_database(
    databases: Sequence[str] | None = None, **_rest: Any
) -> list[CheckMessage]:
    """Compare this node's keys with those noted in the database. Notes nothing."""
    if not databases or not _is_migrated():
        return []
    try:
        ours = fingerprints()
    except WrongKey as wrong:
        return [Error(str(wrong), id="vault.E001")]
    return [
        Error(f"{name} is not the key of this database", id="vault.E002")
        for name, value in Fingerprint.objects.values_list("name", "value")
        if value not in ours.get(name, [])
    ]


def _is_migrated() -> bool:
    tables = connections["default"].introspection.table_names()
    return Fingerprint._meta.db_table in tables
