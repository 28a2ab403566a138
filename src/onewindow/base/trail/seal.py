"""``seal``: close what has settled, so that it cannot be changed unseen."""

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from onewindow.base import clocks
from onewindow.base.trail.marks import FIELDS, digest_of, mark_of, pack
from onewindow.base.trail.models import Entry, Horizon, Seal

ROWS_A_SEAL = 5_000


def seal() -> Seal | None:
    """Seal all rows that have settled; return the newest seal made, None when there was nothing.

    Called every minute by the clock, and at closing. Two that do it at once do no harm: the unique
    ``after`` lets one of them through. Must not be called inside a transaction that has written.
    """
    newest = None
    until = _settled()
    while made := _seal_next(until):
        newest = made
    return newest


def newest() -> Seal | None:
    """Return the newest seal: what the daily report prints."""
    return Seal.objects.order_by("-last").first()


def _seal_next(until: int) -> Seal | None:
    before = newest()
    after, digest = (before.last, before.digest) if before else (0, "")
    rows = Entry.objects.filter(pk__gt=after, pk__lte=until).order_by("pk")
    found = list(rows.values_list(*FIELDS)[:ROWS_A_SEAL])
    if not found:
        return None
    last, count = found[-1][0], len(found)
    packed = pack(after, [(row[0], mark_of(row)) for row in found])
    try:
        with transaction.atomic():
            return Seal.objects.create(
                at=clocks.now(),
                after=after,
                last=last,
                count=count,
                marks=packed,
                digest=digest_of(digest, after, last, count, packed),
            )
    except IntegrityError:  # somebody sealed at the same moment
        return None


def _settled() -> int:
    """Return the id up to which no row can appear any more.

    On PostgreSQL a smaller id may commit after a larger one. So the newest row is noted together
    with the first transaction that had not begun; the note holds once all before that have ended.
    When nothing else runs that is so at once.
    """
    if connection.vendor == "sqlite":  # one writer at a time: what is there came in order
        return _max_id()
    settled = 0
    for _turn in range(2):
        noted = Horizon.objects.first() or _note()
        if _xid("xmin") < noted.xid:
            break
        settled = noted.last
        _note()
    return settled


def _note() -> Horizon:
    """Note the newest row, and after that the first transaction not yet begun.

    Whoever holds a smaller id that we cannot see has its transaction number already: an action
    writes its change before its trail row.
    """
    last = _max_id()
    note, _new = Horizon.objects.update_or_create(
        pk=1, defaults={"last": last, "xid": _xid("xmax")}
    )
    return note


def _max_id() -> int:
    return Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _xid(which: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_snapshot_{which}(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])
