"""What a visitor may say when taking a number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.catalogue.models import Service
from onewindow.catalogue.queries import questions_for
from onewindow.tickets.states import Need, Priority

DECLARED = (
    (Priority.P4, _("No priority")),
    (Priority.P1, _("Disabled, pregnant, with an infant, or 80 and older")),
    (Priority.P3, _("70 and older, or honoured by this hall")),
)
NEEDS = (
    (Need.HEARING, _("I do not hear well")),
    (Need.SIGHT, _("I do not see well")),
    (Need.WALKING, _("Walking is hard for me")),
    (Need.READING, _("Reading or writing is hard for me")),
    (Need.INTERPRETER, _("I need an interpreter")),
    (Need.OTHER, _("Something else")),
)


class TakeForm(forms.Form):
    """Class and needs, both by choice and without any paper."""

    priority = forms.ChoiceField(
        label=_("Do you have priority?"),
        choices=DECLARED,
        widget=forms.RadioSelect,
        initial=Priority.P4,
        required=False,
    )
    needs = forms.MultipleChoiceField(
        label=_("Do you need help with something?"),
        choices=NEEDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def declared(self) -> dict[str, Any]:
        """Return what goes into the action; nothing unknown gets through."""
        given = self.cleaned_data if self.is_valid() else {}
        return {
            "priority": Priority(given.get("priority") or Priority.P4),
            "needs": given.get("needs", []),
        }


def answers(data: Any, service: Service) -> dict[str, bool]:
    """Return the answers to the service's questions: ``{code: bool}``, unanswered ones left out."""
    given = {one.code: data.get(f"q-{one.code}") for one in questions_for(service)}
    return {code: value == "yes" for code, value in given.items() if value in ("yes", "no")}
