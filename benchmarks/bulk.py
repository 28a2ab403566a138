"""Put a hall's past into its database by bare SQL: minutes instead of days.

    python -m benchmarks.bulk FINISHED WAITING

It runs in the server's own environment, before the server. The finished tickets lie as a busy
hall's do: two thousand a day back from today, over six series and all windows.
"""

import os
import sys
import time
from typing import Any

import django

A_DAY = 2_000
NUMBERS = (
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {many}) SELECT "
)
VISITS = """
    INSERT INTO tickets_visit (hall_id, day, series, sequence, number, token, language, channel,
        priority, needs, phone, joined_at, at_id)
    {numbers} {hall}, {day}, {series}, {sequence}, {series} || substr({sequence_text}, 2),
        {token}, 'en', 'kiosk', {priority}, '[]', '', {joined}, NULL
    FROM n
"""
TICKETS = """
    INSERT INTO tickets_ticket (hall_id, visit_id, service_id, day, state, due, credit_s,
        moved_because, joined_at, called_at, started_at, ended_at, changed_at, window_id, recalls,
        misses, phone_index, out_of_order, out_of_order_by, outcome, outcome_note, given, files,
        answers, by_date, back_filled, waiting_s, walking_s, service_s, parked_s)
    {numbers} {hall}, {first_visit} + i, {service}, {day}, {state}, {joined}, 0, '', {joined},
        {called}, {called}, {ended}, {ended_or_joined}, {window}, 0, 0, '', '', '', {outcome}, '',
        '[]', 1, '{{}}', false, false, 900, 20, 300, 0
    FROM n
"""
TRAIL = """
    INSERT INTO trail_entry (hall, at, kind, subject, subject_id, label, by_kind, by_id, by_label,
        via, address, topics, data)
    SELECT hall_id, changed_at, 'ticket.finished', 'tickets.ticket', id, 'A001', 'key', 1,
        'Benchmark', 'api', '127.0.0.1', 'ticket window.1', '{}'
    FROM tickets_ticket WHERE state <> 'waiting'
"""
COUNTERS = """
    INSERT INTO tickets_counter (hall_id, series, day, last)
    SELECT hall_id, series, day, max(sequence) FROM tickets_visit
    GROUP BY hall_id, series, day
"""


def main(finished: int, waiting: int) -> None:
    """Load the rows and let the database look at them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415 (Django must be set up before)

    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA synchronous = OFF" if sqlite else "SET session_replication_role = replica"
        )
        if sqlite:
            cursor.execute("PRAGMA cache_size = -500000")
        with transaction.atomic():
            _load(cursor, sqlite=sqlite, many=finished, state="done")
            cursor.execute(TRAIL)
            _load(cursor, sqlite=sqlite, many=waiting, state="waiting")
            cursor.execute(COUNTERS)
        # PostgreSQL looks at its rows by itself, soon; nobody lets SQLite look (see docs).
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if sqlite else "VACUUM ANALYZE")


def _load(cursor: Any, *, sqlite: bool, many: int, state: str) -> None:
    """Load so many tickets of one state."""
    if not many:
        return
    words = _words_of_hall(sqlite=sqlite) | {"numbers": NUMBERS.format(many=many)}
    words |= _done(sqlite=sqlite) if state == "done" else _waiting(many, sqlite=sqlite)
    words["sequence"] = f"((i % {A_DAY}) / 6 + {words['behind']})"
    words["sequence_text"] = f"CAST(1000 + {words['sequence']} AS text)"
    for name in ("day", "window"):
        words[name] = words[name].format(**words)
    cursor.execute(VISITS.format(**words))
    cursor.execute(TICKETS.format(**words))


def _words_of_hall(*, sqlite: bool) -> dict[str, Any]:
    """Return what the statements say of the hall, in the database's own words."""
    from onewindow.base.halls.models import Hall  # noqa: PLC0415
    from onewindow.catalogue.models import Service  # noqa: PLC0415
    from onewindow.floor.models import Window  # noqa: PLC0415
    from onewindow.tickets.models import Visit  # noqa: PLC0415

    hall = Hall.objects.get(slug="bench")
    newest = Visit.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    drawn = Visit.objects.filter(day=hall.today()).order_by("-sequence")
    first = Service.objects.order_by("pk").values_list("pk", flat=True)[0]
    return {
        "hall": hall.pk,
        "today": hall.today(),
        "first_visit": newest + 1,
        "behind": (drawn.values_list("sequence", flat=True).first() or 0) + 1,
        "service": f"{first} + i % 6",
        "windows": Window.objects.count(),
        "first_window": Window.objects.order_by("pk").values_list("pk", flat=True)[0],
        "series": "substr('ABCDEF', i % 6 + 1, 1)",
        "token": "lower(hex(randomblob(16)))" if sqlite else "md5(random()::text || i)",
        "priority": "CASE WHEN i % 12 = 0 THEN 'p1' WHEN i % 9 = 0 THEN 'p3' ELSE 'p4' END",
    }


def _done(*, sqlite: bool) -> dict[str, str]:
    """Return the words of tickets of the past: a day's over eight hours, one of twenty missed."""
    moment = _moment_sqlite if sqlite else _moment_postgres
    joined = f"{int(time.time())} - ((i / {A_DAY}) * 86400 + (i % {A_DAY}) * 14)"
    days = f"(i / {A_DAY})"
    return {
        "day": f"date('{{today}}', '-' || {days} || ' days')"
        if sqlite
        else f"DATE '{{today}}' - {days}",
        "state": "CASE WHEN i % 20 = 0 THEN 'no_show' ELSE 'done' END",
        "outcome": "CASE WHEN i % 20 = 0 THEN '' ELSE 'done' END",
        "joined": moment(joined),
        "called": moment(f"{joined} + 900"),
        "ended": moment(f"{joined} + 1200"),
        "ended_or_joined": moment(f"{joined} + 1200"),
        "window": "{first_window} + (i * 7) % {windows}",
    }


def _waiting(many: int, *, sqlite: bool) -> dict[str, str]:
    """Return the words of tickets that wait: they came in the last hour."""
    moment = _moment_sqlite if sqlite else _moment_postgres
    joined = moment(f"{int(time.time())} - (3600 - i * 3600 / {many})")
    nothing = dict.fromkeys(("called", "ended", "window"), "NULL")
    day = "date('{today}')" if sqlite else "DATE '{today}'"
    shown = {"state": "'waiting'", "outcome": "''", "joined": joined, "ended_or_joined": joined}
    return nothing | shown | {"day": day}


def _moment_sqlite(seconds: str) -> str:
    return f"strftime('%Y-%m-%d %H:%M:%f', {seconds}, 'unixepoch')"


def _moment_postgres(seconds: str) -> str:
    return f"to_timestamp({seconds})"


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
