"""A file to bring."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.lists.reading import FILE_AT_MOST, MEGABYTE

KINDS = ".xlsx,.csv,.txt"


class BringForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Your file"),
        help_text=_("An Excel workbook (.xlsx) or a CSV."),
        widget=forms.FileInput({"accept": KINDS}),
        error_messages={
            "required": _("Choose a file first."),
            "missing": _("Choose a file first."),
            "empty": _("This file is empty."),
        },
    )

    def clean_file(self) -> Any:
        """Refuse what is too large."""
        file = self.cleaned_data["file"]
        if file.size > FILE_AT_MOST:
            said = _("The file is larger than {most} MB. Nothing of it was read.")
            raise forms.ValidationError(str(said).format(most=FILE_AT_MOST // MEGABYTE))
        return file
