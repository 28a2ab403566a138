"""The installation's keys: files of mode 0600, made with an empty database and never for another.

``vault.key`` holds the keys that open personal data, one a line; the first one closes it.
``vault.index`` holds the key of the blind index. Their fingerprints, and that of ``trail.key``,
stand in the database: a node with other keys could not read it, so it must not start.
"""

import base64
import hashlib
import hmac
import os
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import connection

from onewindow.base import clocks
from onewindow.base.vault.models import Fingerprint
from onewindow.base.vault.secrets import read_or_make

VAULT, INDEX, TRAIL = "vault.key", "vault.index", "trail.key"


class WrongKey(RuntimeError):
    """The keys in the data directory are not those of this database."""


@cache
def ring() -> MultiFernet:
    """Return the keys that open personal data; the first one closes it."""
    return MultiFernet([Fernet(line) for line in _read(VAULT).split()])


def blind_index(value: str) -> str:
    """Return what finds a value without telling it: HMAC-SHA-256, first 128 bits, in hex."""
    return hmac.new(_index_key(), value.strip().encode(), hashlib.sha256).hexdigest()[:32]


def ensure_same_key() -> None:
    """Raise WrongKey unless this node's keys are those of the database; note them on a new one.

    ``onewindow up`` asks before it starts anything, after the migration.
    """
    for name, prints in fingerprints().items():
        noted, _new = Fingerprint.objects.get_or_create(
            name=name, defaults={"value": prints[0], "since": clocks.now()}
        )
        if noted.value not in prints:
            raise WrongKey(_says(name, "is not the key of this database"))


def fingerprints() -> dict[str, list[str]]:
    """Return the fingerprints of this node's keys by file, the one in use first."""
    return {
        VAULT: [fingerprint(line) for line in _read(VAULT).split()],
        INDEX: [fingerprint(_read(INDEX))],
        TRAIL: [fingerprint(settings.TRAIL_KEY)],
    }


def fingerprint(key: str) -> str:
    """Return what a key is known by without telling it."""
    return hashlib.sha256(b"onewindow\0" + key.strip().encode()).hexdigest()


def new_key() -> str:
    """Return a new key."""
    return Fernet.generate_key().decode()


def forget() -> None:
    """Read the files of keys again when they are next needed."""
    ring.cache_clear()
    _index_key.cache_clear()


def write_keys(name: str, keys: list[str]) -> None:
    """Replace a file of keys at once: whoever reads it sees the old one or the new one."""
    path: Path = settings.DATA / name
    draft = path.with_name(f".{name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join(keys))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@cache
def _index_key() -> bytes:
    return base64.urlsafe_b64decode(_read(INDEX))


def _read(name: str) -> str:
    """Read a file of keys. It is made only where the database knows of no key yet."""
    path: Path = settings.DATA / name
    if not path.exists() and _is_noted(name):
        raise WrongKey(_says(name, "is missing"))
    return read_or_make(path, new_key)


def _is_noted(name: str) -> bool:
    if Fingerprint._meta.db_table not in connection.introspection.table_names():
        return False  # before the first migration
    return Fingerprint.objects.filter(name=name).exists()


def _says(name: str, trouble: str) -> str:
    return (
        f"{settings.DATA / name} {trouble}: copy the file from the node, or the backup,"
        " where the database was made"
    )
