"""Last use of a key, last sign of a device: written at most once a minute for each."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import OperationalError, models, transaction
from django.db.models.functions import Coalesce

from onewindow.accounts.models import ApiKey, Device
from onewindow.base import clocks
from onewindow.base.halls import memory
from onewindow.base.web.aside import aside

EVERY = timedelta(minutes=1)

_noted: dict[tuple[str, int], datetime] = {}
memory.forgotten_too.append(_noted.clear)


def key_used(key: int) -> None:
    """Remember that a key was used just now."""
    _note(ApiKey, key, "last_used_at")


def device_seen(device: int) -> None:
    """Remember that a device asked for something just now."""
    since = Coalesce("connected_at", models.Value(clocks.now(), models.DateTimeField()))
    _note(Device, device, "seen_at", connected_at=since)


def _note(kind: type[models.Model], pk: int, field: str, **more: models.Expression) -> None:
    """Write the moment, unless this process did within a minute or the database is too busy."""
    now = clocks.now()
    noted = _noted.get((field, pk))
    if noted is not None and abs(now - noted) < EVERY:
        return
    _noted[field, pk] = now
    with aside(), suppress(OperationalError), transaction.atomic():
        kind._default_manager.filter(pk=pk).update(**{field: now}, **more)
