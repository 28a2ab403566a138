"""What guides and clerks do beside the queue: count a question, note help, confirm it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.floor.models import Window
from onewindow.tickets.models import Help, Question, Ticket, Topic
from onewindow.tickets.states import HelpKind

TOPICS = ("help",)


class SayWhatHelp(Refused):
    """Help of no kind in the list is put into words."""

    sentence = _("Please say in a few words what you helped with.")
    status = 422


class OwnHelp(Refused):
    """Nobody confirms their own help."""

    sentence = _("You gave this help yourself: somebody else confirms it.")
    status = 403


@action
def name_topics(*, hall: Hall, topics: Sequence[Topic], by: By) -> None:
    """Give a new hall the topics of its guide desk: one row on the trail."""
    for topic in topics:
        topic.hall = hall
    Topic.objects.bulk_create(topics)
    record("topics.named", hall, by=by, hall=hall.pk, label=hall.slug, many=len(topics))


@action
def count_question(*, topic: Topic, sent_on: bool, by: By) -> Question:
    """Count a question of a topic: answered here, or sent on."""
    hall, now = topic.hall, clocks.now()
    question = Question.objects.create(
        hall=hall,
        day=hall.today(now),
        topic=topic,
        sent_on=sent_on,
        asked_at=now,
        user_id=_person(by),
    )
    record("question.counted", question, by=by, topics=TOPICS, topic=topic.pk, sent_on=sent_on)
    return question


@action
def uncount(*, hall: Hall, by: By) -> Question | None:
    """Take back the last question that this person counted today; None when there is none."""
    mine = Question.objects.filter(hall=hall, day=hall.today(), user_id=_person(by) or 0)
    last = mine.select_related("topic").order_by("-pk").first()
    if last is not None:
        record("question.uncounted", last, by=by, topics=TOPICS, topic=last.topic_id)
        Question.objects.filter(pk=last.pk).delete()
    return last


@action
def give_help(
    *,
    hall: Hall,
    kind: HelpKind,
    by: By,
    words: str = "",
    ticket: Ticket | None = None,
    window: Window | None = None,
) -> Help:
    """Note that the person who acts helped somebody, with a number or without one."""
    if kind == HelpKind.OTHER and not words.strip():
        raise SayWhatHelp
    now = clocks.now()
    given = Help.objects.create(
        hall=hall,
        day=hall.today(now),
        kind=kind,
        words=words.strip()[:200],
        ticket=ticket,
        window=window,
        given_at=now,
        user_id=_person(by),
    )
    number, topics = (ticket.number, (ticket.visit.topic,)) if ticket else ("", ())
    record("help.given", given, by=by, label=number, topics=(*TOPICS, *topics), help=kind)
    return given


@action
def confirm(*, help: Help, by: By) -> None:  # noqa: A002  # the thing's own name
    """Confirm that help was given: the duty manager, or the visitor who had it.

    A second time is no harm. Raise OwnHelp.
    """
    if by.kind == "user" and help.user_id == by.id:
        raise OwnHelp
    waiting = Help.objects.filter(pk=help.pk, confirmed_at=None)
    if waiting.update(confirmed_at=clocks.now(), confirmed_by=_person(by)):
        record("help.confirmed", help, by=by, topics=TOPICS, whose=help.user_id)


def _person(by: By) -> int | None:
    return by.id if by.kind == "user" else None
