"""The stream: the only view of the product that stays open."""

from collections.abc import Iterable

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from onewindow.base.live import tokens
from onewindow.base.live.hub import HUB
from onewindow.base.live.streams import Stream

PAGES_AT_MOST = 60  # tabs of one browser share a stream
MARGIN = 2_000  # a page reads before it signs: what changed in these milliseconds it may not know


@require_safe
def stream(request: HttpRequest, hall: str) -> HttpResponseBase:
    """Stream the topics that the pages' signed lists (``?t=...&s=...``) ask for.

    ``s`` says, for the ``t`` beside it, up to when that page is right; 0: as old as its list.
    204 when this process has streams enough: the browser then asks every ten seconds.
    """
    lists = [tokens.read(token, hall) for token in request.GET.getlist("t")[:PAGES_AT_MOST]]
    if not lists:
        raise tokens.ListRefused
    if request.method == "HEAD":  # a browser that was refused asks why
        return HttpResponse(status=204 if HUB.streams >= settings.STREAMS else 200)
    wanted = {(wish.hall, topic) for wish in lists for topic in wish.topics}
    post = HUB.open(wanted, settings.STREAMS)
    if post is None:
        return HttpResponse(status=204)
    missed = _missed(lists, request.GET.getlist("s"))
    _give_back_connections()
    response = StreamingHttpResponse(Stream(HUB, post, missed), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _missed(lists: Iterable[tokens.Wishes], since: list[str]) -> list[str]:
    """Return the topics that changed between a page's reading and its listening."""
    given = [int(text) if text.isdecimal() and len(text) < 16 else 0 for text in since]
    found: list[str] = []
    for place, wish in enumerate(lists):
        known = max(wish.made, given[place] if place < len(given) else 0)
        found += HUB.changed_since(wish.hall, wish.topics, known - MARGIN)
    return found


def _give_back_connections() -> None:
    """Hold no database connection while streaming, or the hundredth screen stops PostgreSQL."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
