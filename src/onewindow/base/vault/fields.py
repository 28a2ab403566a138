"""``EncryptedText``: a text that the database cannot read."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from onewindow.base.trail.secret import Secret
from onewindow.base.vault.keys import ring

if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:
    Text = models.TextField  # takes no parameters when it runs


class _Marked(DeferredAttribute):
    """Mark what is assigned too, so that the trail refuses it before it was ever saved."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = secret(value)


class EncryptedText(Text):
    """A text kept as a Fernet token; empty stays empty. It cannot be searched: see ``blind_index``.

    What it gives is a ``Secret``: a ``str`` that ``trail.record`` refuses.
    """

    descriptor_class = _Marked

    def get_prep_value(self, value: Any) -> Any:
        return ring().encrypt(str(value).encode()).decode() if value else value

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return secret(ring().decrypt(value.encode()).decode()) if value else value


def secret(value: Any) -> Any:
    """Mark a text as secret; empty stays as it is."""
    return Secret(value) if isinstance(value, str) and value else value


def masked(value: str) -> str:
    """Show enough of a number to know it again: ``138****5678``."""
    return f"{value[:3]}****{value[-4:]}" if len(value) > 7 else "****"
