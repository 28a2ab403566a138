"""The duty manager's rounds before opening and after closing: ticks, and papers that stay."""

from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.floor.models import Check, Checked, LeftPaper

TOPICS = ("hall",)


class SayWhatAndWhere(Refused):
    """Papers that stay are named, with the place where they lie."""

    sentence = _("Please say what was left, and where it lies.")
    status = 422


@action
def tick(*, check: Check, on: bool, by: By) -> None:
    """Tick a check for today, or take the tick back; doing it twice is no harm."""
    day = check.hall.today()
    person = by.id if by.kind == "user" else None
    if on:
        given = {"at": clocks.now(), "user_id": person}
        _row, is_new = Checked.objects.get_or_create(check_item=check, day=day, defaults=given)
        changed = is_new
    else:
        changed = bool(Checked.objects.filter(check_item=check, day=day).delete()[0])
    if changed:
        kind = "check.ticked" if on else "check.unticked"
        record(kind, check, by=by, label=str(check)[:60], topics=TOPICS, day=day.isoformat())


@action
def note_left(*, hall: Hall, what: str, where: str, whose: str, by: By) -> LeftPaper:
    """Note papers that stay at a window over night; whose they are is kept sealed."""
    if not (what.strip() and where.strip()):
        raise SayWhatAndWhere
    paper = LeftPaper.objects.create(
        hall=hall,
        what=what.strip()[:120],
        where=where.strip()[:60],
        whose=whose.strip()[:80],
        noted_at=clocks.now(),
    )
    record("paper.left", paper, by=by, topics=TOPICS, where=paper.where)
    return paper


@action
def give_back(*, paper: LeftPaper, by: By) -> None:
    """The papers are with their owner again; a second time is no harm."""
    kept = LeftPaper.objects.filter(pk=paper.pk, given_back_at=None)
    if kept.update(given_back_at=clocks.now()):
        record("paper.given_back", paper, by=by, topics=TOPICS, where=paper.where)
