"""``Secret``: a text about a person that must not get into what is kept for ever."""

from collections.abc import Iterable, Mapping
from typing import Any


class Secret(str):
    """A text read from an encrypted field: a ``str`` everywhere, but ``record`` refuses it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<secret>"  # what gets into a log or an error page by chance

    def __str__(self) -> str:
        return self


class SecretInTrail(TypeError):
    """Somebody's data was about to be sealed, where it can never be made anonymous."""


def refuse_secrets(what: Any) -> None:
    """Raise SecretInTrail when a value, or anything inside it, was read from an encrypted field."""
    if isinstance(what, Secret):
        raise SecretInTrail("what the trail keeps cannot be made anonymous: leave this value out")
    if isinstance(what, Mapping):
        for key, value in what.items():
            refuse_secrets(key)
            refuse_secrets(value)
    elif isinstance(what, Iterable) and not isinstance(what, str | bytes):
        for value in what:
            refuse_secrets(value)
