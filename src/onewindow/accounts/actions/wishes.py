"""How a person wishes to work."""

from onewindow.accounts.models import User
from onewindow.base.action import action


@action
def set_keys(*, user: User, on: bool) -> None:
    """Turn the two keys of the desk on or off: a wish, no event."""
    user.keys_on = on
    user.save(update_fields=["keys_on"])
