"""The window's PC: who works at it signs in by PIN or badge, in the place of who did before."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from onewindow.accounts import entering, window_pc
from onewindow.accounts.access import WHO_SERVES, address_of, by_user
from onewindow.accounts.actions import note_wrong, stop_guessing
from onewindow.accounts.devices import DeviceRequest, device_token, for_device
from onewindow.accounts.models import User
from onewindow.accounts.queries import with_badge
from onewindow.accounts.states import DeviceKind
from onewindow.base import clocks
from onewindow.base.trail import By
from onewindow.base.web.once import once
from onewindow.desks.forms import ComeIn
from onewindow.floor.models import Session
from onewindow.floor.queries import session_at, window_of_device
from onewindow.tickets import actions
from onewindow.tickets.queries import is_busy

PROOF_COUNTS = timedelta(minutes=5)  # after the visitor has gone; then the PIN is asked again


@for_device(DeviceKind.WINDOW_PC)
@sensitive_post_parameters()
@never_cache
@once
def page(request: DeviceRequest) -> HttpResponse:
    """The window and who is in; whoever proves who they are takes over."""
    window = window_of_device(request.device)
    form = ComeIn(request.POST or None)
    if request.method != "POST" or window is None or not form.is_valid():
        return _show(request, form)
    stop_guessing(request.device)
    user, how = _who_proves(request, form.cleaned_data)
    if user is None:
        return _refuse(request, form, how)
    session = actions.swap(window=window, user=user, by=by_user(request, user))
    if session.user_id == user.pk:
        return _in(request, user, how)
    window_pc.wait(request, user, request.device)
    said = _("{name} takes over as soon as the window is free.").format(name=user.name)
    messages.success(request, said)
    return redirect("desks:window_pc", device_token(request.device))


@for_device(DeviceKind.WINDOW_PC)
@require_GET
@never_cache
def who(request: DeviceRequest) -> HttpResponse:
    """The part of the page that follows what happens at the window."""
    shown = render(request, "desks/_window_pc_who.html", _shown(request))
    if request.session.is_empty():  # ended by the swap that woke this panel: the browser has
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)  # another by now, and keeps it
    return shown


@for_device(DeviceKind.WINDOW_PC)
@once
@require_POST
def come_in(request: DeviceRequest) -> HttpResponse:
    """Sign in who gave the proof while a visitor was still there, and has the window now."""
    user = _may_come_in(request, _session(request))
    if user is None:
        messages.error(request, _("Type your PIN once more."))
        return redirect("desks:window_pc", device_token(request.device))
    return _in(request, user, "window PC")


def _in(request: DeviceRequest, user: User, how: str) -> HttpResponse:
    entering.at_window_pc(request, user, request.device, how)
    return redirect("desks:desk", request.hall.slug)


def _who_proves(request: DeviceRequest, given: dict[str, Any]) -> tuple[User | None, str]:
    """Return who proved it and how; nobody where staff number, PIN or badge is not right."""
    typed, pin = given["staff_number"], given["pin"]
    if not pin:
        return with_badge(request.hall, typed, *WHO_SERVES), "badge"
    user = authenticate(request, staff_number=typed, pin=pin, hall=request.hall)
    return (user if isinstance(user, User) else None), "PIN"


def _refuse(request: DeviceRequest, form: ComeIn, how: str) -> HttpResponse:
    note_wrong(device=request.device, by=_device(request), what=how)
    if how == "badge":
        said = _("This badge is not known here. With a staff number, type the PIN too.")
        form.add_error("staff_number", said)
    else:
        form.add_error(None, _("Staff number or PIN is not right."))
    return _show(request, form)


def _device(request: DeviceRequest) -> By:
    device = request.device
    return By("device", device.pk, device.name, "device", address_of(request))


def _show(request: DeviceRequest, form: ComeIn) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "desks/window_pc.html", _shown(request) | {"form": form}, status=status)


def _shown(request: DeviceRequest) -> dict[str, object]:
    session = _session(request)
    return {
        "device": request.device,
        "token": device_token(request.device),
        "window": window_of_device(request.device),
        "session": session,
        "busy": session is not None and is_busy(session.window),
        "mine": session is not None and session.user_id == request.user.pk,
        "waits": _may_come_in(request, session),
    }


def _session(request: DeviceRequest) -> Session | None:
    window = window_of_device(request.device)
    return session_at(window) if window else None


def _may_come_in(request: DeviceRequest, session: Session | None) -> User | None:
    """Return who waited here and took over a moment ago."""
    user = window_pc.who_waits(request, request.device)
    if user is None or session is None or session.user_id != user.pk:
        return None
    return user if clocks.now() - session.opened_at < PROOF_COUNTS else None
