"""What an alert says, by its kind: one sentence, one button.

A room registers the kinds that it raises, in ``ready()`` of its ``apps.py``::

    kinds.register("queue.crowded", _("{waiting} people wait for {service}."),
                   button=_("Open a window"), url="floor:windows")

The sentence is put together when it is read, in the reader's language, from the data that came
with the alert and the hall's words; a value in languages (``{"zh-Hans": ..., "en": ...}``) is said
in that language.
``url`` is the name of a staff page of the hall; ``args`` names the data that its address needs.
``reads`` puts data into words that no language has by itself: codes, lists. ``unkept`` names data
that is shown while the alert stands and that the trail does not keep. ``first`` puts a kind
before all others of its level: an alarm. Where the button ``posts``, one tap does it; ``needs``
names the permission without which it is not shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onewindow.base.halls.text import said
from onewindow.base.halls.words import WORDS

Words = str | Promise
Reads = Mapping[str, Callable[[Any], str]]


@dataclass(frozen=True)
class Kind:
    """A kind of alert. Without ``url`` its button is *I take this*, then *Done*."""

    sentence: Words
    button: Words = ""
    url: str = ""
    args: tuple[str, ...] = ()
    reads: Reads = field(default_factory=dict)
    unkept: tuple[str, ...] = ()
    first: bool = False
    posts: bool = False
    needs: str = ""  # the permission of its button's page, where it is more than the alert's


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    sentence: Words,
    *,
    button: Words = "",
    url: str = "",
    args: tuple[str, ...] = (),
    reads: Reads | None = None,
    unkept: tuple[str, ...] = (),
    first: bool = False,
    posts: bool = False,
    needs: str = "",
) -> None:
    """Say what alerts of a kind read."""
    _kinds[name] = Kind(sentence, button, url, args, reads or {}, unkept, first, posts, needs)


def find(name: str) -> Kind:
    """Return a kind; one that no room knows any more reads as its name."""
    return _kinds.get(name) or Kind(name.replace("{", "").replace("}", ""))


def sentence(name: str, data: Mapping[str, Any]) -> str:
    """Return what an alert says, in the language now spoken."""
    kind = find(name)
    spoken = {key: said(v) if isinstance(v, dict) else v for key, v in data.items()}
    spoken |= {key: put(data[key]) for key, put in kind.reads.items() if key in data}
    return str(kind.sentence).format_map(_Gaps({**WORDS, **spoken}))


def address(name: str, hall: str, data: Mapping[str, Any]) -> str:
    """Return where the button of an alert leads; empty when it leads nowhere."""
    kind = find(name)
    try:
        return reverse(kind.url, args=[hall, *(data[arg] for arg in kind.args)]) if kind.url else ""
    except (NoReverseMatch, KeyError):
        return ""  # a page that is gone must not take the board with it


class _Gaps(dict[str, Any]):
    """A word that is missing leaves a gap: better than an alert that cannot be read."""

    def __missing__(self, key: str) -> str:
        return "…"


register("duty.called", _("Window {window} calls the duty manager."))
register("duty.alarm", _("Alarm at window {window}!"), first=True)
