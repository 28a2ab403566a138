"""The words of an announcement: as clips put one behind the other, and as a sentence for a machine.

A number is said sign by sign. In Chinese a window's label up to 99 is said as the number it is,
with the word for ten.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

CHIME, EVACUATE = "chime", "evacuate"
SIGNS = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
LEADS: dict[str, str | Promise] = {  # what is recorded beside figures and letters
    "number": pgettext_lazy("recorded", "Number"),
    "come": pgettext_lazy("recorded", "please come to window"),
    "window": pgettext_lazy("recorded", "window"),
}
LEADS_ZH: dict[str, str | Promise] = {
    "number": "请",
    "come": "号，请到",
    "at": "号，",
    "window": "号窗口",
    "ten": "十",
}


@dataclass(frozen=True)
class Spoken:
    """What is said in one language: the sentence, and the words it is put together from."""

    text: str
    words: tuple[str, ...]


def whole(number: str, label: str, language: str) -> Spoken:
    """Return a call as it is said when there is time."""
    with translation.override(language.lower()):
        text = _("Number {number}, please go to window {window}.")
    tail = ("window",) if is_chinese(language) else ()
    words = ("number", *signs(number), "come", *label_words(label, language), *tail)
    return Spoken(text.format(number=" ".join(number), window=label), words)


def short(number: str, label: str, language: str) -> Spoken:
    """Return a call as it is said when many wait to be said."""
    with translation.override(language.lower()):
        text = _("{number}, window {window}.")
    here = label_words(label, language)
    ends = ("at", *here, "window") if is_chinese(language) else ("window", *here)
    return Spoken(text.format(number=" ".join(number), window=label), (*signs(number), *ends))


def signs(text: str) -> tuple[str, ...]:
    """Return letters and figures one by one; what has no sound is left out."""
    return tuple(sign for sign in text.lower() if sign in SIGNS)


def label_words(label: str, language: str) -> tuple[str, ...]:
    """Return how a window's label is said."""
    if is_chinese(language) and label.isdigit() and 10 <= int(label) <= 99:
        tens, ones = divmod(int(label), 10)
        return (*signs(str(tens) if tens > 1 else ""), "ten", *signs(str(ones) if ones else ""))
    return signs(label)


def to_record(texts: Iterable[str], language: str) -> dict[str, str]:
    """Return the words of a set with what is to be spoken: for numbers and labels of these letters.

    Figures always; of the letters those that ``texts`` contain.
    """
    with translation.override(language.lower()):
        leads = {
            word: str(text) for word, text in (LEADS_ZH if is_chinese(language) else LEADS).items()
        }
        evacuate = _("Please leave the hall now by the nearest exit.")
    letters = sorted({sign for text in texts for sign in signs(text) if not sign.isdigit()})
    figures = {str(figure): str(figure) for figure in range(10)}
    return leads | figures | {one: one.upper() for one in letters} | {EVACUATE: evacuate}


def is_chinese(language: str) -> bool:
    """Say whether a language puts the window's word behind its label."""
    return language.lower().startswith(("zh", "yue", "wuu", "nan", "hak"))
