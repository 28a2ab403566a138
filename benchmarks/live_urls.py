"""A change to commit and panels to ask for, beside all the addresses of the product."""

import time

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from onewindow.base.halls.models import Hall
from onewindow.base.live.shared import shared
from onewindow.base.trail import job
from onewindow.base.trail.models import Entry
from onewindow.base.trail.record import record
from onewindow.config import urls

SLUG = "benchmark"
ROWS = 40


def commit(topic: str = "ticket") -> float:
    """Commit a trail row that wakes a topic; return when it was committed."""
    at: list[float] = []
    with transaction.atomic():
        transaction.on_commit(lambda: at.append(time.time()))
        hall = Hall.objects.get(slug=SLUG)
        record("benchmark.change", hall, by=job("benchmark"), hall=hall.pk, topics=(topic,))
    return at[0]


@csrf_exempt
def change(request: HttpRequest) -> HttpResponse:
    """Commit a change and say when."""
    return HttpResponse(repr(commit()))


def panel(request: HttpRequest) -> HttpResponse:
    """A panel of one screen alone: reads rows at each request."""
    hall = Hall.objects.get(slug=SLUG)
    return HttpResponse(_rows(hall))


def shared_panel(request: HttpRequest) -> HttpResponse:
    """The same panel, shared by all screens."""
    hall = Hall.objects.get(slug=SLUG)
    return shared(request, "benchmark", ("ticket",), lambda: _rows(hall), hall=hall)


def _rows(hall: Hall) -> str:
    rows = Entry.objects.filter(hall=hall.pk).order_by("-pk")[:ROWS]
    return "".join(f"<p>{row.kind} {row.label} {row.at:%T}</p>" for row in rows)


urlpatterns = [
    path("benchmark/change", change),
    path("benchmark/panel", panel),
    path("benchmark/shared", shared_panel),
    *urls.urlpatterns,
]
handler500 = urls.handler500
