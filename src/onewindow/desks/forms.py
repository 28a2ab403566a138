"""What the duty manager says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import Device
from onewindow.base.halls.models import Hall
from onewindow.printing.queries import printer_devices
from onewindow.printing.states import Why
from onewindow.tickets.forms import HallForm, offered
from onewindow.tickets.states import Need, Priority


class WhyForm(HallForm):
    """Why somebody is brought back."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class OfferForm(HallForm):
    """What somebody who is not served today was offered."""

    offered = forms.CharField(label=_("What was offered"), max_length=200, required=False)


class PrintForm(HallForm):
    """Where a ticket is printed, and why once more."""

    printer = forms.ModelChoiceField(Device.objects.none(), label=_("Printer"))
    why = forms.ChoiceField(label=_("Why"), choices=Why.choices, required=False)

    def fill(self, hall: Hall) -> None:
        self.fields["printer"].queryset = printer_devices(hall)  # type: ignore[attr-defined]

    def clean_why(self) -> Why:
        """The printer's fault unless said otherwise."""
        return Why(self.cleaned_data["why"] or Why.JAM)


class TakeForm(HallForm):
    """A number for somebody who stands at the guide desk."""

    service = forms.ChoiceField(label=_("Service"))
    priority = forms.ChoiceField(
        label=_("Class"), choices=Priority.choices, initial=Priority.P4, required=False
    )
    needs = forms.MultipleChoiceField(
        label=_("Needs"),
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def fill(self, hall: Hall) -> None:
        self.offer("service", offered(hall))

    def clean_priority(self) -> Priority:
        """Everyone's unless said otherwise."""
        return Priority(self.cleaned_data["priority"] or Priority.P4)
