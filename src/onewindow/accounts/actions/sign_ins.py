"""Where somebody is signed in: noted when it begins, followed, and ended from elsewhere.

Ending one takes the session itself away, so that no request has to ask whether it still counts.
"""

from collections.abc import Iterable

from django.contrib.sessions.models import Session

from onewindow.accounts.models import SignIn, User
from onewindow.base import clocks
from onewindow.base.action import action
from onewindow.base.trail import By
from onewindow.base.trail.record import record


@action
def note_sign_in(*, user: User, session: str, address: str, agent: str) -> None:
    """Remember where a sign-in is open."""
    noted = {"user": user, "address": address, "agent": agent[:200], "since": clocks.now()}
    SignIn.objects.update_or_create(session=session, defaults=noted)


@action
def follow_sign_in(*, before: str, after: str) -> None:
    """A session's key changed: it is the same sign-in still."""
    SignIn.objects.filter(session=before).update(session=after)


@action
def end_sign_ins(*, user: User, by: By, only: int | None = None, but: str | None = None) -> int:
    """End a person's sign-ins, one of them, or all but one session; return how many ended."""
    found = SignIn.objects.filter(user=user)
    if only is not None:
        found = found.filter(pk=only)
    ended = _end(found.exclude(session=but or "").values_list("session", flat=True))
    if ended:
        record("user.sign-ins-ended", user, by=by, label=user.staff_number, ended=ended)
    return ended


def _end(sessions: Iterable[str]) -> int:
    """Take sessions away with their notes; return how many were still open."""
    keys = list(sessions)
    SignIn.objects.filter(session__in=keys).delete()
    return Session.objects.filter(session_key__in=keys).delete()[0]


@action
def purge() -> int:
    """Forget the notes whose session is over."""
    live = Session.objects.values("session_key")
    return SignIn.objects.exclude(session__in=live).delete()[0]
