"""The trail's verbs: let go of what was kept long enough; verify as people ask for it."""

from onewindow.base.trail.actions.purging import KEPT_MONTHS, TooYoung, purge

__all__ = ["KEPT_MONTHS", "TooYoung", "purge"]
