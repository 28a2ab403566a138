"""``verify``: name what was altered, taken out or put in."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from onewindow.base.trail import triggers
from onewindow.base.trail.marks import FIELDS, digest_of, mark_of, unpack
from onewindow.base.trail.models import Entry, Purge, Seal

SAID_AT_MOST = 20
SEALS_AT_ONCE = 20
SENTENCES = {
    "trigger": _("The trigger {name} is missing: the trail could be changed."),
    "seal": _("A seal is missing before row {row}."),
    "false": _(
        "The seal of rows {row} to {last} is not genuine: it or one before it was"
        " changed, or trail.key is not the key it was made with."
    ),
    "missing": _("Row {row} is missing."),
    "inserted": _("Row {row} was put in after it had been sealed."),
    "altered": _("Row {row} was altered."),
}
STILL_THERE = ("inserted", "altered")

Told = Callable[[int], None]


class Trouble(NamedTuple):
    """One thing that is wrong: what, at which row, up to which; or with which trigger."""

    what: str
    row: int = 0
    last: int = 0
    name: str = ""

    def __str__(self) -> str:
        return str(SENTENCES[self.what]).format(row=self.row, last=self.last, name=self.name)

    @property
    def opens(self) -> bool:
        """Whether the row can still be looked at."""
        return self.what in STILL_THERE


def verify() -> list[str]:
    """Return what is wrong with the trail, the first trouble first; empty when all is whole."""
    return [str(trouble) for trouble in troubles()]


def troubles(told: Told = lambda _row: None) -> list[Trouble]:
    """Return the first troubles. ``told`` hears after each seal up to which row all was read."""
    found = [Trouble("trigger", name=name) for name in triggers.missing()]
    for trouble in _of_the_seals(told):
        found.append(trouble)
        if len(found) >= SAID_AT_MOST:
            break
    return found


def _of_the_seals(told: Told) -> Iterator[Trouble]:
    below = Purge.objects.aggregate(newest=Max("below"))["newest"] or 0
    digest, last = "", 0
    for seal in _seals():
        packed = bytes(seal.marks)
        if seal.after != last:
            yield Trouble("seal", seal.after + 1)
        if seal.digest != digest_of(digest, seal.after, seal.last, seal.count, packed):
            yield Trouble("false", seal.after + 1, seal.last)
            return  # without the key every row would look altered
        yield from _rows_that_differ(seal, packed, below)
        digest, last = seal.digest, seal.last
        told(last)


def _seals() -> Iterator[Seal]:
    """Yield all seals, some at once: nothing stays open in the database meanwhile."""
    last = 0
    while page := list(Seal.objects.filter(last__gt=last).order_by("last")[:SEALS_AT_ONCE]):
        yield from page
        last = page[-1].last


def _rows_that_differ(seal: Seal, packed: bytes, below: int) -> Iterator[Trouble]:
    sealed = dict(unpack(seal.after, packed))
    rows = Entry.objects.filter(pk__gt=seal.after, pk__lte=seal.last).order_by("pk")
    found = {row[0]: row for row in rows.values_list(*FIELDS)}
    for pk in sorted(sealed.keys() | found.keys()):
        if pk not in found:
            if pk >= below:
                yield Trouble("missing", pk)
        elif pk not in sealed:
            yield Trouble("inserted", pk)
        elif mark_of(found[pk]) != sealed[pk]:
            yield Trouble("altered", pk)
