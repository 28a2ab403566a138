"""What a visitor may say when taking a number."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.base.web.refused import BadInput
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


class ChangeForm(forms.Form):
    """When somebody wishes to come."""

    at = forms.CharField(max_length=40, error_messages={"required": _("Please choose a time.")})

    def clean_at(self) -> datetime:
        """Return the moment that a button stands for; it carries its own offset."""
        try:
            at = datetime.fromisoformat(self.cleaned_data["at"])
        except ValueError:
            at = None
        if at is None or at.tzinfo is None:
            raise forms.ValidationError(_("Please choose a time."))
        return at

    def checked(self) -> dict[str, Any]:
        """Return what was given. Raise BadInput with the first thing that is wrong."""
        if not self.is_valid():
            raise BadInput(problem=next(iter(self.errors.values()))[0])
        return self.cleaned_data


class PhoneField(forms.RegexField):
    """The number of a phone, as people write it."""

    def __init__(self, **more: Any) -> None:
        wrong = {
            "invalid": _("This is no phone number."),
            "required": _("Please give a phone number."),
        }
        pattern = r"^\+?[0-9]([ -]?[0-9]){4,19}$"
        super().__init__(pattern, label=_("Phone number"), error_messages=wrong, **more)
        self.widget.attrs |= {"type": "tel", "autocomplete": "tel"}


class AfarForm(TakeForm):
    """Who is on the way: class, needs, and the phone that the number belongs to."""

    phone = PhoneField(help_text=_("One number is open for one phone."))


class BookForm(ChangeForm):
    """Who books, and when: of a person only what reaches them."""

    phone = PhoneField(help_text=_("It belongs to the appointment, and is how we reach you."))
    name = forms.CharField(
        label=_("Your name"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


def answers(data: Any, service: Service) -> dict[str, bool]:
    """Return the answers to the service's questions: ``{code: bool}``, unanswered ones left out."""
    given = {one.code: data.get(f"q-{one.code}") for one in questions_for(service)}
    return {code: value == "yes" for code, value in given.items() if value in ("yes", "no")}
