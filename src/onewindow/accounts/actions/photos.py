"""The photo of a person: set, or taken away."""

import hashlib

from onewindow.accounts.models import Photo, User
from onewindow.base.action import action
from onewindow.base.trail import By
from onewindow.base.trail.record import record
from onewindow.base.vault.keys import ring


@action
def set_photo(*, user: User, jpeg: bytes, by: By) -> None:
    """Show this photo of a person from now on."""
    name = hashlib.sha256(jpeg).hexdigest()[:16]
    given = {"name": name, "closed": ring().encrypt(jpeg)}
    Photo.objects.update_or_create(user=user, defaults=given)
    record("user.photo-set", user, by=by, label=user.staff_number)


@action
def take_photo(*, user: User, by: By) -> None:
    """Take a person's photo away; where there is none, nothing happens."""
    if Photo.objects.filter(user=user).delete()[0]:
        record("user.photo-taken", user, by=by, label=user.staff_number)
