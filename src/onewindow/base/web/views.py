"""A hall's logo, for every screen and page that shows it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from onewindow.base.halls.queries import picture_named
from onewindow.base.web.refused import NotFound


@require_safe
def logo(request: HttpRequest, hall: str, name: str) -> HttpResponse:
    """Give a logo by its name, which is its hash: it may be kept for ever."""
    png = picture_named(hall, name)
    if not png:
        raise NotFound
    answer = HttpResponse(png, content_type="image/png")
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    answer.headers["Content-Disposition"] = "inline"
    return answer
