"""Which day the demonstration shows, and how far its clock is from the machine's."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from onewindow.base import clocks
from onewindow.base.deadlines.queries import calendar, spans
from onewindow.base.halls.models import Hall

BEGINS = time(9, 30)
LOOK = 30  # days ahead and back


class Shift:
    """The shift of the clock, kept with the data. It grows and never goes back."""

    def __init__(self, data: Path) -> None:
        self.file = data / "clock"

    def read(self) -> timedelta | None:
        """Return the kept shift; None when there is none yet."""
        return clocks.parse_shift(self.file.read_text().strip()) if self.file.exists() else None

    def grow(self, to: timedelta) -> None:
        """Keep a larger shift; a smaller one would let time run backwards."""
        kept = self.read()
        if kept is not None and to < kept:
            raise ValueError("the demonstration's clock never goes back")
        draft = self.file.with_suffix(".new")
        draft.write_text(f"{to.total_seconds():.0f}s")
        draft.replace(self.file)
        clocks.look_again()


def shift_to(moment: datetime) -> timedelta:
    """Return the shift that makes it that moment now, in whole seconds."""
    return timedelta(seconds=round((moment - datetime.now(UTC)).total_seconds()))


def next_morning(hall: Hall, after: datetime, at: time = BEGINS) -> datetime:
    """Return the first moment from ``after`` on at which a working day has come to ``at``."""
    day = hall.today(after)
    for days in range(LOOK):
        moment = clocks.moment(day + timedelta(days=days), at, hall.zone)
        if moment >= after and is_ordinary(hall, moment.astimezone(hall.zone).date()):
            return moment
    raise ValueError("this hall does not open within a month")


def days_before(hall: Hall, day: date, many: int) -> list[date]:
    """Return the last opening working days before a day, the nearest first."""
    found: list[date] = []
    for days in range(1, LOOK + many * 3):
        before = day - timedelta(days=days)
        if is_ordinary(hall, before):
            found.append(before)
        if len(found) == many:
            break
    return found


def is_ordinary(hall: Hall, day: date) -> bool:
    """Say whether the hall opens on a working day for longer than half a day."""
    open_s = sum((span.end - span.start).total_seconds() for span in spans(hall, day))
    return calendar(hall).counts(day) and open_s > 6 * 3600
