"""What a person says to an alert."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.alerts.states import WAITS, EmergencyKind
from onewindow.base.halls.models import Hall
from onewindow.base.halls.texts import TextsField

LONGEST = 120  # characters of an emergency message


class SnoozeForm(forms.Form):
    """How long an alert may wait, and why."""

    minutes = forms.TypedChoiceField(label=_("For"), coerce=int, choices=WAITS)
    reason = forms.CharField(label=_("Why it can wait"), max_length=200)


class EmergencyForm(forms.Form):
    """What the screens are turned to: the usual words of a kind, or the hall's own."""

    kind = forms.TypedChoiceField(coerce=EmergencyKind, choices=EmergencyKind.choices)
    text = TextsField(
        label=_("In your own words"),
        help_text=_("Such as which exit to take. Empty: the sentence above, in every language."),
        required=False,
    )
    drill = forms.BooleanField(
        label=_("This is a drill"), help_text=_("Every screen says so."), required=False
    )

    def __init__(self, hall: Hall, data: Any = None) -> None:
        super().__init__(data)
        texts = self.fields["text"]
        if isinstance(texts, TextsField):
            texts.speak(hall.languages)

    def clean_text(self) -> dict[str, str]:
        """Keep to what is read at a glance."""
        text: dict[str, str] = self.cleaned_data["text"]
        if any(len(words) > LONGEST for words in text.values()):
            raise forms.ValidationError(_("Please say it in 120 characters."))
        return text
