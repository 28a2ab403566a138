"""What a hall calls the people in it: visitors or customers, a guide or a lobby manager.

A message leaves a place for such a word, in code as ``{guide_desk}`` and in a template as
``{% blocktranslate with desk="guide_desk"|word %}``; its translations keep the place. A hall's
template brings its words, the set-up changes them; where a hall has none, those below are said.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.setting import setting
from onewindow.base.halls.text import Spoken, tag

USUAL: Mapping[str, Promise] = {
    "visitor": _("visitor"),
    "visitors": _("visitors"),
    "guide": _("guide"),
    "guide_desk": _("guide desk"),
}


@dataclass(frozen=True)
class Words:
    """A hall's own words, in its languages; English ones follow an *a* and stand in a sentence."""

    title: ClassVar = _("What people are called here")
    icon: ClassVar = "whole-word"
    page: ClassVar = "word-rules"

    visitor: Spoken = setting(
        {},
        _("One who comes"),
        _("As it stands within a sentence."),
        kind="texts",
        usual=USUAL["visitor"],
    )
    visitors: Spoken = setting(
        {}, _("Many of them, where a language tells"), kind="texts", usual=USUAL["visitors"]
    )
    guide: Spoken = setting({}, _("Who helps them in the hall"), kind="texts", usual=USUAL["guide"])
    guide_desk: Spoken = setting(
        {}, _("Where that person stands"), kind="texts", usual=USUAL["guide_desk"]
    )


_now: ContextVar[Callable[[], Words]] = ContextVar("whose words are said", default=Words)


@contextmanager
def saying(whose: Callable[[], Words]) -> Iterator[None]:
    """Say somebody's words meanwhile; they are asked for with each word."""
    before = _now.set(whose)
    try:
        yield
    finally:
        _now.reset(before)


def word(name: str) -> str:
    """Return a word as the hall now speaking has it, in the language now spoken."""
    own: Spoken = getattr(_now.get()(), name)
    return own.get(tag()) or str(USUAL[name])


WORDS: Mapping[str, Any] = {name: lazy(word, str)(name) for name in USUAL}


def worded(text: Promise) -> Promise:
    """Fill the hall's words into a text each time that it is read."""
    return cast("Promise", lazy(lambda: str(text).format_map(WORDS), str)())
