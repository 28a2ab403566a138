"""Verbs of the ticks, by theme."""
