"""The photo of who stands at a window: closed in the database, opened for a screen that may."""

from django.http import HttpResponse

from onewindow.accounts.models import Photo, User
from onewindow.base.vault.keys import ring
from onewindow.base.web.refused import NotFound

KEPT_S = 3600  # by the browser that asked; another photo has another address


def name_of(user: User | None) -> str:
    """Return the name of a person's photo; "" where there is none. One query."""
    return Photo.objects.filter(user=user).values_list("name", flat=True).first() or ""


def answer(user: User | None, name: str) -> HttpResponse:
    """Answer with a person's photo, by its name. Raise NotFound."""
    photo = Photo.objects.filter(user=user, name=name).first()
    if photo is None:
        raise NotFound
    found = HttpResponse(ring().decrypt(bytes(photo.closed)), content_type="image/jpeg")
    found.headers["Cache-Control"] = f"private, max-age={KEPT_S}"
    found.headers["Content-Disposition"] = "inline"
    return found
