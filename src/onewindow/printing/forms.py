"""What is set of a printer, and of a kiosk that prints."""

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.models import Device
from onewindow.base.halls.models import Hall
from onewindow.printing.queries import printer_devices
from onewindow.printing.states import WIDTHS


class PaperForm(forms.Form):
    """How wide the paper of a printer is."""

    paper_mm = forms.TypedChoiceField(
        choices=[(mm, f"{mm} mm") for mm in WIDTHS], coerce=int, label=_("Paper")
    )


class PrintsOnForm(forms.Form):
    """The printer of a kiosk."""

    printer = forms.ModelChoiceField(
        Device.objects.none(), required=False, label=_("Prints on"), empty_label=_("its browser")
    )

    def __init__(self, hall: Hall, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        self.fields["printer"].queryset = printer_devices(hall)  # type: ignore[attr-defined]  # of a choice
