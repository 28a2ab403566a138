"""What a message says: the words of its template, or the hall's own for it.

A room registers its templates in ``ready()`` of its ``apps.py``::

    wording.register("ticket.soon", _("Soon: {number}"), _("{ahead} people before you."))
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from onewindow.base.halls.text import said
from onewindow.base.notify.models import Message, Wording

Words = str | Promise


@dataclass(frozen=True)
class Said:
    """A message as the person reads it."""

    title: str
    body: str


_templates: dict[str, tuple[Words, Words]] = {}


def register(name: str, title: Words, body: Words) -> None:
    """Say what messages of a template read when the hall has no words of its own."""
    _templates[name] = (title, body)


def say(message: Message) -> Said:
    """Put a message into words, in its own language."""
    language = message.language or message.hall.language
    own = Wording.objects.filter(hall=message.hall_id, template=message.template).first()
    with translation.override("zh-hans" if language.startswith("zh") else language):
        title, body = _templates.get(message.template, (message.template, ""))
        title = (own and said(own.title)) or str(title)
        body = (own and said(own.body)) or str(body)
        return Said(_fill(title, message.context), _fill(body, message.context))


class _Gaps(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def _fill(words: str, context: Mapping[str, Any]) -> str:
    spoken = {key: said(v) if isinstance(v, dict) else v for key, v in context.items()}
    return words.format_map(_Gaps(spoken))
