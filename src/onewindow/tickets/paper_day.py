"""A day on paper: the numbers that were printed beforehand, and the rows of a tally sheet."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import said
from onewindow.catalogue.models import Service
from onewindow.catalogue.queries import services
from onewindow.catalogue.states import SERIES_OF_PAPER
from onewindow.tickets.models import Visit
from onewindow.tickets.rules import number_text
from onewindow.tickets.states import Outcome

NAMES = ("number", "service", "taken", "begun", "ended", "outcome")
NUMBER = re.compile(r"Z?0*([1-9][0-9]{0,3})", re.IGNORECASE | re.ASCII)
CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:：.]?([0-5][0-9])", re.ASCII)
SPLIT = re.compile(r"\t|[,;，；]")
LINES_AT_MOST = 60


@dataclass
class Line:
    """One line of a sheet as it was typed, what it means, and what is wrong with it."""

    typed: dict[str, str]
    sequence: int = 0
    service: Service | None = None
    taken: datetime | None = None
    begun: datetime | None = None
    ended: datetime | None = None
    outcome: Outcome = Outcome.DONE
    problems: list[str | Promise] = field(default_factory=list)

    @property
    def number(self) -> str:
        """The number as the slip bears it."""
        return number_text(SERIES_OF_PAPER, self.sequence)


def pasted(text: str) -> list[dict[str, str]]:
    """Return the lines of a table that was pasted; a heading and empty lines are left out."""
    rows = [SPLIT.split(line) for line in text.splitlines() if line.strip()]
    found = [dict(zip(NAMES, (cell.strip() for cell in row), strict=False)) for row in rows]
    return [row for row in found if any(mark.isdigit() for mark in row["number"])]


def read(hall: Hall, day: date, rows: Iterable[Mapping[str, str]]) -> list[Line]:
    """Return the lines of a sheet, each with what is wrong with it. Two queries."""
    known = {one.code.upper(): one for one in services(hall)}
    known |= {said(one.name, tag).upper(): one for one in services(hall) for tag in hall.languages}
    lines = [_line(hall, day, row, known) for row in rows if _is_written(row)][:LINES_AT_MOST]
    mine = [line.sequence for line in lines]
    there = Visit.objects.filter(hall=hall, day=day, series=SERIES_OF_PAPER, sequence__in=mine)
    entered = set(there.values_list("sequence", flat=True))
    for line in lines:
        if line.sequence and mine.count(line.sequence) > 1:
            line.problems.append(_("this number stands here twice"))
        if line.sequence in entered:
            line.problems.append(_("this number was entered already"))
    return lines


def _is_written(row: Mapping[str, str]) -> bool:
    """An outcome stands in every row of the page by itself."""
    return any(row.get(name, "").strip() for name in NAMES if name != "outcome")


def _line(hall: Hall, day: date, row: Mapping[str, str], known: Mapping[str, Service]) -> Line:
    line = Line({name: row.get(name, "").strip()[:60] for name in NAMES})
    typed = line.typed
    number = NUMBER.fullmatch(typed["number"])
    line.sequence = int(number[1]) if number else 0
    line.service = known.get(typed["service"].upper())
    line.begun, line.ended = (_moment(hall, day, typed[name]) for name in ("begun", "ended"))
    line.taken = _moment(hall, day, typed["taken"]) if typed["taken"] else line.begun
    outcome = _outcome(typed["outcome"])
    line.outcome = outcome or Outcome.DONE
    wrong = (
        (not line.sequence, _("the number is one such as Z014")),
        (line.service is None, _("the hall has no such service")),
        (not (line.begun and line.ended and line.taken), _("a time is one such as 09:40")),
        (outcome is None, _("the outcome is none of the list")),
    )
    line.problems += [words for is_wrong, words in wrong if is_wrong]
    if line.taken and line.begun and line.ended:
        if not line.taken <= line.begun <= line.ended:
            line.problems.append(_("the times run backwards"))
        if line.ended > clocks.now():
            line.problems.append(_("this time is still to come"))
    return line


def _moment(hall: Hall, day: date, typed: str) -> datetime | None:
    found = CLOCK.fullmatch(typed)
    return clocks.moment(day, time(int(found[1]), int(found[2])), hall.zone) if found else None


def _outcome(typed: str) -> Outcome | None:
    if not typed:
        return Outcome.DONE
    fits = (one for one in Outcome if typed.lower() in (one.value, str(one.label).lower()))
    return next(fits, None)
