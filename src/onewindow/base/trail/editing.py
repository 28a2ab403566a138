"""Change what a hall is made of, and say on the trail what changed: field by field, old and new.

The one way for all rooms: ``edit`` a row (an unsaved one is made), ``archive`` it instead of
deleting it, ``restore`` it; ``settle`` a room's settings. Each raises the hall's version, writes
one row of history and wakes the screens. A room wraps them where it has a rule of its own.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy, set_policy
from onewindow.base.trail.by import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused

Row = TypeVar("Row", bound=models.Model)
Settings = TypeVar("Settings")
Values = Mapping[str, Any]

TOPICS = ("hall", "floor")


class ChangedMeanwhile(Refused):
    """Somebody else saved the same thing after this person had opened it."""

    sentence = _(
        "Somebody else changed this while you were writing. What you typed is still here; beside "
        "it stands what holds now. Save again to put yours in its place."
    )


class NeedsFirst(Refused):
    """What it belongs to is archived itself."""

    sentence = _("{what} is archived. Bring that back first.")


def plain(value: Any) -> Any:
    """Return a value as the trail keeps it: a related row by its code or label."""
    if isinstance(value, models.Model):
        named = (getattr(value, name, None) for name in ("code", "label", "slug"))
        return next((str(name) for name in named if name), value.pk)
    if isinstance(value, models.Manager | models.QuerySet):
        return sorted(plain(row) for row in value.all())
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date | time) else value


def stamp(row: Any, names: Iterable[str]) -> str:
    """Return a digest of how a row, or a dataclass, stands: a form carries it back."""
    now = {name: plain(getattr(row, name)) for name in names}
    return hashlib.sha256(json.dumps(now, sort_keys=True).encode()).hexdigest()[:20]


def differences(before: Values, after: Values) -> dict[str, list[Any]]:
    """Return what changed: ``{"name": [old, new]}``."""
    return {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value
    }


@action
def edit(*, hall: Hall, row: Row, values: Values, by: By, seen: str = "") -> Row:
    """Give a row these values; make it when it is new. Nothing is recorded of no change.

    ``seen`` is its stamp when it was opened: raise ChangedMeanwhile when it is another by now.
    """
    is_new = row.pk is None
    before: Values = {}
    if not is_new:
        kept = type(row)._default_manager.select_for_update(of=("self",), no_key=True)
        row = kept.get(pk=row.pk)
        unchanged(row, values, seen)
        before = {name: plain(getattr(row, name)) for name in values}
    _write(row, values)
    changes = differences(before, {name: plain(getattr(row, name)) for name in values})
    if is_new or changes:
        _tell("made" if is_new else "changed", hall, row, by, changes=changes)
    return row


def unchanged(row: Any, names: Iterable[str], seen: str) -> None:
    """Raise ChangedMeanwhile when a row no longer stands as somebody saw it."""
    if seen and stamp(row, names) != seen:
        raise ChangedMeanwhile


@action
def archive(*, hall: Hall, row: Any, by: By) -> None:
    """Take a row out of use. It stays in the history, and in what it was part of."""
    if (
        type(row)
        ._default_manager.filter(pk=row.pk, archived_at=None)
        .update(archived_at=clocks.now())
    ):
        _tell("archived", hall, row, by)


@action
def restore(*, hall: Hall, row: Any, by: By) -> None:
    """Bring an archived row back into use. Raise NeedsFirst when what it belongs to is not."""
    for field in row._meta.concrete_fields:
        owner = getattr(row, field.name) if field.is_relation else None
        if getattr(owner, "archived_at", None):
            raise NeedsFirst(what=owner)
    if (
        type(row)
        ._default_manager.filter(pk=row.pk)
        .exclude(archived_at=None)
        .update(archived_at=None)
    ):
        _tell("restored", hall, row, by)


@action
def settle(*, hall: Hall, value: Any, by: By, seen: str = "") -> None:
    """Let a room's settings hold from now on; the trail keeps what they were."""
    names = [field.name for field in fields(value)]
    Hall.objects.select_for_update(no_key=True).get(pk=hall.pk)
    present = policy(hall, type(value))
    unchanged(present, names, seen)
    before, after = (
        {name: plain(getattr(one, name)) for name in names} for one in (present, value)
    )
    changes = differences(before, after)
    if not changes:
        return
    set_policy(hall, value)
    key = type(value).__name__
    record("policy.changed", hall, by=by, hall=hall.pk, label=key, topics=TOPICS, changes=changes)


def _write(row: models.Model, values: Values) -> None:
    """Save the row's own fields, then what lies beside it: links, and properties that write."""
    own = {field.name for field in row._meta.concrete_fields}
    for name in own & values.keys():
        setattr(row, name, values[name])
    row.save()
    for name in values.keys() - own:
        beside = getattr(row, name)
        if isinstance(beside, models.Manager):
            beside.set(values[name])  # type: ignore[attr-defined]  # of a link to many
        else:
            setattr(row, name, values[name])


def _tell(what: str, hall: Hall, row: Any, by: By, **data: Any) -> None:
    changed(hall)
    label = str(plain(row))[:60]
    kind = f"{row._meta.model_name}.{what}"
    record(kind, row, by=by, hall=hall.pk, label=label, topics=TOPICS, **data)
