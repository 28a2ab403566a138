"""Reads of accounts that have a name."""

from django.db import connection

from onewindow.accounts.models import ApiKey, Device
from onewindow.accounts.states import DeviceKind


def version_of(hall: int) -> int | None:
    """Return a hall's version; None when it was archived. Asked by every request of the API."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version FROM halls_hall WHERE id = %s AND archived_at IS NULL", [hall]
        )
        row = cursor.fetchone()
    return row[0] if row else None


def live_key(prefix: str) -> ApiKey | None:
    """Return a key that may be used, with its hall."""
    keys = ApiKey.objects.select_related("hall__organisation")
    return keys.filter(prefix=prefix, revoked_at=None, hall__archived_at=None).first()


def live_device(device: int, kind: DeviceKind) -> Device | None:
    """Return a device that is in use, with its hall."""
    devices = Device.objects.select_related("hall__organisation")
    return devices.filter(pk=device, kind=kind, revoked_at=None, hall__archived_at=None).first()
