"""Reads of accounts that have a name."""

from django.db import connection

from onewindow.accounts.models import ApiKey


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
