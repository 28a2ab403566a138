"""Make and change hooks."""

import secrets
from collections.abc import Sequence
from typing import Any

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls.memory import changed
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.hooks.models import Hook


@action
def make_hook(
    *, hall: Hall, name: str, url: str, events: Sequence[str], by: By
) -> tuple[Hook, str]:
    """Make a hook and return it with its secret, which is shown this once only."""
    secret = _secret()
    hook = Hook.objects.create(
        hall=hall, name=name, url=url, events=sorted(events), secret=secret, made_at=clocks.now()
    )
    record("hook.made", hook, by=by, topics=("hooks",), events=hook.events)
    changed(hall)
    return hook, secret


@action
def change_hook(
    *, hook: Hook, name: str, url: str, events: Sequence[str], is_active: bool, by: By
) -> Hook:
    """Change what a hook is told, and where. Another address is tried afresh."""
    told: dict[str, Any] = {
        "events": sorted(events),
        "is_active": is_active,
        "moved": url != hook.url,
    }
    if told["moved"] or (is_active and not hook.is_active):
        hook.failures, hook.quiet_until = 0, None
    hook.name, hook.url, hook.events, hook.is_active = name, url, sorted(events), is_active
    fields = ["name", "url", "events", "is_active", "failures", "quiet_until"]
    hook.save(update_fields=fields)
    record("hook.changed", hook, by=by, topics=("hooks",), **told)
    changed(hook.hall)
    return hook


@action
def new_secret(*, hook: Hook, by: By) -> str:
    """Give a hook another secret and return it; all that is sent from now on is signed with it."""
    secret = _secret()
    hook.secret = secret
    hook.save(update_fields=["secret"])
    record("hook.new-secret", hook, by=by, topics=("hooks",))
    return secret


def _secret() -> str:
    return f"whsec_{secrets.token_hex(32)}"
