"""The installation's keys: one file of mode 0600, made with an empty database."""

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from onewindow.base.vault.secrets import read_or_make


@cache
def ring() -> MultiFernet:
    """Return the keys that open personal data; the first one closes it."""
    lines = read_or_make(settings.DATA / "vault.key", lambda: Fernet.generate_key().decode())
    return MultiFernet([Fernet(line) for line in lines.split()])


@cache
def _index_key() -> bytes:
    made = read_or_make(settings.DATA / "vault.index", lambda: Fernet.generate_key().decode())
    return base64.urlsafe_b64decode(made)


def blind_index(value: str) -> str:
    """Return what finds a value without telling it: HMAC-SHA-256, first 128 bits, in hex."""
    return hmac.new(_index_key(), value.strip().encode(), hashlib.sha256).hexdigest()[:32]
