"""``record``: write down what happened, call who listens, wake who looks."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.module_loading import import_string

from onewindow.base import clocks
from onewindow.base.live.bus import publish
from onewindow.base.rows import insert
from onewindow.base.trail.by import By
from onewindow.base.trail.models import Entry
from onewindow.base.trail.secret import refuse_secrets

Handler = Callable[[Entry, Any], None]


def record(
    kind: str,
    subject: models.Model,
    *,
    by: By,
    hall: int | None = None,
    label: str = "",
    topics: Iterable[str] = (),
    **data: Any,
) -> Entry:
    """Write one row of what happened to ``subject``, in the transaction of the change itself.

    ``hall`` is the hall's id, by default ``subject.hall_id``. ``topics`` are the screens that are
    woken once this commits. Handlers named in ``config/wiring.py`` run at once, inside.
    A value read from an encrypted field is refused: what is sealed cannot be made anonymous.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{kind} was recorded outside the transaction of its change")
    refuse_secrets((label, by.label, data))
    entry = Entry(
        hall=hall if hall is not None else getattr(subject, "hall_id", None),
        at=clocks.now(),
        kind=kind,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        label=label or str(getattr(subject, "number", "") or getattr(subject, "label", "")),
        by_kind=by.kind,
        by_id=by.id,
        by_label=by.label,
        via=by.via,
        address=by.address,
        topics=" ".join(sorted(set(topics))),
        data=data,
    )
    insert(entry)
    for handle in _handlers().get(kind, ()):
        handle(entry, subject)
    if entry.topics and entry.hall is not None:
        publish(entry.hall, entry.topics.split(), entry.pk)
    return entry


@cache
def _handlers() -> Mapping[str, tuple[Handler, ...]]:
    wiring: Mapping[str, tuple[str, ...]] = import_string(settings.WIRING)
    return {kind: tuple(import_string(path) for path in paths) for kind, paths in wiring.items()}
