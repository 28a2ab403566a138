"""Texts in languages: one field, one way to fall back."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import translation
from django.utils.module_loading import import_string

BCP47 = {"zh-hans": "zh-Hans", "en": "en"}

Spoken = dict[str, str]

if TYPE_CHECKING:
    JSON = models.JSONField[Any, Any]
else:
    JSON = models.JSONField  # takes no parameters when it runs


def tag(language: str | None = None) -> str:
    """Return the BCP 47 tag of a Django language code, by default of the one now active."""
    code = (language or translation.get_language() or "en").lower()
    return BCP47.get(code) or ("zh-Hans" if code.startswith("zh") else code.split("-")[0])


def said(texts: Spoken | None, language: str | None = None, *, then: tuple[str, ...] = ()) -> str:
    """Return a text in the language asked, else in those of ``then``, else in any it has."""
    if not texts:
        return ""
    for wanted in (tag(language), *then, "zh-Hans", "en"):
        if texts.get(wanted):
            return texts[wanted]
    return next(iter(texts.values()), "")


class TextField(JSON):
    """A text keyed by BCP 47 tag: ``{"zh-Hans": "户籍", "en": "Household registration"}``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        """Return the form's field: an input for each language."""
        kind = import_string("onewindow.base.halls.texts.TextsField")  # it builds on this file
        given = {name: kwargs[name] for name in ("label", "help_text") if name in kwargs}
        return kind(required=False, **given)
