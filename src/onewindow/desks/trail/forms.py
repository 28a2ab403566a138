"""What the history is filtered by."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onewindow.base import clocks
from onewindow.base.halls.models import Hall
from onewindow.desks.trail import words

DAYS_AT_FIRST = 7


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class FindEntries(forms.Form):
    """Who did what to which thing, when and through which door.

    Without days the last seven are meant; of one thing, ``subject`` and ``id``, all there are.
    """

    first = _day(_("First day"))
    last = _day(_("Last day"))
    kind = forms.ChoiceField(label=_("What happened"), required=False)
    number = forms.CharField(label=_("To what (number)"), required=False, max_length=60)
    who = forms.CharField(label=_("Who"), required=False, max_length=60)
    door = forms.ChoiceField(label=_("Through"), required=False)
    address = forms.CharField(label=_("Network address"), required=False, max_length=45)
    subject = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    id = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, hall: Hall, asked: Any) -> None:
        typed = {name: asked.get(name, "") for name in self.base_fields}
        if not (typed["first"] or typed["last"] or typed["id"]):
            today = clocks.now().astimezone(hall.zone).date()  # by the calendar, as it is filtered
            typed |= {"first": f"{today - timedelta(days=DAYS_AT_FIRST - 1)}", "last": f"{today}"}
        super().__init__(typed)
        self.fields["kind"].choices = [("", _("anything")), *words.kinds()]  # type: ignore[attr-defined]  # a choice field
        self.fields["door"].choices = [("", _("any door")), *words.DOORS.items()]  # type: ignore[attr-defined]  # the same

    def clean(self) -> None:
        first, last = (self.cleaned_data.get(name) for name in ("first", "last"))
        if first and last and last < first:
            self.add_error("last", _("This is before the first day."))

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for, as an address and a row of the history carry it."""
        given = self.cleaned_data.items()
        return {name: str(value) for name, value in given if value not in ("", None)}


def place(text: str) -> tuple[datetime, int] | None:
    """Read where a page begins: after which moment and row."""
    at, _tilde, row = text.partition("~")
    if not text:
        return None
    try:
        found = datetime.fromisoformat(at), int(row)
    except ValueError as no:
        raise ValidationError(_("There is no such page.")) from no
    return found if found[0].tzinfo else None
