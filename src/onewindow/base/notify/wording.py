"""What a message says: the words of its template, or the hall's own for it.

A room registers its templates in ``ready()`` of its ``apps.py``, each with what it is called, when
it goes out, and its gaps: what each stands for, and a sample of it::

    wording.register(
        "ticket.soon", _("Soon: {number}"), _("{ahead} people before you."),
        called=_("Soon"), when=_("When three are ahead."),
        gaps={"number": Gap(_("the number"), "A037"), "ahead": Gap(_("people ahead"), "3")},
    )
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.text import said, tag
from onewindow.base.notify.models import Message, Wording
from onewindow.base.web.refused import Refused

Words = str | Promise


@dataclass(frozen=True)
class Said:
    """A message as the person reads it."""

    title: str
    body: str


@dataclass(frozen=True)
class Gap:
    """What is put into a message where ``{its name}`` stands, and a sample of it."""

    meaning: Words
    sample: Words


@dataclass(frozen=True)
class Template:
    """A message as the product words it."""

    name: str
    title: Words
    body: Words
    called: Words = ""
    when: Words = ""
    gaps: Mapping[str, Gap] = field(default_factory=dict)

    def ours(self, language: str) -> Said:
        """Return our words in a language, with their gaps."""
        with translation.override("zh-hans" if language.startswith("zh") else language):
            return Said(str(self.title), str(self.body))

    def sampled(self, own: Wording, language: str) -> Said:
        """Return what a visitor of this language reads, with a sample in each gap."""
        with translation.override("zh-hans" if language.startswith("zh") else language):
            samples = {name: str(gap.sample) for name, gap in self.gaps.items()}
        return worded(self, own, language, samples)


class UnknownGap(Refused):
    """The words have a gap that this message does not know."""

    sentence = _("“{gap}” is not known here. This message knows: {known}.")


class LoneBrace(Refused):
    """A brace without its partner."""

    sentence = _("A {{ or }} stands alone. What is filled in stands between both, such as {known}.")


_templates: dict[str, Template] = {}


def register(
    name: str,
    title: Words,
    body: Words,
    *,
    called: Words = "",
    when: Words = "",
    gaps: Mapping[str, Gap] | None = None,
) -> None:
    """Say what messages of a template read when the hall has no words of its own."""
    _templates[name] = Template(name, title, body, called or name, when, gaps or {})


def templates() -> list[Template]:
    """Return what is registered, in the order in which it was."""
    return list(_templates.values())


def template_named(name: str) -> Template | None:
    """Return a template by its name."""
    return _templates.get(name)


def say(message: Message) -> Said:
    """Put a message into words, in its own language."""
    language = message.language or message.hall.language
    own = Wording.objects.filter(hall=message.hall_id, template=message.template).first()
    template = _templates.get(message.template) or Template(message.template, message.template, "")
    return worded(template, own, language, message.context)


def worded(
    template: Template, own: Wording | None, language: str, context: Mapping[str, Any]
) -> Said:
    """Return a message in a language: the hall's words where it has some in it, else ours."""
    ours, spoken = template.ours(language), tag(language)
    title = (own and own.title.get(spoken)) or ours.title
    body = (own and own.body.get(spoken)) or ours.body
    with translation.override("zh-hans" if language.startswith("zh") else language):
        return Said(_fill(title, context), _fill(body, context))


def check(words: str, template: Template) -> None:
    """Raise UnknownGap or LoneBrace where words cannot be filled."""
    known = " ".join(f"{{{name}}}" for name in template.gaps)
    try:
        parts = list(Formatter().parse(words))
    except ValueError:
        raise LoneBrace(known=known) from None
    for _text, name, spec, conversion in parts:
        if name is not None and (name not in template.gaps or spec or conversion):
            raise UnknownGap(gap=f"{{{name}}}", known=known)


class _Filling(Formatter):
    """Puts values into gaps by their names, and nothing else: no attributes, items, formats."""

    def get_field(self, field_name: str, _args: Any, kwargs: Any) -> tuple[Any, str]:
        return kwargs.get(field_name, "…"), field_name

    def format_field(self, value: Any, _spec: str) -> str:
        return str(value)

    def convert_field(self, value: Any, _conversion: Any) -> Any:
        return value


def _fill(words: str, context: Mapping[str, Any]) -> str:
    spoken = {key: said(v) if isinstance(v, dict) else v for key, v in context.items()}
    try:
        return _Filling().vformat(words, (), spoken)
    except ValueError:  # a lone brace, in words from before they were checked
        return words
