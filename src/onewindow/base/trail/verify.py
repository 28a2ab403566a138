"""``verify``: name what was altered, taken out or put in."""

from collections.abc import Iterator

from django.db.models import Max
from django.utils.translation import gettext as _

from onewindow.base.trail import triggers
from onewindow.base.trail.marks import FIELDS, digest_of, mark_of, unpack
from onewindow.base.trail.models import Entry, Purge, Seal

SAID_AT_MOST = 20


def verify() -> list[str]:
    """Return what is wrong with the trail, the first trouble first; empty when all is whole."""
    problems = [
        _("The trigger {name} is missing: the trail could be changed.").format(name=name)
        for name in triggers.missing()
    ]
    for problem in _troubles():
        problems.append(problem)
        if len(problems) >= SAID_AT_MOST:
            break
    return problems


def _troubles() -> Iterator[str]:
    below = Purge.objects.aggregate(newest=Max("below"))["newest"] or 0
    digest, last = "", 0
    for seal in Seal.objects.order_by("last").iterator(chunk_size=100):
        packed = bytes(seal.marks)
        if seal.after != last:
            yield _("A seal is missing before row {row}.").format(row=seal.after + 1)
        if seal.digest != digest_of(digest, seal.after, seal.last, seal.count, packed):
            yield _(
                "The seal of rows {first} to {last} is not genuine: it or one before it was"
                " changed, or trail.key is not the key it was made with."
            ).format(first=seal.after + 1, last=seal.last)
            return  # without the key every row would look altered
        yield from _rows_that_differ(seal, packed, below)
        digest, last = seal.digest, seal.last


def _rows_that_differ(seal: Seal, packed: bytes, below: int) -> Iterator[str]:
    sealed = dict(unpack(seal.after, packed))
    rows = Entry.objects.filter(pk__gt=seal.after, pk__lte=seal.last).order_by("pk")
    found = {row[0]: row for row in rows.values_list(*FIELDS)}
    for pk in sorted(sealed.keys() | found.keys()):
        if pk not in found:
            if pk >= below:
                yield _("Row {row} is missing.").format(row=pk)
        elif pk not in sealed:
            yield _("Row {row} was put in after it had been sealed.").format(row=pk)
        elif mark_of(found[pk]) != sealed[pk]:
            yield _("Row {row} was altered.").format(row=pk)
