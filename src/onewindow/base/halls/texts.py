"""How a text in languages is typed: one input for each language the hall speaks."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.text import Spoken, said

AT_MOST = 2_000


def own_name(language: str) -> str:
    """Return what a language calls itself; its tag where nobody wrote that down."""
    known = LANG_INFO.get(language.lower(), {})
    return str(known.get("name_local", language))


class TextsInput(forms.Widget):
    """An input below the other, each with the name of its language before it."""

    template_name = "halls/texts.html"
    use_fieldset = True
    languages: tuple[str, ...] = ("zh-Hans", "en")
    long = False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        texts: Spoken = value if isinstance(value, dict) else {}
        context["widget"]["rows"] = [
            {
                "name": f"{name}-{language}",
                "language": language,
                "said": own_name(language),
                "text": texts.get(language, ""),
                "instead": said(texts, then=self.languages),
            }
            for language in self.languages
        ]
        context["widget"]["long"] = self.long
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Spoken:
        """Return what was typed, languages left empty aside."""
        typed = {one: str(data.get(f"{name}-{one}", "")).strip() for one in self.languages}
        return {language: text for language, text in typed.items() if text}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}-{language}" not in data for language in self.languages)

    def id_for_label(self, id_: str) -> str:
        return ""


class TextsField(forms.Field):
    """A text in languages. Where it is required, the hall's first language is."""

    widget = TextsInput
    default_error_messages = {
        "required": _("This needs words in {language}: the others fall back to them."),
        "long": _("This is longer than {most} characters."),
    }

    def speak(self, languages: Iterable[str], text: Spoken | None = None) -> None:
        """Ask for these languages, and for those in which ``text`` is there already."""
        wanted = dict.fromkeys([*languages, *(text or {})])
        self.widget.languages = tuple(wanted) or TextsInput.languages

    def clean(self, value: Any) -> Spoken:
        """Return what was typed. Raise ValidationError when the first language lacks."""
        texts: Spoken = dict(value or {})
        first = self.widget.languages[0]
        if self.required and not texts.get(first):
            message = str(self.error_messages["required"]).format(language=own_name(first))
            raise ValidationError(message, code="required")
        if any(len(text) > AT_MOST for text in texts.values()):
            raise ValidationError(str(self.error_messages["long"]).format(most=AT_MOST))
        return texts

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or {}) != (data or {})
