"""What the frame may know about who is signed in."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from onewindow.accounts.models import User
from onewindow.accounts.queries import halls_of


def my_halls(request: HttpRequest) -> dict[str, Any]:
    """The halls that the person may enter, asked for only where a template shows them."""

    def read() -> list[Any]:
        user = getattr(request, "user", None)
        return list(halls_of(user)) if isinstance(user, User) else []

    return {"my_halls": SimpleLazyObject(read)}
