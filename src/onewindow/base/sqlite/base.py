"""SQLite as OneWindow needs it: Django's backend, unchanged so far."""

from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite


class DatabaseWrapper(SQLite):
    """See ``docs/house.md``."""
