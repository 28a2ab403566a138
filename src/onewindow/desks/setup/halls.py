"""The halls of the organisation: where each is set up, and another one made like this one."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onewindow.accounts.access import GRANTS, Can, needs
from onewindow.accounts.queries import administers_everywhere, halls_of
from onewindow.accounts.requests import Signed
from onewindow.base.halls.models import Hall
from onewindow.base.web.once import once
from onewindow.base.web.refused import Forbidden, Refused
from onewindow.base.web.rowform import RowForm

WHO = [role for role, can in GRANTS.items() if Can.SET_UP in can]


class NewHallForm(RowForm):
    """What another hall is called."""

    needed = ("name",)

    class Meta:
        model = Hall
        fields = ("name", "slug")
        labels = {"name": gettext_lazy("Name"), "slug": gettext_lazy("Short name")}
        help_texts = {
            "slug": gettext_lazy("It stands in addresses and stays for ever: letters, digits, - _.")
        }

    def refuse(self, no: Refused) -> None:
        """Put what an action refused beside the short name: it is all that it may refuse."""
        self.add_error("slug", str(no))


def adds_halls(request: Signed) -> bool:
    """Say whether somebody sets up all halls: only then another one may be made."""
    return administers_everywhere(request.user, *WHO)


@needs(Can.SET_UP)
@once
def halls(request: Signed) -> HttpResponse:
    """List the halls; a POST makes another, set up as this one is."""
    here, may = request.hall, adds_halls(request)
    form = NewHallForm(here, Hall(organisation=here.organisation), request.POST or None)
    if request.method == "POST":
        if not may:
            raise Forbidden
        made = _make(request, form)
        if made is not None:
            said = _("{hall} is set up as {like} is. Look it over, and give it people and devices.")
            messages.success(request, said.format(hall=made, like=here))
            return redirect("desks:setup", made.slug)
    shown: dict[str, Any] = {
        "form": form,
        "may": may,
        "halls": halls_of(request.user).filter(organisation=here.organisation).order_by("pk"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "desks/setup/halls.html", shown, status=status)


def _make(request: Signed, form: NewHallForm) -> Hall | None:
    """Return the new hall; None where something typed is wrong, which then stands in the form."""
    if not form.is_valid():
        return None
    add_hall = import_string(settings.ADD_HALL)
    try:
        made: Hall = add_hall(like=request.hall, by=request.by, **form.values)
    except Refused as no:
        form.refuse(no)
        return None
    return made
