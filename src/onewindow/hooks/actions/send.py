"""Send what is due: each hook in order, several hooks at once, and none waits for another's."""

import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.base.trail import job
from onewindow.base.trail.record import record
from onewindow.hooks import models, queries, rules, wire
from onewindow.hooks.models import Delivery, Hook
from onewindow.hooks.policy import HookPolicy
from onewindow.hooks.states import State
from onewindow.hooks.wire import Answer

AT_ONCE = 8
A_TURN_SECONDS = 30.0
ROWS_AT_ONCE = 1_000


def send_due() -> int:
    """Send what is due now, for half a minute at most; return how much was tried.

    The threads only talk to the targets. What became of it this one writes down, between them: a
    target that hangs holds one of the threads and nothing else.
    """
    until, tried = time.monotonic() + A_TURN_SECONDS, 0
    hooks = deque(queries.hooks_with_work())
    running: dict[Future[Answer], Delivery] = {}
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="hook") as pool:
        while True:
            while hooks and len(running) < AT_ONCE and time.monotonic() < until:
                delivery = _take(hooks.popleft())
                if delivery is not None:
                    hook, headers = delivery.hook, _headers(delivery)
                    sent = pool.submit(wire.post, hook.url, delivery.body, headers)
                    running[sent] = delivery
            if not running:
                return tried
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                delivery = running.pop(done)
                _settle(delivery, done.result())
                hooks.append(delivery.hook_id)
                tried += 1


def give_up_old() -> int:
    """Give up what could not be told in three days, tried or not."""
    now, given_up = clocks.now(), 0
    for hall in Hall.objects.filter(hooks__isnull=False).distinct():
        hours = timedelta(hours=policy(hall, HookPolicy).give_up_after_h)
        given_up += _give_up(hall, now - hours)
    return given_up


def purge() -> int:
    """Forget what was delivered or given up a month ago, by thousands."""
    gone = 0
    for hall in Hall.objects.filter(hooks__isnull=False).distinct():
        days = timedelta(days=policy(hall, HookPolicy).kept_days)
        old = Delivery.objects.filter(hall=hall, ended_at__lt=clocks.now() - days)
        while keys := list(old.values_list("pk", flat=True)[:ROWS_AT_ONCE]):
            Delivery.objects.filter(pk__in=keys).delete()
            gone += len(keys)
    return gone


@action
def _take(hook: int) -> Delivery | None:
    """Take the oldest thing that a hook is to be told, unless somebody else sends to it."""
    now = clocks.now()
    mine = Hook.objects.filter(queries.ready(now), pk=hook)
    if not mine.update(busy_until=now + rules.LEASE):
        return None
    delivery = queries.next_of(hook)
    if delivery is None:
        Hook.objects.filter(pk=hook).update(busy_until=None)
    return delivery


def _headers(delivery: Delivery) -> dict[str, str]:
    """Sign it by the machine's time: whoever checks the signature knows no other."""
    seconds = int((clocks.now() - clocks.shift()).timestamp())
    return {
        "User-Agent": "OneWindow",
        "X-OneWindow-Event": delivery.event,
        "X-OneWindow-Delivery": str(delivery.pk),
        "X-OneWindow-Signature": rules.signature(delivery.hook.secret, seconds, delivery.body),
    }


@action
def _settle(delivery: Delivery, answer: Answer) -> None:
    told = {"tries": delivery.tries + 1, "status": answer.status, "answer": answer.said}
    if answer.is_taken:
        delivery.move(State.SENT, next_try=None, ended_at=clocks.now(), **told)
        _heard(delivery.hook)
        return
    settings = policy(delivery.hook.hall, HookPolicy)
    now = clocks.now()
    later = now + rules.pause(delivery.tries + 1, settings)
    if rules.is_over(delivery.made_at, later, settings):
        delivery.move(State.GAVE_UP, next_try=None, ended_at=now, **told)
    else:
        delivery.move(State.FAILED, next_try=later, **told)
    _not_heard(delivery.hook, settings)


def _heard(hook: Hook) -> None:
    Hook.objects.filter(pk=hook.pk).update(failures=0, quiet_until=None, busy_until=None)
    if hook.quiet_until is not None:
        record("hook.answers-again", hook, by=job("hooks"), topics=("hooks",))


def _not_heard(hook: Hook, settings: HookPolicy) -> None:
    """Count the failure; from the fifth in a row on, leave the hook alone for a growing pause."""
    failures, quiet = hook.failures + 1, None
    over = failures - settings.failures_until_quiet
    if over >= 0:
        quiet = clocks.now() + rules.pause(over + 1, settings)
    row = {"failures": failures, "quiet_until": quiet, "busy_until": None}
    Hook.objects.filter(pk=hook.pk).update(**row)
    if over == 0:
        record("hook.does-not-answer", hook, by=job("hooks"), topics=("hooks",), failures=failures)


@action
def _give_up(hall: Hall, before: datetime) -> int:
    waiting = Delivery.objects.filter(hook__hall=hall, next_try__isnull=False)
    old = waiting.filter(made_at__lte=before)
    return models.give_up(old, clocks.now())
