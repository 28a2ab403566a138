"""The installation's own secrets: made once, kept in the data directory with mode 0600."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

made: list[Path] = []  # by this process


def secret_key(data: Path, given: str) -> str:
    """Return the signing key: the one given, else that in ``secret.key``, made when absent."""
    return given or read_or_make(data / "secret.key", lambda: secrets.token_urlsafe(48))


def trail_key(data: Path) -> str:
    """Return the key that seals the trail, made when absent."""
    return read_or_make(data / "trail.key", lambda: secrets.token_urlsafe(48))


def read_or_make(path: Path, make: Callable[[], str]) -> str:
    """Read a secret file; when there is none, make it. Two processes that start at once agree."""
    if path.exists():
        return path.read_text()
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(make())
    with suppress(FileExistsError):  # the other process was quicker: then its secret counts
        os.link(draft, path)
        made.append(path)
    draft.unlink()
    return path.read_text()
