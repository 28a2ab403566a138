"""Put down what hooks are to be told."""

import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.models import Entry
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused
from onewindow.hooks import queries
from onewindow.hooks.events import EVENTS, TEST
from onewindow.hooks.models import Delivery, Hook
from onewindow.hooks.states import TO_SEND


class NotInUse(Refused):
    """A hook that is switched off is told nothing."""

    sentence = _("This webhook is switched off: nothing is sent to it.")


class OnItsWay(Refused):
    """The same thing is sent again once it has arrived or was given up."""

    sentence = _("This is already on its way.")


def on_event(entry: Entry, subject: Any) -> None:
    """Something happened: put it down for each hook that listens. Inside the transaction."""
    hall = subject if isinstance(subject, Hall) else getattr(subject, "hall", None)
    if not isinstance(hall, Hall):
        return
    listening = queries.listening(hall).get(entry.kind)
    if not listening:
        return
    data = {name: entry.data[name] for name in EVENTS[entry.kind].data if name in entry.data}
    body = _body(hall, entry.kind, entry.at, entry.pk, subject=entry, data=data)
    now = clocks.now()
    Delivery.objects.bulk_create(
        Delivery(
            hall=hall,
            hook_id=hook,
            entry=entry.pk,
            event=entry.kind,
            body=body,
            next_try=now,
            made_at=now,
        )
        for hook in listening
    )


@action
def send_test(*, hook: Hook, by: By) -> Delivery:
    """Send a hook something that says no more than that it is a test."""
    if not hook.is_active:
        raise NotInUse
    now = clocks.now()
    made = Delivery.objects.create(
        hall=hook.hall,
        hook=hook,
        event=TEST,
        body=_body(hook.hall, TEST, now, None),
        next_try=now,
        made_at=now,
    )
    _hear_again(hook)
    record("hook.tested", hook, by=by, topics=("hooks",), delivery=made.pk)
    return made


@action
def send_again(*, delivery: Delivery, by: By) -> Delivery:
    """Send the same once more, as a delivery of its own; never while it is still on its way."""
    hook = Hook.objects.select_for_update(no_key=True).get(pk=delivery.hook_id)
    if not hook.is_active:
        raise NotInUse
    delivery.refresh_from_db(fields=["state"])
    first = delivery.again_of_id or delivery.pk
    repeats = Delivery.objects.filter(again_of_id=first, state__in=TO_SEND)
    if delivery.is_waiting or repeats.exists():
        raise OnItsWay
    now = clocks.now()
    again = Delivery.objects.create(
        hall=delivery.hall,
        hook=hook,
        entry=delivery.entry,
        event=delivery.event,
        body=delivery.body,
        again_of_id=first,
        next_try=now,
        made_at=now,
    )
    _hear_again(hook)
    record("hook.sent-again", hook, by=by, topics=("hooks",), delivery=again.pk)
    return again


def _hear_again(hook: Hook) -> None:
    """A person asks: the hook is tried now, however long it was to be left alone."""
    Hook.objects.filter(pk=hook.pk).update(quiet_until=None)


def _body(
    hall: Hall,
    event: str,
    at: datetime,
    pk: int | None,
    subject: Entry | None = None,
    data: dict[str, Any] | None = None,
) -> str:
    """Return the words of a delivery, once and for all: what is sent again is the same."""
    told: dict[str, Any] = {
        "id": pk,
        "event": event,
        "hall": hall.slug,
        "at": at.astimezone(hall.zone).isoformat(),
    }
    if subject is not None:
        noun = subject.kind.partition(".")[0]
        told |= {"subject": noun, "subject_id": subject.subject_id, "label": subject.label}
    return json.dumps(told | {"data": data or {}}, ensure_ascii=False, separators=(",", ":"))
