"""What was counted and given at the guide desk and the windows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import NotFound
from onewindow.tickets.models import Help, Question, Topic, Visit

LINES_SHOWN = 100
LOOK_BACK = timedelta(days=31)  # help that nobody confirmed is shown for so long


@dataclass(frozen=True)
class Tally:
    """How often a topic was asked on some days."""

    topic: Topic
    answered: int
    sent_on: int

    @property
    def asked(self) -> int:
        """How often it was asked at all."""
        return self.answered + self.sent_on


def topic_of(hall: Hall, pk: int) -> Topic:
    """Return a topic of the hall that is in use. Raise NotFound."""
    found = hall.topics.filter(pk=pk, archived_at=None).first()
    if found is None:
        raise NotFound
    found.hall = hall
    return found


def tally(hall: Hall, first: date, last: date) -> list[Tally]:
    """Return every topic in use or asked on these days, with its sums. One query."""
    within = Q(questions__day__gte=first, questions__day__lte=last)
    rows = hall.topics.annotate(
        answered=Count("questions", filter=within & Q(questions__sent_on=False)),
        on=Count("questions", filter=within & Q(questions__sent_on=True)),
    )
    found = [Tally(row, row.answered, row.on) for row in rows.order_by("position", "pk")]
    return [one for one in found if one.asked or one.topic.archived_at is None]


def sums(lines: Iterable[Tally]) -> tuple[int, int]:
    """Return how many were answered and how many sent on."""
    lines = list(lines)
    return sum(one.answered for one in lines), sum(one.sent_on for one in lines)


def last_counted(hall: Hall, user: int) -> Question | None:
    """Return what a person counted last today; it may be taken back."""
    mine = Question.objects.filter(hall=hall, day=hall.today(), user_id=user)
    return mine.select_related("topic").order_by("-pk").first()


def help_of(hall: Hall, pk: int) -> Help:
    """Return help that was given in this hall. Raise NotFound."""
    found = _whole(hall).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def help_had(visit: Visit) -> QuerySet[Help]:
    """The help that was given to a visit, as its visitor is asked about it."""
    rows = Help.objects.filter(ticket__visit=visit).select_related("user", "window")
    return rows.order_by("pk")


def help_on(hall: Hall, day: date) -> QuerySet[Help]:
    """The help of a day, the newest first."""
    return _whole(hall).filter(day=day)[:LINES_SHOWN]


def unconfirmed(hall: Hall) -> QuerySet[Help]:
    """Help of the days before today that nobody has confirmed."""
    today = hall.today()
    rows = _whole(hall).filter(confirmed_at=None, day__gte=today - LOOK_BACK, day__lt=today)
    return rows[:LINES_SHOWN]


def _whole(hall: Hall) -> QuerySet[Help]:
    rows = Help.objects.filter(hall=hall).select_related(
        "user", "confirmed_by", "ticket__visit", "ticket__service", "window"
    )
    return rows.order_by("-pk")
