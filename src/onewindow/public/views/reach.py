"""Whether and where a visitor's phone reaches us."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from onewindow.tickets.models import Visit


def phone_address(request: HttpRequest, visit: Visit) -> str:
    """Return the address of the phone page; empty where no public address is set."""
    path = reverse("public:phone", args=[visit.token])
    if settings.PUBLIC_URL:
        return f"{settings.PUBLIC_URL}{path}"
    return request.build_absolute_uri(path) if settings.DEMO else ""
