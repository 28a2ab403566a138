"""Make and revoke the keys of programs."""

import hashlib
import secrets
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from onewindow.accounts.access import Can
from onewindow.accounts.models import ApiKey
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.web.refused import Refused


class KeyRevoked(Refused):
    """A key is revoked once."""

    sentence = _("This key was revoked before.")


def digest_of(key: str) -> str:
    """Return what is kept of a key. Its secret is random: one round of SHA-256 is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


@action
def create_key(*, hall: Hall, label: str, can: Iterable[Can], by: By) -> tuple[ApiKey, str]:
    """Make a key for a hall and return it with its secret text, which is shown this once only."""
    prefix = secrets.token_hex(4)
    text = f"ow_{prefix}_{secrets.token_hex(24)}"
    key = ApiKey.objects.create(
        hall=hall,
        label=label,
        prefix=prefix,
        digest=digest_of(text),
        can=sorted(can),
        made_at=clocks.now(),
    )
    record("key.made", key, by=by, label=prefix, topics=("hall",), can=key.can)
    return key, text


@action
def revoke_key(*, key: ApiKey, by: By) -> None:
    """Make a key worthless, in every process from its next request on."""
    now = clocks.now()
    if not ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now):
        raise KeyRevoked
    memory.changed(key.hall)
    record("key.revoked", key, by=by, label=key.prefix, topics=("hall",))
