"""Which days to export."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onewindow.accounts.scope import EVERYTHING, Scope
from onewindow.base.halls.models import Hall
from onewindow.tickets.exports.limits import choices


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class SpanForm(forms.Form):
    """From a day to a day, both included."""

    first = _day(_("First day"))
    last = _day(_("Last day"))
    limit = forms.ChoiceField(label=_("Only"), required=False)

    def __init__(self, hall: Hall, data: Any = None, scope: Scope = EVERYTHING) -> None:
        today = hall.today()
        super().__init__(data, initial={"first": today.replace(day=1), "last": today})
        self.fields["limit"].required = not scope.is_whole
        self.fields["limit"].choices = choices(hall, scope)  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> None:
        first, last = (self.cleaned_data.get(name) for name in ("first", "last"))
        if first and last and last < first:
            self.add_error("last", _("This is before the first day."))

    def clean_first(self) -> date:
        first: date = self.cleaned_data["first"]
        if first.year < 2000:  # a year typed by half
            raise ValidationError(_("Type the year with four digits."))
        return first
