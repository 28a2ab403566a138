"""What the duty manager says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from onewindow.tickets.forms import HallForm


class WhyForm(HallForm):
    """Why somebody is brought back."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class OfferForm(HallForm):
    """What somebody who is not served today was offered."""

    offered = forms.CharField(label=_("What was offered"), max_length=200, required=False)
