"""People and screens of the measured hall: who is signed in, and the addresses of their pages.

    python -m benchmarks.people sign-in     prints cookies and addresses, as JSON
    python -m benchmarks.people count       prints how many statements each page asks

It runs in the server's own environment.
"""

import json
import os
import sys
from typing import Any

import django

BACKEND = "django.contrib.auth.backends.ModelBackend"
CSRF = "benchmarkbenchmarkbenchmarkbench"
WINDOW = "1"
PAGES = {  # what is asked for, who asks, the name of the address, its words
    "desk": ("clerk", "desks:desk", "hall"),
    "desk, the window's panel": ("clerk", "tickets:window", "hall window"),
    "desk, who comes next": ("clerk", "tickets:side", "hall window"),
    "duty board": ("duty_manager", "desks:board", "hall"),
    "duty board, its panel": ("duty_manager", "desks:board_now", "hall"),
    "kiosk": ("", "public:kiosk", "kiosk"),
    "hall display, its panel": ("", "public:display_now", "hall_display"),
    "window display, its panel": ("", "public:window_display_now", "window_display"),
    "phone page, its panel": ("", "public:phone_now", "visit"),
    "the hall's public page": ("", "public:hall", "hall"),
}


def main(what: str) -> None:
    """Sign in, or count."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    django.setup()
    print(json.dumps(_sign_in() if what == "sign-in" else _count()))


def _sign_in() -> dict[str, Any]:
    """Make who is needed, once."""
    from onewindow.base.halls.models import Hall  # noqa: PLC0415 (Django must be set up before)
    from onewindow.floor.models import Session, Window  # noqa: PLC0415

    hall = Hall.objects.get(slug="bench")
    clerk, manager = _person(hall, "9001", "clerk"), _person(hall, "9002", "duty_manager")
    window = Window.objects.get(hall=hall, label=WINDOW)
    Session.objects.filter(window=window).update(user=clerk)
    words = {"hall": hall.slug, "window": WINDOW, "visit": _visit(hall)} | _screens(hall, window)
    return {
        "cookies": {"clerk": _session(clerk), "duty_manager": _session(manager)},
        "addresses": _addresses(words),
    }


def _person(hall: Any, number: str, role: str) -> Any:
    from onewindow.accounts.models import Membership, User  # noqa: PLC0415

    user, made = User.objects.get_or_create(staff_number=number, defaults={"name": role})
    if made:
        Membership.objects.create(user=user, hall=hall, role=role)
    return user


def _screens(hall: Any, window: Any) -> dict[str, str]:
    from onewindow.accounts.devices import device_token  # noqa: PLC0415
    from onewindow.accounts.models import Device  # noqa: PLC0415
    from onewindow.accounts.states import DeviceKind  # noqa: PLC0415
    from onewindow.floor.models import Place  # noqa: PLC0415

    found = {}
    for kind in DeviceKind:
        device, _ = Device.objects.get_or_create(hall=hall, kind=kind, name=str(kind))
        at = window if kind == DeviceKind.WINDOW_DISPLAY else None
        Place.objects.get_or_create(device=device, defaults={"window": at})
        found[str(kind)] = device_token(device)
    return found


def _visit(hall: Any) -> str:
    from onewindow.tickets.models import Ticket  # noqa: PLC0415

    waiting = Ticket.objects.filter(hall=hall, state="waiting").order_by("-due")
    return str(waiting.values_list("visit__token", flat=True)[0])


def _session(user: Any) -> str:
    """Sign somebody in without the form, and return the session's key."""
    from django.contrib.auth import (  # noqa: PLC0415
        BACKEND_SESSION_KEY,
        HASH_SESSION_KEY,
        SESSION_KEY,
    )
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _addresses(words: dict[str, str]) -> dict[str, str]:
    from django.urls import reverse  # noqa: PLC0415

    return {
        name: reverse(view, args=[words[word] for word in asked.split()])
        for name, (_, view, asked) in PAGES.items()
    }


def _count() -> dict[str, int]:
    """Ask each page twice in this process, and count the statements of the second time."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    signed, counts = _sign_in(), {}
    for name, address in signed["addresses"].items():
        client = Client(headers={"host": "127.0.0.1"})
        client.cookies["ow_session"] = signed["cookies"].get(PAGES[name][0], "")
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(address)
            assert answer.status_code == 200, (name, answer.status_code)
        counts[name] = len(asked)
    return counts


if __name__ == "__main__":
    main(sys.argv[1])
