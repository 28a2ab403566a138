"""What happened: ``trail.record("ticket.called", ticket, by=by, topics=(...), window="5")``."""

from onewindow.base.trail.by import By, job

__all__ = ["By", "job"]
