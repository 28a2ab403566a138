"""What is done to people, keys and devices, by theme."""

from onewindow.accounts.actions.devices import make_device, new_address, retire_device
from onewindow.accounts.actions.keys import create_key, revoke_key

__all__ = ["create_key", "make_device", "new_address", "retire_device", "revoke_key"]
