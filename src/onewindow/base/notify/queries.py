"""Which messages wait, and what a person has not read."""

from django.db.models import QuerySet

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.base.notify.models import Message, Wording
from onewindow.base.notify.states import TO_SEND, Channel, State
from onewindow.base.web.refused import NotFound


def due(limit: int = 200) -> list[int]:
    """Return the messages that are to be sent now."""
    rows = Message.objects.filter(next_try__lte=clocks.now(), state__in=TO_SEND)
    return list(rows.order_by("next_try").values_list("pk", flat=True)[:limit])


def waiting(hall: Hall) -> QuerySet[Message]:
    """Return what has not gone out yet, or could not: the newest first."""
    return Message.objects.filter(hall=hall).exclude(state=State.SENT).order_by("-pk")


def message_of(hall: Hall, pk: int) -> Message:
    """Return a message of this hall. Raise NotFound."""
    found = Message.objects.filter(hall=hall, pk=pk).first()
    if found is None:
        raise NotFound
    return found


def wordings(hall: Hall) -> dict[str, Wording]:
    """Return the hall's own words, by template; the empty ones count for none."""
    return {one.template: one for one in Wording.objects.filter(hall=hall)}


def unread(user_id: int, hall: Hall) -> QuerySet[Message]:
    """Return the notices in OneWindow that a person has not read."""
    notices = Message.objects.filter(user_id=user_id, read_at=None, hall=hall)
    return notices.filter(channel=Channel.IN_APP).order_by("-pk")
