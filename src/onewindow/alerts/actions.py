"""Raise, take over, snooze and close alerts; declare and end an emergency."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.states import Role
from onewindow.alerts.models import Alert, Emergency
from onewindow.alerts.states import EmergencyKind, Level
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused

TOPICS = ("alert",)
SNOOZE_AT_MOST = timedelta(hours=12)


class AlertClosed(Refused):
    """The alert was closed meanwhile."""

    sentence = _("This is settled already.")


class ReasonMissing(Refused):
    """An alert is put off only with a reason."""

    sentence = _("Please say why this can wait.")
    status = 422


class SnoozedTooLong(Refused):
    """An alert is put off for some hours at most."""

    sentence = _("An alert can wait for 12 hours at most.")
    status = 422


class EmergencyStands(Refused):
    """Another emergency is on the screens."""

    sentence = _("An emergency message is on the screens already.")


@action
def raise_alert(
    *,
    hall: Hall,
    kind: str,
    cause: str,
    by: By,
    level: Level = Level.TODAY,
    owner_role: Role = Role.DUTY_MANAGER,
    subject: models.Model | None = None,
    anew: bool = False,
    **data: Any,
) -> Alert:
    """Raise an alert, or bring the one that is open for this cause up to date.

    ``data`` fills the sentence of the kind (see ``kinds``); it holds no personal data. Raising the
    same again wakes nobody, unless it has become more urgent or asks for something else (``anew``).
    """
    alert, is_new = Alert.objects.get_or_create(
        hall=hall,
        cause=cause,
        closed_at=None,
        defaults={
            "kind": kind,
            "level": level,
            "data": data,
            "owner_role": owner_role,
            "subject": subject._meta.label_lower if subject else "",
            "subject_id": subject.pk if subject else None,
            "raised_at": clocks.now(),
        },
    )
    more_urgent = level < alert.level
    if more_urgent:
        _change(alert, kind=kind, level=level, data=data, snoozed_until=None)
    elif (alert.kind, alert.data) != (kind, data):
        _change(alert, kind=kind, data=data)
    if is_new or more_urgent or anew:
        says = {key: data[key] for key in data.keys() - set(alert.does.unkept)}
        record("alert.raised", alert, by=by, topics=TOPICS, alert=kind, cause=cause, says=says)
    return alert


@action
def close_alert(*, hall: Hall, cause: str, by: By) -> Alert | None:
    """Close the alert of a cause that is cured; None when none is open. One query when none is."""
    alert = Alert.objects.filter(hall=hall, cause=cause, closed_at=None).first()
    if alert and _change(alert, closed_at=clocks.now()):
        record("alert.closed", alert, by=by, topics=TOPICS, alert=alert.kind, cause=cause)
        return alert
    return None


@action
def settle(*, alert: Alert, by: By) -> None:
    """Close an alert by hand: somebody has seen to it."""
    if close_alert(hall=alert.hall, cause=alert.cause, by=by) is None:
        raise AlertClosed


@action
def take_over(*, alert: Alert, by: By) -> None:
    """Make the person who asks its owner: the others see who cares for it."""
    owner = by.id if by.kind == "user" else None
    if not _change(alert, owner_id=owner, seen_at=alert.seen_at or clocks.now()):
        raise AlertClosed
    record("alert.taken-over", alert, by=by, topics=TOPICS, cause=alert.cause)


@action
def snooze(*, alert: Alert, minutes: int, reason: str, by: By) -> None:
    """Put an alert off for some minutes, with the reason."""
    if not reason.strip():
        raise ReasonMissing
    if not 0 < minutes <= SNOOZE_AT_MOST.total_seconds() / 60:
        raise SnoozedTooLong
    now = clocks.now()
    if not _change(
        alert,
        snoozed_until=now + timedelta(minutes=minutes),
        snooze_reason=reason.strip()[:200],
        seen_at=alert.seen_at or now,
    ):
        raise AlertClosed
    record("alert.snoozed", alert, by=by, topics=TOPICS, cause=alert.cause, minutes=minutes)


@action
def declare_emergency(
    *,
    hall: Hall,
    kind: EmergencyKind,
    by: By,
    text: dict[str, str] | None = None,
    drill: bool = False,
) -> Emergency:
    """Turn every screen of a hall to an emergency message; a drill says that it is one."""
    emergency, is_new = Emergency.objects.get_or_create(
        hall=hall,
        ended_at=None,
        defaults={"kind": kind, "text": text or {}, "drill": drill, "since": clocks.now()},
    )
    if not is_new:
        raise EmergencyStands
    changed(hall)
    _note("emergency.declared", emergency, by)
    return emergency


@action
def end_emergency(*, hall: Hall, by: By) -> None:
    """Give the screens back to the day. Ending twice is no harm."""
    emergency = Emergency.objects.filter(hall=hall, ended_at=None).first()
    if emergency and Emergency.objects.filter(pk=emergency.pk, ended_at=None).update(
        ended_at=clocks.now()
    ):
        changed(hall)
        _note("emergency.ended", emergency, by)


def _note(what: str, shown: Emergency, by: By) -> None:
    """Wake every screen, and tell who listens (an incident begins or ends)."""
    topics = ("hall", *TOPICS)
    record(what, shown, by=by, topics=topics, emergency=str(shown.kind), drill=shown.drill)


def _change(alert: Alert, **values: Any) -> bool:
    """Change an open alert; False when it was closed meanwhile."""
    for name, value in values.items():
        setattr(alert, name, value)
    return bool(Alert.objects.filter(pk=alert.pk, closed_at=None).update(**values))
