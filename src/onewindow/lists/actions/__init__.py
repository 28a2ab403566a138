"""Verbs of lists: bring one, write it, undo it; ask for a file."""
