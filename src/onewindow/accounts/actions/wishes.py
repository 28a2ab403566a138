"""How a person wishes to work."""

from django.db import transaction

from onewindow.accounts.models import User


@transaction.atomic
def set_keys(*, user: User, on: bool) -> None:
    """Turn the two keys of the desk on or off: a wish, no event."""
    user.keys_on = on
    user.save(update_fields=["keys_on"])
