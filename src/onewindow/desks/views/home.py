"""Where my role works: one hall at once, several by choice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from onewindow.accounts.access import Can, needs, person, signed_in
from onewindow.accounts.queries import halls_of
from onewindow.accounts.requests import Signed

WORKPLACES = (  # the first that the role allows
    (Can.SEE_BOARD, "desks:board"),
    (Can.SERVE, "desks:desk"),
    (Can.BRING_BACK, "desks:guide"),
    (Can.SET_UP, "desks:setup"),
    (Can.DEVICES, "accounts:devices"),
    (Can.ROLES, "accounts:people"),
    (Can.SEE_TRAIL, "desks:trail"),
)


@signed_in
@require_GET
def halls(request: HttpRequest) -> HttpResponse:
    """Choose the hall; who has one only is there at once."""
    found = list(halls_of(person(request)))
    if len(found) == 1:
        return redirect("desks:hall", found[0].slug)
    return render(request, "desks/halls.html", {"halls": found})


@needs(Can.SEE_HALL)
@require_GET
def hall(request: Signed) -> HttpResponse:
    """Go to the page where this role works."""
    for can, page in WORKPLACES:
        if can in request.can:
            return redirect(page, request.hall.slug)
    return render(request, "desks/nothing.html")
