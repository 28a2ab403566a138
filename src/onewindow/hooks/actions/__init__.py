"""The verbs of hooks, by theme."""

from onewindow.hooks.actions.set_up import change_hook, make_hook, new_secret
from onewindow.hooks.actions.tell import on_event, send_again, send_test

__all__ = ["change_hook", "make_hook", "new_secret", "on_event", "send_again", "send_test"]
