"""Reads of hooks and of what they were told."""

from datetime import datetime

from django.db.models import Min, Q, QuerySet
from django_tasks_db.models import DBTaskResult

from onewindow.base import clocks
from onewindow.base.halls.memory import remembered
from onewindow.base.halls.models import Hall
from onewindow.base.web.refused import NotFound
from onewindow.hooks.models import Delivery, Hook
from onewindow.hooks.states import TO_SEND


@remembered
def listening(hall: Hall) -> dict[str, list[int]]:
    """Return, for each kind of event, the hooks that are told of it."""
    found: dict[str, list[int]] = {}
    for hook in Hook.objects.filter(hall=hall, is_active=True).order_by("pk"):
        for kind in hook.events:
            found.setdefault(kind, []).append(hook.pk)
    return found


def hooks(hall: Hall) -> QuerySet[Hook]:
    """Return the hooks of a hall, those in use first."""
    return Hook.objects.filter(hall=hall).order_by("-is_active", "name", "pk")


def hook_of(hall: Hall, pk: int) -> Hook:
    """Return a hook of this hall. Raise NotFound."""
    found = Hook.objects.filter(hall=hall, pk=pk).first()
    if found is None:
        raise NotFound
    return found


def log(
    hall: Hall, *, hook: int | None = None, state: str = "", event: str = ""
) -> QuerySet[Delivery]:
    """Return what was told or is to be, the newest first."""
    rows = Delivery.objects.filter(hall=hall).select_related("hook").order_by("-pk")
    if hook is not None:
        rows = rows.filter(hook_id=hook)
    if state:
        rows = rows.filter(state=state)
    return rows.filter(event=event) if event else rows


def delivery_of(hall: Hall, pk: int) -> Delivery:
    """Return a delivery of this hall. Raise NotFound."""
    found = log(hall).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def ready(now: datetime) -> Q:
    """Say of hooks: in use, not quiet, and nobody sends to them."""
    free = Q(busy_until=None) | Q(busy_until__lte=now)
    heard = Q(quiet_until=None) | Q(quiet_until__lte=now)
    return Q(is_active=True) & free & heard


def hooks_with_work() -> list[int]:
    """Return the hooks that have something to be told now, the longest waiting first."""
    now = clocks.now()
    waits = Q(deliveries__next_try__lte=now, deliveries__state__in=TO_SEND)
    rows = Hook.objects.filter(ready(now) & waits).annotate(first=Min("deliveries__next_try"))
    return list(rows.order_by("first").values_list("pk", flat=True))


def next_of(hook: int) -> Delivery | None:
    """Return what falls due first of what a hook is to be told now."""
    due = Delivery.objects.filter(hook_id=hook, next_try__lte=clocks.now(), state__in=TO_SEND)
    return due.select_related("hook__hall").order_by("next_try", "pk").first()


def is_asked(job: str) -> bool:
    """Say whether this job waits for a worker already: one is enough for all hooks."""
    return DBTaskResult.objects.ready().filter(task_path=job).exists()
