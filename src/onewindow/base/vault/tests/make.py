"""Furniture: a row with an encrypted field, of a room above that is asked for by name."""

from itertools import count
from typing import Any

from django.apps import apps

from onewindow.base import clocks
from onewindow.base.halls.models import Hall

Visit: Any = apps.get_model("tickets", "Visit")
_numbers = count(1)


def visit(hall: Hall, phone: str = "") -> Any:
    """Make a visit, with the phone of whoever comes."""
    n = next(_numbers)
    return Visit.objects.create(
        hall=hall,
        day=hall.today(),
        series="A",
        sequence=n,
        number=f"A{n:03d}",
        channel="kiosk",
        phone=phone,
        joined_at=clocks.now(),
    )
