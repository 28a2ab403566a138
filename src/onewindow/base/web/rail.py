"""The rail of the staff's frame: which pages a role finds at its left hand.

A room offers entries in its own ``rail.py``; ``config/rail.py`` puts them in order; the frame shows
those that the person may open. ``PLACES`` there names templates for the frame's fixed places (the
bell, my state), so that base needs no room above it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Entry:
    """One page on the rail: its words, the name of its URL (taking the hall), an icon, who may."""

    label: str | Promise
    url: str
    icon: str
    can: frozenset[str]
    badge: str = ""  # a template that shows a small count, with its own address to stay fresh


def entry(label: str | Promise, url: str, icon: str, *can: str, badge: str = "") -> Entry:
    """Offer a page to those who hold one of some permissions."""
    return Entry(label, url, icon, frozenset(can), badge)


@cache
def offered() -> tuple[Entry, ...]:
    """Return all entries, in their order."""
    rail: tuple[Entry, ...] = import_string(settings.RAIL)
    return rail


@cache
def places() -> Mapping[str, str]:
    """Return the templates of the frame's places, by name."""
    found: Mapping[str, str] = import_string(settings.PLACES)
    return found


def open_to(can: frozenset[str]) -> list[Entry]:
    """Return the entries for somebody who holds these permissions."""
    return [one for one in offered() if one.can & can]
