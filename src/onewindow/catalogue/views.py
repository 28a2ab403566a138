"""The door to blank forms and filled samples: open to everybody, as the list of papers is."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from onewindow.accounts.access import find_hall, public
from onewindow.catalogue import files
from onewindow.catalogue.queries import form_by_digest


@public
@require_GET
def form(request: HttpRequest, hall: str, digest: str) -> HttpResponse:
    """A form of a paper that a service in use asks for."""
    return files.answer(form_by_digest(find_hall(hall), digest))
