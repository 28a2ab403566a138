"""Look at personal data, on the record; change the key that closes it."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.vault import keys
from onewindow.base.vault.fields import EncryptedText
from onewindow.base.vault.models import Fingerprint
from onewindow.base.web.refused import Refused

ROWS_AT_ONCE = 500


class ReasonMissing(Refused):
    """Personal data is shown for a reason only."""

    sentence = _("Please say why you need to see this.")
    status = 422


@action
def reveal(*, subject: models.Model, field: str, reason: str, by: By) -> str:
    """Return what an encrypted field says, and put on the trail who looked and why."""
    if not isinstance(subject._meta.get_field(field), EncryptedText):
        raise TypeError(f"{subject._meta.label}.{field} is not encrypted: there is no need to ask")
    if not reason.strip():
        raise ReasonMissing
    record("personal.seen", subject, by=by, field=field, reason=reason.strip()[:200])
    return str(getattr(subject, field))


def rotate(*, by: By) -> int:
    """Close all personal data with a new key; return how many values.

    Stop the product before: other processes hold the old keys in memory. The file holds both keys
    until the last row is done, so a rotation that was broken off can simply be started again.
    """
    old = (settings.DATA / keys.VAULT).read_text().split()
    new = keys.new_key()
    keys.write_keys(keys.VAULT, [new, *old])
    keys.forget()
    closed = sum(_close_again(model, name) for model, name in _encrypted_fields())
    _note(new, by, closed)
    keys.write_keys(keys.VAULT, [new])
    keys.forget()
    return closed


def _encrypted_fields() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedText):
                yield model, field.name


def _close_again(model: type[models.Model], field: str) -> int:
    closed, last = 0, 0
    while some := _close_some(model, field, last):
        last, closed = some[-1], closed + len(some)
    return closed


@action
def _close_some(model: type[models.Model], field: str, after: int) -> list[int]:
    """Read some values with the keys we have and write them with the first; return their rows."""
    rows = model._default_manager.filter(pk__gt=after).exclude(**{field: ""}).order_by("pk")
    found = list(rows.select_for_update().values_list("pk", field)[:ROWS_AT_ONCE])
    for pk, value in found:
        model._default_manager.filter(pk=pk).update(**{field: value})
    return [pk for pk, _value in found]


@action
def _note(key: str, by: By, closed: int) -> None:
    noted, _new = Fingerprint.objects.update_or_create(
        name=keys.VAULT, defaults={"value": keys.fingerprint(key), "since": clocks.now()}
    )
    record("vault.rotated", noted, by=by, label=keys.VAULT, values=closed)
