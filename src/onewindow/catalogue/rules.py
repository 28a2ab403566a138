"""How well a service answers what somebody typed: pure, on words written down beforehand."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from onewindow.base.halls.text import Spoken

NO_MATCH = None


@dataclass(frozen=True)
class Findable:
    """The words by which one service is found, all folded: see ``fold``."""

    code: str
    names: tuple[tuple[str, str], ...]  # (language tag, name)
    words: str  # keywords, summary, group: whatever else describes it
    spellings: tuple[tuple[str, ...], ...]  # pinyin syllables of the name and of each keyword


def fold(text: str) -> str:
    """Return a text as it is compared: full-width forms narrowed, no case, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def findable(code: str, name: Spoken, words: Iterable[str], spelling: str) -> Findable:
    """Write down the words of a service. ``spelling``: syllables by blanks, phrases by commas."""
    return Findable(
        code=fold(code),
        names=tuple((language, fold(said)) for language, said in name.items()),
        words=fold(" ".join(words)),
        spellings=tuple(tuple(phrase.split()) for phrase in spelling.split(",") if phrase.strip()),
    )


def rank(service: Findable, typed: str, language: str) -> int | None:
    """Return how well a service answers a folded text: 0 is best, None not at all.

    Every word that was typed must be found; the worst of them decides.
    """
    if typed == service.code:
        return 0
    ranks = [_rank_word(service, word, language) for word in typed.split()]
    if not ranks or NO_MATCH in ranks:
        return _rank_spelling(service, typed.replace(" ", "").replace("'", ""))
    return max(rank for rank in ranks if rank is not None)


def _rank_word(service: Findable, word: str, language: str) -> int | None:
    for spoken, name in service.names:
        if name.startswith(word):
            return 1 if spoken == language else 2
    if any(word in name for _language, name in service.names):
        return 3
    if service.code.startswith(word):
        return 4
    if word in service.words:
        return 5
    return _rank_spelling(service, word)


def letters_of(spelling: str) -> str:
    """Return the first letters that find a service by its pinyin; "" where it has none."""
    return "".join(syllable[0] for syllable in spelling.partition(",")[0].split()[:3])


def _rank_spelling(service: Findable, letters: str) -> int | None:
    """Compare with pinyin, spelled out or by initials: from the first syllable, else from any."""
    if not letters.isascii() or not letters.isalpha():
        return NO_MATCH
    for place, syllables in enumerate(service.spellings):
        for start in range(len(syllables)):
            rest = syllables[start:]
            if "".join(rest).startswith(letters) or _initials(rest).startswith(letters):
                return (6 if start == 0 else 7) + (2 if place else 0)
    return NO_MATCH


def _initials(syllables: tuple[str, ...]) -> str:
    return "".join(syllable[0] for syllable in syllables)
