"""The duty board: windows as a map, waits, what would help, and the sheet of one window."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import Membership, User
from onewindow.accounts.scope import EVERYTHING, Scope
from onewindow.accounts.states import Role
from onewindow.base.halls.models import Department, Hall
from onewindow.base.halls.policies import policy
from onewindow.base.halls.text import said
from onewindow.catalogue.models import Group, Service
from onewindow.catalogue.queries import services
from onewindow.desks.queries import WindowNow, window_choices
from onewindow.floor.models import ForNow, Session, Window, Zone
from onewindow.floor.queries import (
    day_of,
    live_sessions,
    profile_of,
    window_by_id,
    windows,
    windows_serving,
)
from onewindow.floor.states import Choice
from onewindow.tickets import kept, queries
from onewindow.tickets.estimates import Estimate, estimates, look
from onewindow.tickets.exceptions import rules_of
from onewindow.tickets.move_rules import Move, MoveKind
from onewindow.tickets.moves import moves
from onewindow.tickets.rules import TicketPolicy, mark

LINES = 20
LOOKS = {  # state of a window: its words, its icon, the mark of its colour
    "closed": (_("closed"), "door-closed", ""),
    "called": (_("on the way"), "footprints", "info"),
    "serving": (_("serving"), "user-round-check", "ok"),
    "long": (_("longer than usual"), "hourglass", "warn"),
    "paused": (_("paused"), "circle-pause", "warn"),
    "over": (_("pause is over"), "alarm-clock", "bad"),
    "wrap-up": (_("papers"), "file-pen-line", "info"),
    "idle": (_("free, people wait"), "triangle-alert", "bad"),
    "free": (_("free"), "armchair", ""),
}


@dataclass(frozen=True)
class Queue:
    """A service with its queue, and how its wait stands against the hall's promise."""

    service: Service
    wait: Estimate
    mark: str
    is_twice: bool  # more than twice what was promised
    windows: int


@dataclass(frozen=True)
class GroupWaits:
    """The queues of a group's services, the longest wait first, and one sentence about them all."""

    group: Group
    queues: list[Queue]
    target_min: int

    @property
    def mark(self) -> str:
        """How its longest wait stands against the hall's promise."""
        return self.queues[0].mark

    @property
    def sentence(self) -> str:
        """Return how many wait, how long at most, and how that stands against the promise."""
        longest = max(1, round(self.queues[0].wait.p80_s / 60))
        told = {
            "group": said(self.group.name),
            "many": sum(one.wait.waiting for one in self.queues),
            "longest": longest,
            "target": self.target_min,
            "over": max(1, longest - self.target_min),
        }
        if self.mark == "bad":
            words = _("{group}: {many} wait, up to {longest} min; {over} min over the promise.")
        else:
            words = _(
                "{group}: {many} wait, up to {longest} min; within the {target} min promised."
            )
        return words.format_map(told)


@dataclass(frozen=True)
class Suggested:
    """A move with the words it needs: for whom, who could stand there, how many gain."""

    move: Move
    window: Window
    service: Service
    other: Service | None
    staff: list[User]
    waiting: int

    @property
    def verb(self) -> str:
        """The verb of the board that does it."""
        at_once = (MoveKind.OPEN, MoveKind.CALL_BACK)
        return str(self.move.kind) if self.move.kind in at_once else "serve"

    @property
    def changes(self) -> str:
        """The code of the service whose place in the profile changes."""
        return self.other.code if self.other else self.service.code

    @property
    def choice(self) -> str:
        """How it is served meanwhile; empty: not at all."""
        return "" if self.move.kind == MoveKind.OFF else str(Choice.FIRST.value)


@dataclass(frozen=True)
class Line:
    """A service on a window's sheet: how it is served now, and what of that is for now."""

    service: Service
    choice: int | None
    for_now: ForNow | None
    waiting: int


def board(hall: Hall, scope: Scope = EVERYTHING) -> dict[str, Any]:
    """Return all that the duty board shows to somebody; a fixed number of queries.

    Whose role is for a department sees its windows, its queues and its visitors.
    """
    today, sessions = hall.today(), live_sessions(hall)
    staff, mine = _free_staff(hall, sessions), scope.rows("service__department")
    now = window_choices(hall, sessions)
    return {
        "zones": _by_zone([one for one in now if scope.covers(one.window.department_id)]),
        "looks": LOOKS,
        "suggested": _suggested(hall, sessions, staff, scope),
        "waits": waits_by_group(hall, sessions, scope),
        "target": policy(hall, TicketPolicy).wait_target_min,
        "kept": kept.yesterday(hall) if scope.is_whole else None,
        "before_turn": list(queries.out_of_order(hall, today).filter(mine)[:LINES]),
        "no_shows": list(queries.no_shows(hall, today).filter(mine)[:LINES]),
        "missed": list(queries.missed(hall).filter(mine)[:LINES]),
        "waiting": queries.waiting(hall).filter(mine).count(),
        "coming": look(hall).coming if scope.is_whole else 0,
        "day": day_of(hall),
        "only_for": _named(hall, scope),
    }


def sheet(hall: Hall, window: Window, scope: Scope = EVERYTHING) -> dict[str, Any]:
    """Return all that the sheet of one window shows; a fixed number of queries."""
    sessions = live_sessions(hall)
    now = next(one for one in window_choices(hall, sessions) if one.window.pk == window.pk)
    stand = {one.window_id for one in sessions}
    lines = _lines(hall, window)
    return {
        "at": now,
        "look": LOOKS[now.state],
        "staff": _who_may(_free_clerks(hall, sessions), window),
        "lines": [one for one in lines if one.choice or one.for_now],
        "others": [one for one in lines if not one.choice and not one.for_now],
        "free_windows": [
            one for one in windows(hall) if one.pk not in stand and scope.covers(one.department_id)
        ],
    }


def _named(hall: Hall, scope: Scope) -> list[Department]:
    """Return the departments that a board is limited to; none where it shows the whole hall."""
    if scope.departments is None:
        return []
    return list(hall.departments.filter(pk__in=scope.departments).order_by("code"))


def waits(hall: Hall, sessions: Sequence[Session], scope: Scope = EVERYTHING) -> list[Queue]:
    """Return the services that somebody waits for, the longest wait first."""
    now = estimates(hall)
    stand = {one.window_id for one in sessions if one.calls}
    found = [
        Queue(
            service,
            now[service.pk],
            mark(now[service.pk].p80_s, rules_of(service, hall)),
            now[service.pk].p80_s > 2 * 60 * rules_of(service, hall).wait_target_min,
            sum(window.pk in stand for window in windows_serving(service)),
        )
        for service in services(hall)
        if service.pk in now and now[service.pk].waiting and scope.covers(service.department_id)
    ]
    return sorted(found, key=lambda line: -line.wait.p80_s)


def waits_by_group(
    hall: Hall, sessions: Sequence[Session], scope: Scope = EVERYTHING
) -> list[GroupWaits]:
    """Return the groups that somebody waits for, the longest wait first."""
    found: dict[int, GroupWaits] = {}
    for line in waits(hall, sessions, scope):
        group, target = line.service.group, rules_of(line.service, hall).wait_target_min
        found.setdefault(group.pk, GroupWaits(group, [], target)).queues.append(line)
    return list(found.values())


def _by_zone(found: Sequence[WindowNow]) -> list[tuple[Zone, list[WindowNow]]]:
    """The windows zone by zone, in the order one walks them."""
    zones: dict[int, tuple[Zone, list[WindowNow]]] = {}
    for one in found:
        zones.setdefault(one.window.zone_id, (one.window.zone, []))[1].append(one)
    return sorted(zones.values(), key=lambda zone: (zone[0].position, zone[0].pk))


def _suggested(
    hall: Hall, sessions: Sequence[Session], staff: dict[int, list[User]], scope: Scope
) -> list[Suggested]:
    offered = {one.pk: one for one in services(hall)}
    now = estimates(hall)
    return [
        Suggested(
            move,
            window_by_id(hall, move.window),
            offered[move.service],
            offered.get(move.other),
            staff.get(move.window, []),
            now[move.service].waiting,
        )
        for move in moves(hall, sessions, staff.keys())
        if scope.covers(window_by_id(hall, move.window).department_id)
    ]


def _free_staff(hall: Hall, sessions: Sequence[Session]) -> dict[int, list[User]]:
    """Return who could stand at each closed window, those who signed in today first."""
    clerks, stand = _free_clerks(hall, sessions), {one.window_id for one in sessions}
    closed = [one for one in windows(hall) if one.pk not in stand]
    able = {one.pk: _who_may(clerks, one) for one in closed}
    return {pk: people for pk, people in able.items() if people}


def _free_clerks(hall: Hall, sessions: Sequence[Session]) -> list[Membership]:
    """Return the clerks who stand nowhere: who signed in today, then by number."""
    busy = {one.user_id for one in sessions}
    rows = Membership.objects.filter(Q(hall=hall) | Q(hall=None), role=Role.CLERK)
    found = rows.filter(user__is_active=True).select_related("user").order_by("user__staff_number")
    free = [one for one in found if one.user_id not in busy]
    return sorted(free, key=lambda one: not _is_here(hall, one.user))


def _is_here(hall: Hall, user: User) -> bool:
    return user.last_login is not None and hall.today(user.last_login) == hall.today()


def _who_may(clerks: Collection[Membership], window: Window) -> list[User]:
    """Whoever belongs to a department works at its windows and at those of none."""
    anywhere = (None, window.department_id)
    able = (one for one in clerks if not window.department_id or one.department_id in anywhere)
    return list(dict.fromkeys(one.user for one in able))


def _lines(hall: Hall, window: Window) -> list[Line]:
    serves, now = profile_of(window), {one.service_id: one for one in window.for_now.all()}
    choices = dict.fromkeys(serves.first, Choice.FIRST) | dict.fromkeys(
        serves.second, Choice.SECOND
    )
    waiting = estimates(hall)
    return [
        Line(one, choices.get(one.pk), now.get(one.pk), waiting[one.pk].waiting)
        for one in services(hall)
    ]
