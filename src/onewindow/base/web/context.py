"""What every template may count on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from onewindow.base import clocks
from onewindow.base.halls.text import tag


def frame(request: HttpRequest) -> dict[str, Any]:
    """The hall, what the person may do there, the language, and whether this is a demonstration."""
    return {
        "hall": getattr(request, "hall", None),
        "can": getattr(request, "can", frozenset()),
        "language_tag": tag(),
        "demo": settings.DEMO,
        "now": clocks.now(),
    }
