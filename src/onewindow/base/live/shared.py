"""Panels that many screens share: rendered once per hall, language and version of their topics."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest, HttpResponse

from onewindow.base.halls.models import Hall
from onewindow.base.halls.text import tag
from onewindow.base.live.hub import HUB, stamp

Key = tuple[int, str, str]

KEPT_AT_MOST = 500


@dataclass(frozen=True)
class Panel:
    """A rendered panel, of what version it is and when its rendering began."""

    body: bytes
    version: tuple[int, int]
    began: int
    stale_at: float


_panels: OrderedDict[Key, Panel] = OrderedDict()
_renders: dict[Key, threading.Lock] = {}
_mutex = threading.Lock()


def shared(
    request: HttpRequest,
    name: str,
    topics: Iterable[str],
    render: Callable[[], str],
    *,
    hall: Hall | None = None,
    seconds: float = 10.0,
) -> HttpResponse:
    """Answer with a panel from memory, or with what ``render()`` gives.

    ``name`` holds everything the panel depends on beside hall, language and topics:
    ``f"display.waits.{display.pk}"``. ``topics`` wake it; without one it is rendered again after
    ``seconds``, since waits grow by themselves. It must show the same to everybody.
    """
    place = hall or request.hall  # type: ignore[attr-defined]  # set by the door
    if connection.in_atomic_block:  # what this transaction changed is nobody else's yet
        return HttpResponse(render())
    key = (place.pk, tag(), name)
    asked = _woken(request)
    wanted = tuple(topics)
    found = _found(key, place, wanted, asked)
    if found is None:
        with _render_lock(key):  # five hundred ask at once: one renders, the others wait for it
            found = _found(key, place, wanted, asked) or _make(key, place, wanted, render, seconds)
    return HttpResponse(found.body)


def forget() -> None:
    """Forget all panels, for tests."""
    with _mutex:
        _panels.clear()
        _renders.clear()


def _woken(request: HttpRequest) -> int:
    """When the screen was woken: another process may have told it before it told us."""
    text = request.headers.get("X-Woken", "")
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _version(hall: Hall, topics: tuple[str, ...]) -> tuple[int, int]:
    return hall.version, HUB.last_change(hall.pk, topics)


def _found(key: Key, hall: Hall, topics: tuple[str, ...], asked: int) -> Panel | None:
    with _mutex:
        panel = _panels.get(key)
    if panel is None or panel.version != _version(hall, topics):
        return None
    fresh = time.monotonic() < panel.stale_at and panel.began > min(asked, stamp())
    return panel if fresh else None


def _make(
    key: Key, hall: Hall, topics: tuple[str, ...], render: Callable[[], str], seconds: float
) -> Panel:
    began, version = stamp(), _version(hall, topics)
    panel = Panel(render().encode(), version, began, time.monotonic() + seconds)
    with _mutex:
        _panels[key] = panel
        _panels.move_to_end(key)
        if len(_panels) > KEPT_AT_MOST:
            old, _ = _panels.popitem(last=False)
            _renders.pop(old, None)
    return panel


def _render_lock(key: Key) -> threading.Lock:
    with _mutex:
        return _renders.setdefault(key, threading.Lock())
