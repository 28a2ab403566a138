"""``setting``: a field of a policy with its words, from which its page in the set-up is made."""

from collections.abc import Callable, Sequence
from dataclasses import field
from typing import Any, Literal, TypeVar

S = TypeVar("S")
Kind = Literal["", "clock", "texts", "figures"]


def setting(
    default: S,
    label: Any,
    help: Any = "",  # noqa: A002 (as a form's field calls it)
    *,
    between: tuple[int, int] = (0, 10_000),
    choices: Callable[[], Sequence[tuple[str, Any]]] | None = None,
    kind: Kind = "",
    usual: Any = "",
    part: Any = "",
) -> S:
    """Give a policy's field its default and its words; figures are ``between`` two bounds.

    ``kind`` says what its type does not: a ``clock`` ("16:00"), ``texts`` in languages, or
    ``figures`` by code; ``usual`` is what holds where these are left empty. ``part`` begins a
    new part of the page, under this heading.
    """
    words = {
        "label": label,
        "help": help,
        "between": between,
        "choices": choices,
        "kind": kind,
        "usual": usual,
        "part": part,
    }
    begins: dict[str, Any] = {"default": default}
    if isinstance(default, dict):
        begins = {"default_factory": default.copy}
    given: S = field(**begins, metadata=words)
    return given
