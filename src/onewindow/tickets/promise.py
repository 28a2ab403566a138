"""Whom the hall keeps waiting longer than it promised, and which closed windows would help."""

from collections.abc import Collection
from dataclasses import dataclass

from onewindow.base.halls.models import Hall
from onewindow.catalogue.models import Group, Service
from onewindow.catalogue.queries import services_by_group
from onewindow.floor.queries import live_sessions, was_closed, windows_serving
from onewindow.tickets.estimates import estimates
from onewindow.tickets.exceptions import rules_of
from onewindow.tickets.rules import mark

WINDOWS_NAMED = 3


@dataclass(frozen=True)
class Late:
    """A group that waits too long, and the closed windows that serve it, the best first."""

    group: Group
    wait_s: int
    promised_min: int
    windows: list[str]


def late(hall: Hall, known: Collection[str] = ()) -> list[Late]:
    """Return the groups that wait longer than promised while a window that serves them is closed.

    A group waits as long as whoever joins its longest line now. The codes of ``known`` ones are
    late until they wait clearly less than promised, so that no alarm comes and goes every moment.
    In a hall that was closed nobody is late.
    As many queries for two as for all.
    """
    if was_closed(hall, hall.today()):
        return []
    waits = estimates(hall)
    stand = {session.window_id for session in live_sessions(hall)}
    found = []
    for group, members in services_by_group(hall):
        marks = ("bad", "warn") if group.code in known else ("bad",)
        over = [
            one
            for one in members
            if waits[one.pk].waiting and mark(waits[one.pk].p80_s, rules_of(one, hall)) in marks
        ]
        closed = _closed(over, stand)
        if closed:
            longest = max(over, key=lambda one: waits[one.pk].p80_s)
            promised = rules_of(longest, hall).wait_target_min
            wait_s = waits[longest.pk].p80_s
            found.append(Late(group, wait_s, promised, closed[:WINDOWS_NAMED]))
    return found


def _closed(services: list[Service], stand: set[int]) -> list[str]:
    """Return the labels of the windows that could serve these and at which nobody stands."""
    serving = [one for service in services for one in windows_serving(service)]
    return list(dict.fromkeys(one.label for one in serving if one.pk not in stand))
