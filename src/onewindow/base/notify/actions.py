"""Send messages: put down what is to go out, hand it over, try again, give up."""

from typing import Any

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import tag
from onewindow.base.notify import channels, rules
from onewindow.base.notify.channels import NotDelivered
from onewindow.base.notify.models import Message
from onewindow.base.notify.states import TO_SEND, Channel, State
from onewindow.base.notify.wording import say
from onewindow.base.trail import By, job
from onewindow.base.trail.record import record


@action
def send(
    *,
    hall: Hall,
    channel: Channel,
    template: str,
    by: By,
    to: str = "",
    user_id: int | None = None,
    language: str = "",
    **context: Any,
) -> Message:
    """Put down a message; it goes out once this commits. A notice in OneWindow is there at once.

    ``context`` fills the template and holds no personal data. The trail's row makes a job hand it
    over (see ``config/wiring.py``); were that lost, the sweep finds it.
    """
    now, here = clocks.now(), channel == Channel.IN_APP
    message = Message.objects.create(
        hall=hall,
        channel=channel,
        to=to,
        user_id=user_id,
        template=template,
        context=context,
        language=language or tag(),
        made_at=now,
        next_try=None if here else now,
    )
    if here:
        message.move(State.SENT, sent_at=now)
    record(
        "message.queued", message, by=by, topics=("message",), channel=channel, template=template
    )
    return message


def deliver(pk: int) -> bool:
    """Hand a message over if it is due; True when it went out. Never inside a transaction.

    Whoever begins takes it for some minutes; one that died meanwhile is taken by another, so a
    message may go out twice: the gateway knows it by its key.
    """
    message = _take(pk)
    if message is None:
        return False
    if not channels.is_set_up(message.channel):
        _wait_for_channel(message)
        return False
    try:
        channels.deliver(message, say(message))
    except NotDelivered as failed:
        _failed(message, failed)
        return False
    _sent(message)
    return True


@action
def try_again(*, message: Message, by: By) -> bool:
    """Try a message once more that was given up; False when it was not."""
    message.refresh_from_db(fields=["state"])
    if message.state != State.GAVE_UP:
        return False
    again = message.move(State.FAILED, tries=0, next_try=clocks.now())
    if again:
        record("message.queued", message, by=by, topics=("message",), again=True)
    return again


@action
def read(*, message: Message) -> None:
    """Note that a person has read a notice."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=clocks.now())


@action
def _take(pk: int) -> Message | None:
    now = clocks.now()
    taken = Message.objects.filter(pk=pk, state__in=TO_SEND, next_try__lte=now).update(
        next_try=now + rules.LEASE
    )
    return Message.objects.select_related("hall").get(pk=pk) if taken else None


@action
def _wait_for_channel(message: Message) -> None:
    later = clocks.now() + rules.NO_CHANNEL_PAUSE
    Message.objects.filter(pk=message.pk).update(next_try=later, problem="no channel")


@action
def _sent(message: Message) -> None:
    message.move(State.SENT, sent_at=clocks.now(), next_try=None, problem="")
    record("message.sent", message, by=job("notify"), topics=("message",), tries=message.tries + 1)


@action
def _failed(message: Message, failed: NotDelivered) -> None:
    tries = message.tries + 1
    pause = None if failed.final else rules.pause_after(tries)
    problem = str(failed)[:200]
    if pause is None:
        message.move(State.GAVE_UP, tries=tries, next_try=None, problem=problem)
        record("message.given-up", message, by=job("notify"), topics=("message",), problem=problem)
    else:
        later = clocks.now() + pause
        message.move(State.FAILED, tries=tries, next_try=later, problem=problem)
