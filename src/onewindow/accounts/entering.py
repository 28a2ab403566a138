"""Coming in: the first proof, the second where there is one, and the sign-in that begins.

Between the two proofs nobody is signed in. The session knows for five minutes who is half in,
and no longer than the password is what it was.
"""

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from onewindow.accounts import actions, lock, window_pc
from onewindow.accounts.access import address_of, by_user
from onewindow.accounts.models import Device, User
from onewindow.base import clocks

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF = "half_in"
HALF_IN_FOR_S = 300


def begin(request: HttpRequest, user: User, how: str = "") -> None:
    """Sign a person in whose proofs are complete. The session's key changes with it."""
    request.session.pop(HALF, None)
    request.session.pop(window_pc.BOUND, None)  # what a PIN opened, a password opens wider
    login(request, user, backend=BACKEND)
    if not request.session.session_key:
        request.session.cycle_key()  # it was somebody else's until now
    actions.came(user=user, by=by_user(request, user), how=how)
    actions.note_sign_in(
        user=user,
        session=request.session.session_key or "",
        address=address_of(request),
        agent=request.headers.get("User-Agent", ""),
    )


def at_window_pc(request: HttpRequest, user: User, device: Device, how: str) -> None:
    """Sign a person in at a window's PC, in the place of whoever is signed in there."""
    before = request.user
    if isinstance(before, User) and before.pk != user.pk:
        actions.went(user=before, by=by_user(request, before), why="swapped")
    begin(request, user, how)
    request.session.pop(window_pc.NEXT, None)
    window_pc.bind(request, device)
    lock.open_again(request)


def half_in(request: HttpRequest, user: User, back: str, how: str = "") -> None:
    """Remember whom the second proof is asked of, and where it leads."""
    request.session.cycle_key()
    request.session[HALF] = {
        "user": user.pk,
        "proof": user.get_session_auth_hash(),
        "until": clocks.now().timestamp() + HALF_IN_FOR_S,
        "back": back,
        "how": how,
    }


def who_is_half_in(request: HttpRequest) -> tuple[User, str, str] | None:
    """Return who gave the first proof, where it leads, and how; None when too long ago."""
    half = request.session.get(HALF)
    if not half or clocks.now().timestamp() > half["until"]:
        return None
    user = User.objects.filter(pk=half["user"], is_active=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), half["proof"]):
        return None
    return user, half["back"], half["how"]
