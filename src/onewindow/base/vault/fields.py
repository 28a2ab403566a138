"""``EncryptedText``: a text that the database cannot read."""

from typing import Any

from django.db import models

from onewindow.base.vault.keys import ring


class EncryptedText(models.TextField[str, str]):
    """A text kept as a Fernet token; empty stays empty. It cannot be searched: see ``blind_index``."""

    def get_prep_value(self, value: Any) -> Any:
        return ring().encrypt(str(value).encode()).decode() if value else value

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return ring().decrypt(value.encode()).decode() if value else value


def masked(value: str) -> str:
    """Show enough of a number to know it again: ``138****5678``."""
    return f"{value[:3]}****{value[-4:]}" if len(value) > 7 else "****"
