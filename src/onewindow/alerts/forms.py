"""What a person says to an alert."""

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.alerts.states import WAITS


class SnoozeForm(forms.Form):
    """How long an alert may wait, and why."""

    minutes = forms.TypedChoiceField(label=_("For"), coerce=int, choices=WAITS)
    reason = forms.CharField(label=_("Why it can wait"), max_length=200)
