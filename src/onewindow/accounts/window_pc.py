"""A sign-in at a window's PC: bound to that device, and with a clerk's permissions at most.

A PIN or a badge is less than a password. So it counts only at a device that was paired, ends with
that device's address, and never opens what a role beyond the clerk's may do.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from onewindow.accounts import lock, queries
from onewindow.accounts.models import Device, User
from onewindow.accounts.states import DeviceKind

BOUND, NEXT = "window_pc", "window_pc_next"


def bind(request: HttpRequest, device: Device) -> None:
    """Let a sign-in live no longer than the device's address."""
    request.session[BOUND] = _mark(device)


def is_bound(request: HttpRequest) -> bool:
    """Say whether this sign-in was made at a window's PC."""
    return BOUND in request.session


def device(request: HttpRequest) -> Device | None:
    """Return the PC that this browser is, as long as it is that device still."""
    waits = request.session.get(NEXT, {})
    number, generation = request.session.get(BOUND) or waits.get("at") or (0, 0)
    found = queries.live_device(number, DeviceKind.WINDOW_PC) if number else None
    return found if found and found.generation == generation else None


def stop(request: HttpRequest, _user: User) -> None:
    """End a sign-in whose device was removed or has another address."""
    if is_bound(request) and device(request) is None:
        lock.sign_out(request)


def wait(request: HttpRequest, user: User, device: Device) -> None:
    """Remember who gave a proof here, and comes in when the visitor has gone."""
    proof = user.get_session_auth_hash()
    request.session[NEXT] = {"user": user.pk, "proof": proof, "at": _mark(device)}


def who_waits(request: HttpRequest, device: Device) -> User | None:
    """Return who gave a proof at this device before; None when it counts no more."""
    waits: dict[str, Any] = request.session.get(NEXT, {})
    if waits.get("at") != _mark(device):
        return None
    user = queries.active(waits["user"])
    if user is None or not constant_time_compare(user.get_session_auth_hash(), waits["proof"]):
        return None
    return user


def _mark(device: Device) -> list[int]:
    return [device.pk, device.generation]
