"""What screens and pages fetch beside their text: a hall's logo, bundles of sheets and scripts."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from onewindow.base.halls.queries import picture_named
from onewindow.base.web import bundles
from onewindow.base.web.refused import NotFound

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def logo(request: HttpRequest, hall: str, name: str) -> HttpResponse:
    """Give a logo by its name, which is its hash: it may be kept for ever."""
    png = picture_named(hall, name)
    if not png:
        raise NotFound
    answer = HttpResponse(png, content_type="image/png")
    answer.headers["Cache-Control"] = FOR_EVER
    answer.headers["Content-Disposition"] = "inline"
    return answer


@require_safe
def bundle(_request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """Give a bundle. A page from before an upgrade gets what there is now, and does not keep it."""
    found = bundles.bundle(name)
    if found is None:
        raise NotFound
    answer = HttpResponse(found.content, content_type=found.content_type)
    answer.headers["Cache-Control"] = FOR_EVER if digest == found.digest else "no-cache"
    return answer
