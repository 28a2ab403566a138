"""The moves that would shorten the waits now: worked out every few seconds, and shared."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from onewindow.base import clocks
from onewindow.base.halls import memory
from onewindow.base.halls.models import Hall
from onewindow.base.halls.policies import policy
from onewindow.catalogue.queries import services
from onewindow.floor.models import Session, Window
from onewindow.floor.queries import profile_of, windows
from onewindow.floor.states import SessionState, WindowKind
from onewindow.tickets import move_rules
from onewindow.tickets.estimates import Look, look
from onewindow.tickets.move_rules import Move, Queue, Stand
from onewindow.tickets.rules import TicketPolicy

MAX_AGE = timedelta(seconds=5)
NEIGHBOURS = {WindowKind.BUSINESS, WindowKind.ONE_STOP}  # which may serve something else too

_Seen = tuple[datetime, object, list[Move]]
_kept: dict[int, _Seen] = {}
memory.forgotten_too.append(_kept.clear)


def moves(hall: Hall, sessions: Sequence[Session], can_open: Collection[int]) -> list[Move]:
    """Return the moves for a hall; ``can_open``: closed windows for which somebody is free.

    Its only queries are those of a look at the queue, where none is fresh.
    """
    stands = [(one.window_id, one.state, one.pause_waits) for one in sessions]
    about = (hall.version, tuple(stands), frozenset(can_open))
    kept = _kept.get(hall.pk)
    if kept and kept[1] == about and timedelta(0) <= clocks.now() - kept[0] < MAX_AGE:
        return kept[2]
    found = _moves(hall, look(hall), sessions, can_open)
    _kept[hall.pk] = (clocks.now(), about, found)
    return found


def _moves(
    hall: Hall, seen: Look, sessions: Sequence[Session], can_open: Collection[int]
) -> list[Move]:
    rules = policy(hall, TicketPolicy)
    queue = Queue(
        seen.line,
        seen.holds,
        seen.curve,
        seen.waiting,
        seen.at.timestamp(),
        rules.wait_target_min * 60,
    )
    live = {one.window_id: one for one in sessions}
    stands = [
        _stand(hall, window, live.get(window.pk), seen, window.pk in can_open)
        for window in windows(hall)
    ]
    return move_rules.moves(queue, stands, first_first=rules.first_choice_first)


def _stand(
    hall: Hall, window: Window, session: Session | None, seen: Look, can_open: bool
) -> Stand:
    serves = profile_of(window)
    return Stand(
        window.pk,
        frozenset(serves.first),
        frozenset(serves.second),
        seen.posts.get(window.pk) if session else None,
        is_paused=bool(session and session.state == SessionState.PAUSED),
        can_open=can_open and session is None,
        could_add=_could_add(hall, window),
    )


def _could_add(hall: Hall, window: Window) -> frozenset[int]:
    """Services of the same department that ask for no qualification."""
    if window.kind not in NEIGHBOURS:
        return frozenset()
    return frozenset(
        one.pk
        for one in services(hall)
        if not one.needs_qualification
        and (not window.department_id or one.department_id in (None, window.department_id))
    )
