"""What a person says to an alert."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SnoozeForm(forms.Form):
    """How long an alert may wait, and why."""

    minutes = forms.TypedChoiceField(
        label=_("For"),
        coerce=int,
        choices=[
            (15, _("15 minutes")),
            (30, _("30 minutes")),
            (60, _("1 hour")),
            (240, _("4 hours")),
        ],
    )
    reason = forms.CharField(label=_("Why it can wait"), max_length=200)
